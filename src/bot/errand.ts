/** A message that may ask for more than an answer: something is done, kept or sent. */
import type { Address, Capabilities } from '../adapter.js';
import type { Answer } from '../answer/types.js';
import type { Language } from '../content/types.js';

export interface Errand {
  /** `<instance>:<id>` of the message: the same when it comes again, and then nothing may be done twice. */
  key: string;
  text: string;
  /** Where it was said. */
  where: Address;
  isDirect: boolean;
  /** The bot was meant. */
  addressed: boolean;
  /** Who asks: `slack:person:U01`. */
  sender: Address;
  /** As the platform shows it: for lists only, anybody may take any name. */
  name?: string;
  role: 'member' | 'organizer';
  /** Of an organizer: who it is, whichever account they write from. */
  person?: string;
  /** Where it is a session that tells who it is: since when. */
  signedInAt?: number;
  /** Of the one who asks. */
  language?: Language;
  capabilities: Pick<Capabilities, 'proactive' | 'choices'>;
  /** The message that this one answers, where the platform tells. */
  quoted?(): Promise<string | undefined>;
}

/** Undefined, at once or later: it is none of this one's. */
export type RunErrand = (errand: Errand) => Promise<Answer | undefined> | undefined;
