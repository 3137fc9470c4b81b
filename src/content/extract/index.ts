// Everything the form of a page tells, put together from the extractors.
import type { Facts, Problem, Source } from '../types.js';
import { readCodes } from './codes.js';
import { kindOf } from './kind.js';
import { readLabels } from './labels.js';
import { readOnline } from './online.js';
import { extractTalks } from './talks.js';
import { readTitle } from './title.js';
import { readStart } from './when.js';
import { readLocation } from './where.js';
import { readZone } from './zone.js';

/** Reads every field of a page from its front matter and its lines. */
export function extract(source: Source): { facts: Facts; problems: Problem[] } {
  const title = readTitle(source);
  const found = readLabels(source.lines);
  const when = readStart(source, found, title);
  const labels = found.filter(({ at }) => at < when.foreignFrom);
  const location = readLocation(source, labels);
  const { problems: codeProblems, ...codes } = readCodes(source);
  const { problems: talkProblems, ...media } = extractTalks(source);
  const kind = kindOf(source, {
    title,
    start: when.start,
    hasWhenLine: when.isNamed,
    location,
    talks: media.talks,
    videos: media.videos.length + media.talks.filter((talk) => talk.video).length,
    slides: media.slides.length,
    codes: codes.codes.length,
  });
  const isEvent = kind !== 'index' && kind !== 'other';
  const zone = readZone(source, when, location, title);
  const facts: Facts = {
    kind,
    title,
    start: isEvent ? when.start : null,
    startBasis: isEvent ? (zone.isDoubtful && when.startBasis ? 'guess' : when.startBasis) : null,
    end: isEvent && when.start ? when.end : null,
    timezone: zone.timezone,
    location: isEvent ? location : null,
    online: isEvent ? readOnline(source, labels, title, location, media.live) : null,
    ...codes,
    account: codes.codes.length ? codes.account : null,
    ...media,
  };
  const own = [...(isEvent ? [...when.problems, ...(when.start ? zone.problems : [])] : []), ...codeProblems];
  return { facts, problems: [...own, ...talkProblems] };
}
