// What the parts of the reading of a start hand to each other.
import type { Basis } from '../types.js';
import type { Span } from './clock.js';
import type { Day } from './dates.js';
import type { When } from './when-text.js';

/** A `when` line of the body. */
export interface Written {
  when: When;
  line: number;
  at: number;
  section: number;
  /** Its name speaks of an occasion: `活动时间`. */
  isOccasion: boolean;
}

/** The one place that is believed, its day with a year. */
export interface Chosen {
  when: When;
  day: Day;
  line: number;
  basis: Basis;
}

export const isSpan = (clock: When['clock']): clock is Span => clock !== null && clock !== 'unsure';
