import type { Choice, Outgoing } from '../adapter.js';
import type { CodeEntry, CommunityEvent } from '../content/catalog.js';
import type { Talk } from '../content/types.js';
import { EVENTS_PER_PAGE, listPage, offer } from './choices.js';
import type { Events } from './events.js';
import { fold } from './fold.js';
import type { Answer } from './types.js';
import { eventCard, labelOf, linkTo, TALKS_PER_PAGE, talksCard, type Viewer } from './view.js';

/** Answers about events that were found, not asked for by their code. */
export class EventAnswers {
  readonly #events: Events;

  constructor(events: Events) {
    this.#events = events;
  }

  /** One event. What only its code gets is one choice away. Talks about `topic` come first. */
  one(kind: 'search' | 'command', event: CommunityEvent, lead: string, viewer: Viewer, topic: readonly string[] = []): Answer {
    const { say } = viewer;
    const code = this.#codeWithLinks(event);
    const choices: Choice[] = code === undefined ? [] : [{ label: say.getSlides(code), say: code }];
    if (event.talks.length > TALKS_PER_PAGE) choices.push({ label: say.more, say: say.sayMore });
    const about = event.talks.filter((talk) => isAbout(talk, topic));
    const talks = [...about, ...event.talks.filter((talk) => !about.includes(talk))];
    const slides = code === undefined ? event.slides.flatMap((url) => linkTo(say.slides, url)) : [];
    const reply: Outgoing = { text: lead, card: eventCard(event, slides, viewer, talks) };
    if (choices.length === 0) return { kind, events: [event.id], reply, language: viewer.language };
    // Where the talks asked for came first, the rest begins with the first talk again.
    const offset = about.length > 0 ? 0 : TALKS_PER_PAGE;
    return offer(kind, [event.id], { ...reply, choices }, viewer, { id: event.id, offset });
  }

  /** Several events to choose from; `query` is what 更多 asks again. */
  list(kind: 'search' | 'command', events: readonly CommunityEvent[], query: string, offset: number, viewer: Viewer): Answer {
    if (events.length === 0) return spoken('command', viewer.say.noEvents, viewer);
    if (offset >= events.length) return spoken('none', viewer.say.noMore, viewer);
    return listPage(kind, this.#events.inOrder(events, viewer.now), query, offset, viewer, (event) => this.#events.sayFor(event));
  }

  /** All events, upcoming ones first. */
  all(query: string, offset: number, viewer: Viewer): Answer {
    return this.list('command', this.#events.catalog.events, query, offset, viewer);
  }

  /** What comes next; what is under way is a choice beside it. */
  next(viewer: Viewer): Answer {
    const { now, ahead } = this.#events.upcoming(viewer.now);
    const event = ahead[0] ?? now[0];
    if (!event) return spoken('command', viewer.say.noNextEvent, viewer);
    const answer = withCalendar(this.one('command', event, viewer.say.nextEvent, viewer), viewer);
    const others = now.filter((each) => each !== event).map((each) => ({ label: labelOf(each, viewer), say: this.#events.sayFor(each) }));
    if (others.length === 0 || !answer.reply) return answer;
    const choices = [...(answer.reply.choices ?? []), ...others];
    return offer('command', answer.events, { ...answer.reply, choices }, viewer, answer.memory?.more);
  }

  last(viewer: Viewer): Answer {
    const [last] = this.#events.past(viewer.now);
    return last ? this.one('command', last, viewer.say.lastEvent, viewer) : spoken('command', viewer.say.noLastEvent, viewer);
  }

  /** The next or the previous talks of a long event. */
  moreTalks(id: string, from: number, viewer: Viewer): Answer {
    const event = this.#events.catalog.byId.get(id);
    if (!event || from < 0 || from >= event.talks.length) return spoken('none', viewer.say.noMore, viewer);
    const next = from + TALKS_PER_PAGE;
    const choices = next < event.talks.length ? [{ label: viewer.say.more, say: viewer.say.sayMore }] : undefined;
    const reply: Outgoing = { text: viewer.say.moreTalks, card: talksCard(event, from, viewer), ...(choices && { choices }) };
    return offer('command', [id], reply, viewer, { id, offset: next });
  }

  /** Asks back, with events and codes that may have been meant. No link is among it. */
  suggest(found: readonly (CommunityEvent | CodeEntry)[], viewer: Viewer, kind: 'suggest' | 'choice' = 'suggest'): Answer {
    const choices = found.slice(0, EVENTS_PER_PAGE).map((each) => {
      if (!('code' in each)) return { label: labelOf(each, viewer), say: this.#events.sayFor(each) };
      const [event] = each.events;
      return { label: [each.code, event && labelOf(event, viewer)].filter(Boolean).join(' · '), say: each.code };
    });
    const ids = found.flatMap((each) => ('code' in each ? each.events.map(({ id }) => id) : [each.id]));
    const text = kind === 'suggest' ? viewer.say.didYouMean : viewer.say.whichCode;
    return offer(kind, [...new Set(ids)], { text, choices }, viewer);
  }

  #codeWithLinks(event: CommunityEvent): string | undefined {
    const code = this.#events.slidesCode(event);
    const links = code === undefined ? undefined : this.#events.catalog.codes.get(code)?.links;
    return links && links.length > 0 ? code : undefined;
  }
}

/** An answer that is a sentence. */
export function spoken(kind: 'command' | 'none', text: string, viewer: Viewer): Answer {
  return { kind, events: [], reply: { text }, language: viewer.language };
}

/** Who asks for what comes next may want it in their own calendar. */
function withCalendar(answer: Answer, { say, community }: Viewer): Answer {
  const card = answer.reply?.card;
  if (!answer.reply || !card || !community.calendarUrl) return answer;
  const links = [...card.links, { label: say.calendar, url: community.calendarUrl }];
  return { ...answer, reply: { ...answer.reply, card: { ...card, links } } };
}

function isAbout(talk: Talk, topic: readonly string[]): boolean {
  if (topic.length === 0) return false;
  const folded = fold([talk.title, ...talk.speakers.map(({ name }) => name)].join(' '));
  return topic.some((word) => folded.includes(word));
}
