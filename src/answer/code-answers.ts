import type { Link, Outgoing } from '../adapter.js';
import type { CodeEntry, Community, CommunityEvent } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { PHRASES } from '../phrases/index.js';
import { escapeMarkdown } from '../render/index.js';
import { offer } from './choices.js';
import type { CodeIndex } from './codes.js';
import { fold } from './fold.js';
import { phaseOf, phaseSpan } from './time.js';
import type { Answer, Memory } from './types.js';
import { distinct, eventCard, labelOf, linkTo, oneLine, TALKS_PER_PAGE, type Viewer } from './view.js';

/** Replies kept ready. They are made when first asked for; a catalog with more codes than this starts anew when full. */
const MOST_READY = 10_000;

/** What several entries of one folded code come to. */
interface Meant {
  code: string;
  events: readonly CommunityEvent[];
  links: readonly Link[];
  purpose: string;
  isKept?: true;
}

interface Ready {
  answer: Answer;
  /** Whether the event is ahead or over changes the reply: it holds from one instant to the other. */
  from: number;
  until: number;
  /** No other code folds alike: all spellings get this. */
  only: boolean;
}

/** What a code gets: the event with its slides, the honest answer without, or the question which event is meant. */
export class CodeAnswers {
  readonly #codes: CodeIndex;
  readonly #community: Community;
  /** By text as written, and by folded text: a code that is asked for often costs a look-up in a small table. */
  readonly #written: Record<Language, Map<string, Ready>> = { zh: new Map(), en: new Map() };
  readonly #folded: Record<Language, Map<string, Ready>> = { zh: new Map(), en: new Map() };

  constructor(codes: CodeIndex, community: Community) {
    this.#codes = codes;
    this.#community = community;
  }

  /** The answer to a text that is a code and was asked for before, letter by letter. */
  ready(text: string, language: Language, now: number): Answer | undefined {
    const written = valid(this.#written[language].get(text), now);
    return written && withFreshMemory(written.answer, now);
  }

  /** The answer to a text that is a code: letter by letter as in the catalog, else folded; undefined when it is none. */
  answer(text: string, folded: string | undefined, language: Language, now: number): Answer | undefined {
    const spelled = folded === undefined ? undefined : valid(this.#folded[language].get(folded), now);
    if (spelled?.only && text !== folded) return withFreshMemory(spelled.answer, now);
    const entry = this.#codes.written(text);
    if (entry) return this.#keep(this.#written[language], text, this.#completed(entry), false, language, now);
    return folded === undefined ? undefined : this.folded(folded, language, now);
  }

  /** The answer to whatever folds to this; undefined when no code does. */
  folded(folded: string, language: Language, now: number): Answer | undefined {
    const kept = valid(this.#folded[language].get(folded), now);
    if (kept) return withFreshMemory(kept.answer, now);
    const group = this.#codes.folded(folded);
    if (group.length === 0) return undefined;
    return this.#keep(this.#folded[language], folded, meantBy(group), group.length === 1, language, now);
  }

  /** The answer for one of the events that share a code; undefined when the code is on no such event. */
  forEvent(group: readonly CodeEntry[], event: CommunityEvent, viewer: Viewer): Answer | undefined {
    const meant = meantBy(group);
    if (!meant.events.includes(event)) return undefined;
    const others = new Set(meant.events.filter((each) => each !== event).flatMap(({ slides }) => slides));
    const links = meant.links.filter(({ url }) => event.slides.includes(url) || !others.has(url));
    return answerTo({ ...meant, events: [event], links }, viewer);
  }

  #keep(table: Map<string, Ready>, key: string, meant: Meant, only: boolean, language: Language, now: number): Answer {
    const viewer: Viewer = { language, say: PHRASES[language], community: this.#community, now };
    const answer = frozen(answerTo(meant, viewer));
    const spans = meant.events.map((event) => phaseSpan(event, now));
    if (table.size >= MOST_READY) table.clear();
    table.set(key, {
      answer,
      only,
      from: Math.max(...spans.map(({ from }) => from)),
      until: Math.min(...spans.map(({ until }) => until)),
    });
    return answer;
  }

  // slides.yaml may spell the code another way than the page: the links of one are the links of both.
  #completed(entry: CodeEntry): Meant {
    if (entry.links.length > 0 && entry.events.length > 0) return entry;
    const same = this.#codes.folded(fold(entry.code)).filter((other) => {
      return (
        other === entry ||
        other.events.length === 0 ||
        entry.events.length === 0 ||
        other.events.every((event) => entry.events.includes(event))
      );
    });
    return same.length > 1 ? { ...meantBy(same), code: entry.code } : entry;
  }
}

function answerTo(meant: Meant, viewer: Viewer): Answer {
  const [event, another] = meant.events;
  if (another) return whichEvent(meant, viewer);
  if (!event) return slidesOnly(meant, viewer);
  const links = linksOf(meant, event, viewer);
  const card = { ...eventCard(event, links, viewer), asked: links.length };
  const choices = event.talks.length > TALKS_PER_PAGE ? [{ label: viewer.say.more, say: viewer.say.sayMore }] : undefined;
  const reply: Outgoing = { text: lead(meant, links, event, viewer), card, ...(choices && { choices }) };
  const note = links.length === 0 ? { about: 'code-without-link' as const, code: meant.code } : undefined;
  const more: Memory['more'] = { id: event.id, offset: TALKS_PER_PAGE };
  const answer: Answer = choices
    ? offer('code', [event.id], reply, viewer, more)
    : { kind: 'code', events: [event.id], reply, language: viewer.language };
  return note ? { ...answer, note } : answer;
}

function slidesOnly(meant: Meant, viewer: Viewer): Answer {
  const links = distinct(meant.links.map((link) => ({ ...link, label: link.label || thingOf(meant, viewer) })));
  const reply = { text: lead(meant, links, undefined, viewer), card: { title: oneLine(meant.code), links, asked: links.length } };
  const note = links.length === 0 ? { note: { about: 'code-without-link' as const, code: meant.code } } : {};
  return { kind: 'code', events: [], reply, language: viewer.language, ...note };
}

function whichEvent(meant: Meant, viewer: Viewer): Answer {
  const days = meant.events.map(({ start }) => start?.slice(0, 10));
  const choices = meant.events.map((event, index) => {
    const day = days[index];
    const sure = day !== undefined && days.indexOf(day) === days.lastIndexOf(day);
    return { label: labelOf(event, viewer), say: `${meant.code} ${sure ? day : event.id}` };
  });
  const ids = meant.events.map(({ id }) => id);
  return offer('choice', ids, { text: viewer.say.whichEvent, choices }, viewer);
}

function linksOf(meant: Meant, event: CommunityEvent, viewer: Viewer): Link[] {
  const given = meant.links.map((link) => ({ ...link, label: link.label || thingOf(meant, viewer) }));
  if (meant.purpose !== 'slides' || meant.isKept) return distinct(given);
  return distinct([
    ...given,
    ...event.slides.flatMap((url) => linkTo(viewer.say.slides, url)),
    ...event.talks.flatMap((talk) => linkTo(viewer.say.slidesOf(talk.title), talk.slides)),
  ]);
}

function lead(meant: Meant, links: readonly Link[], event: CommunityEvent | undefined, viewer: Viewer): string {
  const { say } = viewer;
  if (meant.purpose !== 'slides')
    return links.length > 0 ? say.thingHere(thingOf(meant, viewer)) : say.thingMissing(thingOf(meant, viewer));
  if (links.length > 0) return say.slidesHere;
  if (event && event.status !== 'cancelled' && phaseOf(event, viewer.now) === 'upcoming') return say.slidesMissing.upcoming;
  const recorded = event !== undefined && (event.videos.length > 0 || event.talks.some(({ video }) => video !== null));
  return recorded ? say.slidesMissing.withVideos : say.slidesMissing.withoutVideos;
}

function thingOf(meant: Meant, { say }: Viewer): string {
  if (meant.purpose === 'slides') return say.slides;
  return say.things.get(meant.purpose) ?? escapeMarkdown(oneLine(meant.purpose));
}

function meantBy(group: readonly CodeEntry[]): Meant {
  const [first] = group;
  return {
    code: first?.code ?? '',
    events: [...new Set(group.flatMap(({ events }) => events))],
    links: group.flatMap(({ links }) => links),
    purpose: group.find(({ purpose }) => purpose !== 'slides')?.purpose ?? 'slides',
    ...(group.length > 0 && group.every(({ isKept }) => isKept) && { isKept: true }),
  };
}

function valid(ready: Ready | undefined, now: number): Ready | undefined {
  return ready && now >= ready.from && now < ready.until ? ready : undefined;
}

function withFreshMemory(answer: Answer, now: number): Answer {
  return answer.memory ? { ...answer, memory: { ...answer.memory, at: now } } : answer;
}

// A reply that is handed out again and again must not be changed by anyone.
function frozen(answer: Answer): Answer {
  const { reply } = answer;
  Object.freeze(reply?.card?.links);
  Object.freeze(reply?.card);
  Object.freeze(reply?.choices);
  Object.freeze(reply);
  Object.freeze(answer.events);
  return Object.freeze(answer);
}
