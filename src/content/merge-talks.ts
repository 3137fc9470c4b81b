// The talks of an event, from all of its pages.
import { alike, core } from './likeness.js';
import type { Page, Talk } from './types.js';

/** Above this, talks are found by their exact titles only: comparing all with all would take the square of the time. */
const MAX_COMPARED = 100;

/** The leading page's talks first; talk pages add their recordings, slides and speakers to them, or their talk. */
export function mergeTalks(pages: readonly Page[]): Talk[] {
  const [leader] = pages;
  // Nothing in a catalog is ever changed: one page's list can be shared.
  if (pages.length === 1 && leader && (leader.kind !== 'talk' || leader.talks.length > 1)) return leader.talks;
  const isTalkPage = (page: Page) => page.kind === 'talk' || page.kind === 'slides';
  const programmes = pages.filter((page) => !isTalkPage(page) && page.talks.length > 0);
  const main = programmes.find(({ language }) => language === leader?.language) ?? programmes[0];
  const talks = (main?.talks ?? []).map(copy);
  const known = new Known(talks);
  for (const page of programmes) if (page !== main) addFrom(page, talks, known);

  for (const page of pages) {
    if (!isTalkPage(page)) continue;
    // Its translation tells the same talk in words that match nothing.
    if (talks.length > 0 && page.language !== (main ?? leader)?.language) continue;
    for (const talk of talksOf(page)) {
      const existing = known.find(talk);
      if (existing) complete(existing, talk);
      else known.add(talk);
    }
  }
  return talks;
}

/** Another programme of the same event: its announcement (talks may have changed since) or its translation (in the same order). */
function addFrom(page: Page, talks: Talk[], known: Known): void {
  for (const [at, talk] of page.talks.entries()) {
    const same = known.exactly(talk) ?? (page.talks.length === talks.length ? talks[at] : undefined);
    if (!same) continue;
    same.video ??= talk.video;
    same.slides ??= talk.slides;
  }
}

function talksOf(page: Page): Talk[] {
  if (page.talks.length > 1) return page.talks.map(copy);
  const [only] = page.talks;
  const title = only?.title ?? page.title;
  if (!title) return [];
  const [video] = page.videos;
  const [slides] = page.slides;
  return [
    {
      title,
      speakers: only ? copy(only).speakers : [],
      video: only?.video ?? (page.videos.length === 1 && video ? video : null),
      slides: only?.slides ?? (page.slides.length === 1 && slides ? slides : null),
    },
  ];
}

/** The talks so far, found again by title, recording or speaker. */
class Known {
  private readonly byTitle = new Map<string, Talk>();

  constructor(private readonly talks: Talk[]) {
    for (const talk of talks) this.byTitle.set(core(talk.title), talk);
  }

  add(talk: Talk): void {
    this.talks.push(talk);
    this.byTitle.set(core(talk.title), talk);
  }

  exactly(talk: Talk): Talk | undefined {
    return this.byTitle.get(core(talk.title));
  }

  find(talk: Talk): Talk | undefined {
    const exact = this.exactly(talk);
    if (exact || this.talks.length > MAX_COMPARED) return exact;
    const title = core(talk.title);
    for (const [other, known] of this.byTitle) if (alike(other, title)) return known;
    const shown = talk.video === null ? undefined : this.talks.find(({ video }) => video === talk.video);
    if (shown) return shown;
    const names = new Set(talk.speakers.map(({ name }) => name));
    const speaking = this.talks.filter(({ speakers }) => speakers.some(({ name }) => names.has(name)));
    // Who speaks twice at one event cannot tell which talk is meant.
    return speaking.length === 1 ? speaking[0] : undefined;
  }
}

function complete(talk: Talk, more: Talk): void {
  talk.video ??= more.video;
  talk.slides ??= more.slides;
  if (talk.speakers.length === 0) talk.speakers = more.speakers;
  for (const speaker of talk.speakers) speaker.affiliation ??= more.speakers.find(({ name }) => name === speaker.name)?.affiliation ?? null;
}

const copy = (talk: Talk): Talk => ({ ...talk, speakers: talk.speakers.map((speaker) => ({ ...speaker })) });
