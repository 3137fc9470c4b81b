/** Everything the bot says to members: one file per language, all of the same shape. */
import type { Language } from '../content/types.js';
import { en } from './en.js';
import type { Phrases } from './types.js';
import { zh } from './zh.js';

export type { Phrases } from './types.js';

export const PHRASES: Readonly<Record<Language, Phrases>> = { zh, en };
