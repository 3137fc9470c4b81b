interface Fault {
  accept: boolean;
  answer: 'ok' | '429' | '500' | 'html' | 'refused' | 'fatal' | 'reset' | 'cut' | 'none';
  wait?: 'late' | 'slow';
}

export const FAULTS: Record<
  | 'none'
  | 'rateLimited'
  | 'refused'
  | 'reset'
  | 'acceptedThenReset'
  | 'acceptedThenCut'
  | 'error500'
  | 'acceptedThen500'
  | 'html'
  | 'acceptedThenHtml'
  | 'fatal'
  | 'acceptedThenFatal'
  | 'never'
  | 'acceptedThenNever'
  | 'late'
  | 'slow',
  Fault
>;
export const BAD_DAY: Partial<Record<keyof typeof FAULTS, number>>;
export function draw(seed: number, ...words: (string | number)[]): number;
export function pick<T>(list: readonly T[], number: number): T;
export function faultOf(mix: Partial<Record<keyof typeof FAULTS, number>>, number: number): keyof typeof FAULTS;
