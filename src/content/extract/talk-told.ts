// English reports tell title and speakers in one sentence: `The session **Title** was presented by Ann Lee (Engineer at Foo).`
import type { Line, Speaker } from '../types.js';
import { houseOf } from './affiliation.js';
import { latinName } from './speaker-names.js';
import type { Found } from './talk-sections.js';
import { withoutMarker } from './talk-text.js';
import { talkTitle } from './talk-title.js';
import { isGathering } from './talk-words.js';

const LONGEST = 2000;
const MOST_PEOPLE = 6;

const NAME_PART = "(?:\\p{Lu}\\.|\\p{Lu}[\\p{L}'’-]{1,20})";
const NAME = `${NAME_PART}(?: (?:(?:de|da|di|van|von|der|den|el|al) )?${NAME_PART}){1,3}`;
const HOUSE = "[A-Z0-9][\\w&'’-]{1,24}(?: [A-Z0-9][\\w&'’-]{1,24}){0,3}";
const PERSON = new RegExp(`(${NAME})(?:\\s?\\(([^()]{1,80})\\)| (?:from|of) (?:the )?(${HOUSE}))?`, 'uy');
const YEAR = /\b(?:19|20)\d\d\b/;
const JOINER = /,? (?:and|&) |, /y;
const LEAD = /^(?:(?:Then|Next|First|Second|Third|Finally|Afterwards|Later|After that)(?:,| up,)? |(?:Our )?speakers? )?/;

/** The people at the front of a text, and where they end. */
function people(text: string): { speakers: Speaker[]; end: number } {
  const speakers: Speaker[] = [];
  let end = 0;
  for (let from = 0; speakers.length < MOST_PEOPLE; ) {
    PERSON.lastIndex = from;
    const hit = PERSON.exec(text);
    if (!hit) break;
    const [whole, name = '', bracket, house] = hit;
    if (latinName(name, true)?.rest !== '') break;
    // `(FooConf 2013)` tells where a talk was given once.
    if (bracket && YEAR.test(bracket)) return { speakers: [], end: 0 };
    speakers.push({ name, affiliation: house ?? (bracket ? houseOf(bracket) : null) });
    end = from + whole.length;
    JOINER.lastIndex = end;
    const joiner = JOINER.exec(text);
    if (!joiner) break;
    from = end + joiner[0].length;
  }
  return { speakers, end };
}

const TITLE = /[“"*_[]{1,5}([^*_[\]“”"]{4,160})[”"*_\]]{1,5}(?:\([^()\s]{1,300}\)[”"*_]{0,3})?/y;
const NOUN = /\b(?:session|talk|presentation|keynote|workshop)(?: (?:on|about|titled|called|entitled))?[:,]? (?=[“"*_[])/gi;
const BY = /,? (?:(?:was |is )?(?:presented|given|delivered) )?by (?=\p{Lu})/uy;
const TOLD =
  / (?:(?:gave|gives|delivered|held) (?:a|an|the|his|her|their) (?:[a-z-]{3,12} ){0,2}(?:talk|session|presentation|keynote|workshop|demo)(?: (?:on|about|titled|called|entitled))?|presented|(?:spoke|talked) (?:on|about))[:,]? (?=[“"*_[])/g;

interface Told {
  title: string;
  speakers: Speaker[];
}

const SENTENCE_END = /[.!?]["”)]? (?=\p{Lu})/gu;

/** Where the last sentence of a text begins; `J. Doe` ends none. */
function sentenceStart(text: string): number {
  let start = 0;
  for (const hit of text.matchAll(SENTENCE_END))
    if (!/(?:^|[\s(])\p{Lu}$/u.test(text.slice(Math.max(0, hit.index - 2), hit.index))) start = hit.index + hit[0].length;
  return start;
}

function titleAt(text: string, at: number): { title: string; end: number } | null {
  TITLE.lastIndex = at;
  const hit = TITLE.exec(text);
  const title = hit ? talkTitle((hit[1] ?? '').replace(/[,.]$/, '')) : '';
  // A summit that somebody runs is no talk.
  return hit && title.length > 3 && !(title.length < 40 && isGathering(title)) ? { title, end: at + hit[0].length } : null;
}

/** `"Title" by A and B`, `**Title** was presented by A`. */
function titleFirst(text: string, at: number): Told | null {
  const found = titleAt(text, at);
  if (!found) return null;
  BY.lastIndex = found.end;
  const by = BY.exec(text);
  const { speakers } = by ? people(text.slice(found.end + by[0].length, found.end + 600)) : { speakers: [] };
  return speakers.length ? { title: found.title, speakers } : null;
}

/** `A (X) gave a talk about "Title"`. */
function speakerFirst(text: string, verb: number, at: number): Told | null {
  const before = text.slice(Math.max(0, verb - 400), verb);
  const front = before.slice(sentenceStart(before)).replace(LEAD, '');
  const { speakers, end } = people(front);
  const found = speakers.length && end === front.length ? titleAt(text, at) : null;
  return found ? { title: found.title, speakers } : null;
}

function told(text: string): Told[] {
  const talks: Told[] = [];
  const add = (talk: Told | null) => {
    if (talk && !talks.some((one) => one.title === talk.title)) talks.push(talk);
  };
  if (text.includes(' by ')) {
    if (/^[“"*_[]/.test(text)) add(titleFirst(text, 0));
    for (const noun of text.matchAll(NOUN)) add(titleFirst(text, noun.index + noun[0].length));
  }
  for (const verb of text.matchAll(TOLD)) add(speakerFirst(text, verb.index, verb.index + verb[0].length));
  return talks;
}

const EVENT = /\brecap\b|\b[A-Z]\w{1,24}(?<=[a-z])[Cc]on\b|\bcon \d|\bdays?\b|\bnight\b|\bcongress\b|\bsymposium\b/;

/** The talks that the prose of a page about an event tells. */
export function toldTalks(lines: readonly Line[], pageTitle: string): Found[] {
  if (!isGathering(pageTitle) && !EVENT.test(pageTitle)) return [];
  const found: Found[] = [];
  lines.forEach((line, at) => {
    if ((line.kind !== 'text' && line.kind !== 'item') || line.text.length > LONGEST || !/[“"*_[]/.test(line.text)) return;
    for (const talk of told(withoutMarker(line.text).trim())) found.push({ ...talk, from: at, to: at + 1 });
  });
  return found;
}
