// Everything the form of a page tells, put together from the extractors.
import type { Facts, Problem, Source } from '../types.js';
import { extractTalks } from './talks.js';

/** Reads every field of a page from its front matter and its lines. */
export function extract(source: Source): { facts: Facts; problems: Problem[] } {
  const { problems, ...media } = extractTalks(source);
  const facts: Facts = {
    kind: 'other',
    title: null,
    start: null,
    startBasis: null,
    end: null,
    timezone: null,
    location: null,
    online: null,
    codes: [],
    codeFor: Object.create(null) as Record<string, string>,
    account: null,
    ...media,
  };
  return { facts, problems };
}
