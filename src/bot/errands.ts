/**
 * What members and organizers ask for that is more than an answer: reminders for themselves, a start confirmed, the notice of a change
 * sent or stopped. Each can be asked twice: a message that comes again does no harm.
 */
import type { Outgoing } from '../adapter.js';
import { type City, cityNamed } from '../answer/cities.js';
import { fold } from '../answer/fold.js';
import { phaseOf } from '../answer/time.js';
import type { Answer } from '../answer/types.js';
import { titleOf, whenText } from '../answer/view.js';
import type { Catalog, Community, CommunityEvent } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { SCHEDULE_PHRASES, type SchedulePhrases } from '../phrases/schedule.js';
import { escapeMarkdown } from '../render/index.js';
import { viewerOf } from '../schedule/message.js';
import type { Store } from '../store/port.js';
import type { Errand } from './errand.js';

export interface ErrandsParts {
  store: Pick<Store, 'subscribe' | 'unsubscribe'>;
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
    const { store, changed } = this.#parts;
    const { calendarUrl } = this.#parts;
    if (/^(?:活动)?日历$|^(?:the )?calendar$/i.test(about) && calendarUrl !== undefined) return say.calendar(calendarUrl);
    if (!isDirect) return this.#withCalendar(say.onlyDirect, say);
    if (capabilities.proactive !== 'always') return this.#withCalendar(say.cannotSpeakFirst, say);
    if (about === '') return say.whichTopic;
    const topic = this.#topic(about, language);
    if (!topic) return say.noSuchEvent(escapeMarkdown(about));
    if ('over' in topic) return say.eventIsOver(topic.name);
    const added = await store.subscribe({ address: where, topic: topic.key, language });
    if (added) changed();
    return this.#withCalendar(added ? say.subscribed(topic.name) : say.alreadySubscribed(topic.name), say);
  }

  async #unsubscribe(about: string, { where }: Errand, say: SchedulePhrases, language: Language): Promise<string> {
    const topic = about === '' ? undefined : this.#topic(about, language);
    if (about !== '' && !topic) return say.noSuchEvent(escapeMarkdown(about));
    const count = await this.#parts.store.unsubscribe(where, topic?.key);
    if (count > 0) this.#parts.changed();
    return say.unsubscribed(count);
  }

  async #confirm(about: string, say: SchedulePhrases, language: Language): Promise<string> {
    const event = this.#event(about, language);
    if (!event || event.start === null) return say.noSuchEvent(escapeMarkdown(about));
    await this.#parts.confirm(event);
    const viewer = viewerOf(language, { community: this.#parts.community(), now: this.#parts.now() });
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

  #topic(about: string, language: Language): { key: string; name: string; over?: true } | undefined {
    const city = cityNamed(about);
    if (city) return { key: cityTopic(city), name: city[language] };
    const event = this.#event(about, language);
    if (!event) return undefined;
    const isOver = event.status === 'cancelled' || phaseOf(event, this.#parts.now()) === 'past';
    const name = escapeMarkdown(titleOf(event, { language }));
    return { key: `event:${this.#parts.idOf(event)}`, name, ...(isOver && { over: true as const }) };
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

const cityTopic = ({ key }: City): string => `city:${key}`;
