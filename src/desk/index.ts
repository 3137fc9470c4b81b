/** The organizers' desk: the first of its desks that takes a message answers it. */
import type { Answer } from '../answer/types.js';
import type { Errand, RunErrand } from '../bot/errand.js';

/** One desk of several, asked in this order. For what is none of theirs nothing is waited for. */
export function oneDesk(desks: readonly RunErrand[]): RunErrand {
  return (errand) => firstOf(desks, errand);
}

function firstOf([desk, ...others]: readonly RunErrand[], errand: Errand): Promise<Answer | undefined> | undefined {
  if (!desk) return undefined;
  const asked = desk(errand);
  return asked ? asked.then((answer) => answer ?? firstOf(others, errand)) : firstOf(others, errand);
}
