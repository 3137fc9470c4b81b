import type { Slack } from './slack.mjs';

export interface Drive {
  count?: number;
  perSecond?: number;
  /** So many people write in turn. */
  users?: number;
  /** Not set: each writes to the bot alone. */
  channel?: string;
  /** `{n}` is the number of the message. */
  text?: string;
  /** How long to wait for answers after the last acknowledgement. */
  waitMs?: number;
  /** Every single time, too. */
  raw?: boolean;
}

export interface Spread {
  count: number;
  min: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface Driven {
  sent: number;
  /** Deliveries that got no 2xx. */
  failed: number;
  /** Messages without an answer. */
  missing: number;
  tookMs: number;
  ack: Spread;
  answer: Spread;
  ackMs?: number[];
  answerMs?: number[];
}

export function drive(slack: Slack, how?: Drive): Promise<Driven>;
