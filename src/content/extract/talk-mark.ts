// What the walk over a page's lines notes down.
import type { Speaker } from '../types.js';
import type { Label } from './talk-words.js';

/** A line that begins something. Headings keep their level; bold lines and times stand below them. */
export interface Mark {
  at: number;
  level: number;
  /** talk: says so itself; maybe: a talk if somebody speaks; speaker, bio: the lines below are about speakers; divider: neither. */
  role: 'talk' | 'maybe' | 'speaker' | 'bio' | 'divider';
  title: string;
  /** Named on the line itself. */
  speakers: Speaker[];
  /** An item of a list ends with its list or the next item. */
  item?: boolean;
  /** A heading believed to name its speaker only because of its form. */
  inline?: boolean;
  /** Marked as a talk in Latin letters: `Session 2: …`. */
  latin?: boolean;
  /** `开场致辞`, `Welcome`: a talk only if a label says who gives it. */
  pause?: boolean;
  /** Behind the only speaker's name, in brackets: a house or a nick name. */
  bracket?: string;
  /** A row of an agenda: it stands behind a time. */
  timed?: boolean;
  /** A line that is nothing but 《title》. */
  bare?: boolean;
  /** Like its siblings it has `name，…` on the line below. */
  signed?: boolean;
  /** A label says that it is the title: `主题：…`. */
  labelled?: boolean;
}

/** A line that says something about whoever speaks. */
export interface Word {
  at: number;
  label: Label;
  value: string;
}

/** The level of bold lines, times and items. */
export const BELOW_HEADINGS = 7;
