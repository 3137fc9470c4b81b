// A question and its answer. src/answer is pure: no clock, no I/O; what it needs comes in here.
import type { Outgoing } from '../adapter.js';
import type { Language } from '../content/types.js';

export interface Question {
  text: string;
  /** In a room only exact codes, a mention or a command are answered (design 3.5, Limits). */
  place: 'direct' | 'room';
  addressed: boolean;
  role: 'member' | 'organizer';
  /** `slack:person:U01`: what `whoami` tells. */
  sender: string;
  /** What the platform knows of the member's or the channel's language; the question's own language wins when it is clear. */
  language?: Language;
  /** In this room even exact codes need a mention. */
  mentionOnly?: boolean;
  /** Nothing was said: the member has just joined. */
  arrived?: boolean;
  now: Date;
  /** What the bot last offered this member; undefined when there is nothing, or it is older than ten minutes. */
  memory?: Memory;
}

/** What a member may refer back to with a number or with 更多. Plain JSON: it is kept in the store. */
export interface Memory {
  choices: { label: string; say: string }[];
  /** What `更多` leads to: the next page of a long answer, or what of this page did not fit into the platform's message. */
  more?: Page | { rest: Outgoing; next?: Page };
  /** The language it was offered in: a number has none of its own. */
  language?: Language;
  at: number;
}

/** Talks of an event, or events for a query that is asked again. */
export type Page = { id: string; offset: number } | { query: string; offset: number };

export type AnswerKind = 'code' | 'choice' | 'search' | 'command' | 'suggest' | 'none';

export interface Answer {
  kind: AnswerKind;
  /** Event ids, the best first. */
  events: string[];
  /** undefined: silence. */
  reply?: Outgoing;
  /** What to remember for this member; null: forget; undefined: leave it as it is. */
  memory?: Memory | null;
  language: Language;
  /** Things organizers want to know: a code without a link was asked for, a question had no answer. */
  note?: { about: 'code-without-link'; code: string } | { about: 'no-answer'; folded: string };
}

/** Understands questions about one catalog. */
export interface Answerer {
  answer(question: Question): Answer;
}
