/**
 * What members and organizers ask for that is more than an answer: reminders for themselves, a start confirmed, the notice of a change
 * sent or stopped. Each can be asked twice: a message that comes again does no harm.
 */
import type { Outgoing } from '../adapter.js';
import { cityNamed } from '../answer/cities.js';
import { fold } from '../answer/fold.js';
import type { Answer } from '../answer/types.js';
import { titleOf, whenText } from '../answer/view.js';
import type { Catalog, Community, CommunityEvent } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { SCHEDULE_PHRASES, type SchedulePhrases } from '../phrases/schedule.js';
import { escapeMarkdown } from '../render/index.js';
import { viewerOf } from '../schedule/message.js';
import type { Store } from '../store/port.js';
import type { Errand } from './errand.js';
import { cityTopic, eventTopic, isOver, type Topic, topicsOf } from './topics.js';

export interface ErrandsParts {
  store: Pick<Store, 'subscribe' | 'unsubscribe' | 'subscriptions'>;
  catalog(): Catalog;
  community(): Community;
  /** The event that a text names, as an answer would find it. */
  find(text: string, language: Language): Answer;
  /** The id that an event was first met under. */
  idOf(event: CommunityEvent): string;
  confirm(event: CommunityEvent): Promise<void>;
  decide(id: string, what: 'send' | 'stop'): Promise<boolean>;
  /** Events with a notice of a change that waits. */
  waiting(): readonly string[];
  /** Who wants to be reminded has changed. */
  changed(): void;
  calendarUrl: string | undefined;
  now(): number;
}

type Wish = 'subscribe' | 'unsubscribe' | 'confirm' | 'send' | 'stop';

interface Asked {
  is: Wish;
  /** The event or the city that was named. */
  about: string;
  language: Language;
}

const WISHES: readonly [Wish, RegExp, Language][] = [
  ['subscribe', /^(?:请?提醒我|订阅提醒|订阅)[\s:：,，]*(.*)$/u, 'zh'],
  ['subscribe', /^(?:please )?(?:remind me|subscribe)(?:$|\s+(?:of |about |to |for )?(.*)$)/i, 'en'],
  ['unsubscribe', /^(?:退订|取消提醒|取消订阅|不要提醒我?)[\s:：]*(.*)$/u, 'zh'],
  ['unsubscribe', /^(?:unsubscribe|stop reminding me|no more reminders)(?:$|\s+(?:from |of )?(.*)$)/i, 'en'],
  ['confirm', /^确认[\s:：]*(.+)$/u, 'zh'],
  ['confirm', /^confirm\s+(.+)$/i, 'en'],
  ['send', /^现在发[\s:：]*(.*)$/u, 'zh'],
  ['send', /^send now(?:\s+(.*))?$/i, 'en'],
  ['stop', /^(?:不发|别发)[\s:：]*(.*)$/u, 'zh'],
  ['stop', /^(?:do not|don['’]t) send(?:\s+(.*))?$/i, 'en'],
];
const LONGEST = 200;
/** Words that a question may begin with as well: 订阅者模式那场的 PPT 在哪里. */
const AMBIGUOUS = /^(?:订阅(?!提醒)|subscribe)/i;
const CALENDAR = /^(?:活动)?日历$|^(?:the )?calendar$/i;
/** So many topics are named; nobody reads a longer list. */
const MOST_NAMED = 5;

/** Whether a text is such a word by itself. */
export function isErrandWord(text: string): boolean {
  return WISHES.some(([, pattern]) => {
    const found = pattern.exec(text);
    return found !== null && (found[1] ?? '') === '';
  });
}

export class Errands {
  readonly #parts: ErrandsParts;

  constructor(parts: ErrandsParts) {
    this.#parts = parts;
  }

  /** Undefined: it is no errand. */
  run(errand: Errand): Promise<Answer> | undefined {
    const wish = this.#wishIn(errand);
    return wish && this.#answer(wish, errand);
  }

  async #answer(wish: Asked, errand: Errand): Promise<Answer> {
    const reply: Outgoing = { text: await this.#grant(wish, errand) };
    return { kind: 'command', events: [], language: wish.language, reply };
  }

  #wishIn({ text, isDirect, addressed, role }: Errand): Asked | undefined {
    const trimmed = text.trim();
    // Codes go before words, as in every answer.
    if (trimmed.length > LONGEST || !(isDirect || addressed) || this.#parts.catalog().codes.has(trimmed)) return undefined;
    for (const [is, pattern, language] of WISHES) {
      const found = pattern.exec(trimmed);
      if (!found) continue;
      const about = (found[1] ?? '').trim();
      if (AMBIGUOUS.test(trimmed) && about !== '' && !CALENDAR.test(about) && !this.#topic(about, language)) return undefined;
      if (is === 'subscribe' || is === 'unsubscribe') return { is, about, language };
      // "确认一下…" may be the beginning of anything: only with an event it is meant for us.
      const isMeant = role === 'organizer' && (about === '' || this.#event(about, language) !== undefined);
      return isMeant ? { is, about, language } : undefined;
    }
    return undefined;
  }

  #grant({ is, about, language }: Asked, errand: Errand): Promise<string> | string {
    const say = SCHEDULE_PHRASES[language];
    switch (is) {
      case 'subscribe':
        return this.#subscribe(about, errand, say, language);
      case 'unsubscribe':
        return this.#unsubscribe(about, errand, say, language);
      case 'confirm':
        return this.#confirm(about, say, language);
      default:
        return this.#decide(is, about, say, language);
    }
  }

  async #subscribe(about: string, { where, isDirect, capabilities }: Errand, say: SchedulePhrases, language: Language): Promise<string> {
    const { store, changed, calendarUrl, now } = this.#parts;
    if (CALENDAR.test(about) && calendarUrl !== undefined) return say.calendar(calendarUrl);
    if (!isDirect) return this.#withCalendar(say.onlyDirect, say);
    if (capabilities.proactive !== 'always') return this.#withCalendar(say.cannotSpeakFirst, say);
    if (about === '') return say.whichTopic;
    const topic = this.#topic(about, language);
    if (!topic) return say.noSuchEvent(escapeMarkdown(about));
    if (isOver(topic, now())) return say.eventIsOver(topic.name);
    const added = await store.subscribe({ address: where, topic: topic.key, language });
    if (added) changed();
    const done = topic.event ? say.subscribed(topic.name) : say.subscribedToCity(topic.name);
    return this.#withCalendar(added ? done : say.alreadySubscribed(topic.name), say);
  }

  async #unsubscribe(about: string, { where }: Errand, say: SchedulePhrases, language: Language): Promise<string> {
    const topic = about === '' ? undefined : this.#topic(about, language);
    if (about !== '' && !topic) return say.noSuchEvent(escapeMarkdown(about));
    const { store, changed, catalog, idOf, now } = this.#parts;
    const count = await store.unsubscribe(where, topic?.key);
    if (count > 0) changed();
    const keys = (await store.subscriptions()).flatMap((each) => (each.address === where ? [each.topic] : []));
    const left = topicsOf(keys, catalog().events, { language, idOf }).filter((each) => !isOver(each, now()));
    if (!topic || left.length === 0) return say.unsubscribed(count);
    const whole = topic.event && left.find((each) => !each.event && each.city === topic.city);
    if (whole) return say.comesWithCity(topic.name, whole.name);
    const names = left.slice(0, MOST_NAMED).map(({ name }) => name);
    return say.unsubscribedFrom(count, topic.name, left.length > MOST_NAMED ? [...names, '…'] : names);
  }

  async #confirm(about: string, say: SchedulePhrases, language: Language): Promise<string> {
    const event = this.#event(about, language);
    if (!event || event.start === null) return say.noSuchEvent(escapeMarkdown(about));
    const viewer = viewerOf(language, { community: this.#parts.community(), now: this.#parts.now() });
    if (event.status === 'cancelled') return say.isCancelled(escapeMarkdown(titleOf(event, viewer)));
    await this.#parts.confirm(event);
    return say.confirmed(escapeMarkdown(titleOf(event, viewer)), escapeMarkdown(whenText({ ...event, startBasis: 'key' }, viewer, true)));
  }

  async #decide(what: 'send' | 'stop', about: string, say: SchedulePhrases, language: Language): Promise<string> {
    const { catalog, idOf, waiting, decide } = this.#parts;
    // One word is enough while only one notice waits.
    const [only, another] = waiting();
    const event = about === '' ? catalog().events.find((each) => idOf(each) === only) : this.#event(about, language);
    if (!event || (about === '' && another !== undefined) || !(await decide(idOf(event), what))) return say.nothingToDecide;
    const title = escapeMarkdown(titleOf(event, { language }));
    return what === 'send' ? say.sending(title) : say.stopped(title);
  }

  #topic(about: string, language: Language): Topic | undefined {
    const city = cityNamed(about);
    if (city) return cityTopic(city, language);
    const event = this.#event(about, language);
    return event && eventTopic(event, { language, idOf: this.#parts.idOf });
  }

  #event(about: string, language: Language): CommunityEvent | undefined {
    if (about === '') return undefined;
    const { byId, events } = this.#parts.catalog();
    const named = byId.get(about) ?? events.find(({ id }) => fold(id) === fold(about));
    if (named) return named;
    const { kind, events: found } = this.#parts.find(about, language);
    const [id, another] = found;
    return id !== undefined && another === undefined && (kind === 'code' || kind === 'search') ? byId.get(id) : undefined;
  }

  #withCalendar(text: string, say: SchedulePhrases): string {
    const { calendarUrl } = this.#parts;
    return calendarUrl === undefined ? text : `${text}\n${say.calendar(calendarUrl)}`;
  }
}
