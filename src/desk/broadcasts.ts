/** Broadcasts from a chat: an organizer's words become calls of src/broadcast, and what it says becomes an answer. */
import type { Answer } from '../answer/types.js';
import type { Errand, RunErrand } from '../bot/errand.js';
import type { Broadcasts } from '../broadcast/index.js';
import type { Confirmed, Maker, Wanted } from '../broadcast/types.js';
import { draftLine, handledText, progressText, reportText } from '../broadcast/words.js';
import type { Catalog, Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { BROADCAST_DESK_PHRASES } from '../phrases/desk-broadcast.js';
import { confirmedAnswer, proposedAnswer, type Scene } from './broadcast-answers.js';
import { readBroadcastWish, readNumber, type Understood, type WrittenTime } from './broadcast-texts.js';
import { asksTheBot, isCode } from './code-finder.js';
import { said, spoken } from './said.js';
import { writtenInstant } from './written-time.js';

/** Who has signed in longer ago may have left the browser to somebody else: nothing goes out on their word. */
const SIGNED_IN_MS = 10 * 60_000;
/** So long the next message is the text of the broadcast that was asked for. */
const TEXT_MS = 10 * 60_000;
const MOST_LISTED = 10;
const DID = { stop: 'stopped', resume: 'resumed', retry: 'retried' } as const;

export interface BroadcastDeskParts {
  broadcasts: Broadcasts;
  /** What an organizer is about to write: kept over replicas, forgotten by itself. */
  waiting: {
    get<T>(key: string): Promise<T | undefined>;
    set(key: string, value: unknown, ttlMs?: number): Promise<unknown>;
    delete(key: string): Promise<boolean>;
  };
  catalog(): Catalog;
  community(): Community;
  /** A broadcast was confirmed, resumed or tried again: its progress is to be told. */
  follow(): void;
  now(): number;
}

type Waiting = Pick<Wanted, 'to' | 'except' | 'everyone' | 'at'> & { language: Language };

export class BroadcastDesk {
  readonly #parts: BroadcastDeskParts;

  constructor(parts: BroadcastDeskParts) {
    this.#parts = parts;
  }

  readonly run: RunErrand = (errand) => {
    const { text, isDirect, addressed, person } = errand;
    if (person === undefined || isCode(this.#parts.catalog(), text.trim())) return undefined;
    const wish = readBroadcastWish(text);
    if (wish && isDirect) return this.#grant(wish, errand, person);
    if (wish && addressed) return said(BROADCAST_DESK_PHRASES[wish.language].onlyDirect, wish.language);
    const number = isDirect ? readNumber(text) : undefined;
    return number && this.#confirmByNumber(number, errand, person);
  };

  /** What was asked for before: whatever this organizer writes now is the text. To be asked last. */
  readonly takeText: RunErrand = (errand) => {
    const { person, isDirect, text } = errand;
    if (person === undefined || !isDirect || text.trim() === '' || asksTheBot(this.#parts.catalog(), text)) return undefined;
    return this.#takeText(errand, person);
  };

  async #takeText(errand: Errand, person: string): Promise<Answer | undefined> {
    const { waiting, broadcasts } = this.#parts;
    const given = await waiting.get<Waiting>(person);
    if (!given) return undefined;
    const { language, ...wanted } = given;
    const maker = this.#maker(errand, person, language);
    const proposed = await broadcasts.propose({ ...wanted, say: { text: errand.text } }, maker);
    // Only now: should it fail, the same message comes again.
    await waiting.delete(person);
    return proposedAnswer(proposed, this.#scene(errand, language));
  }

  #grant(wish: Understood, errand: Errand, person: string): Promise<Answer> {
    const { broadcasts, waiting } = this.#parts;
    const { language } = wish;
    const say = BROADCAST_DESK_PHRASES[language];
    const sends = wish.is === 'send' || wish.is === 'resume' || wish.is === 'retry';
    if (sends && this.#hasToSignInAgain(errand)) return said(say.signInAgain, language);
    const maker = this.#maker(errand, person, language);
    switch (wish.is) {
      case 'propose':
        return this.#propose(wish, errand, maker);
      case 'edit':
        return this.#edit(wish, maker, errand);
      case 'show':
        return broadcasts.again(wish.id, maker).then((shown) => proposedAnswer(shown, this.#scene(errand, language), wish.id));
      case 'discard':
        return broadcasts.discard(wish.id, maker).then((was) => spoken(was ? say.discarded(wish.id) : say.noDraft(wish.id), language));
      case 'send':
        return broadcasts.confirm({ id: wish.id, hash: wish.hash }, maker).then((done) => this.#confirmed(done, errand, language));
      case 'never-mind':
        return waiting.delete(person).then(() => spoken(say.neverMind, language));
      case 'drafts':
        return this.#drafts(person, language);
      case 'list':
        return this.#list(language);
      case 'progress':
        return broadcasts.progress(wish.id).then((found) => spoken(found ? progressText(found, language) : say.noBroadcast, language));
      case 'report':
        return broadcasts.report(wish.id).then((found) => spoken(found ? reportText(found, language) : say.noBroadcast, language));
      default:
        return this.#steer(wish.is, wish.id, maker);
    }
  }

  async #propose(wish: Understood & { is: 'propose' }, errand: Errand, maker: Maker): Promise<Answer> {
    const { language, to, except, everyone } = wish;
    const say = BROADCAST_DESK_PHRASES[language];
    const at = wish.at && this.#instantOf(wish.at);
    if (Number.isNaN(at)) return spoken(say.wrongTime, language);
    const wanted = { to, except, everyone, ...(at !== undefined && { at }) };
    let given = wish.say;
    if (!given && errand.quoted) {
      const text = (await errand.quoted())?.trim();
      if (text === '') return spoken(say.noText, language);
      given = text === undefined ? undefined : { text };
    }
    if (!given) {
      await this.#parts.waiting.set(maker.person, { ...wanted, language } satisfies Waiting, TEXT_MS);
      return spoken(say.giveText, language);
    }
    await this.#parts.waiting.delete(maker.person);
    return proposedAnswer(await this.#parts.broadcasts.propose({ ...wanted, say: given }, maker), this.#scene(errand, language));
  }

  async #edit(wish: Understood & { is: 'edit' }, maker: Maker, errand: Errand): Promise<Answer> {
    const { id, text, to, except, everyone, at: written, language } = wish;
    const at = written && this.#instantOf(written);
    if (Number.isNaN(at)) return spoken(BROADCAST_DESK_PHRASES[language].wrongTime, language);
    const change = {
      ...(text !== '' && { say: { text } }),
      ...(to.length > 0 && { to }),
      ...(except.length > 0 && { except }),
      ...(everyone !== undefined && { everyone }),
      ...(at !== undefined && { at }),
    };
    return proposedAnswer(await this.#parts.broadcasts.edit(id, change, maker), this.#scene(errand, language), id);
  }

  async #confirmByNumber(word: { number: string; count?: number }, errand: Errand, person: string): Promise<Answer | undefined> {
    const { broadcasts, community } = this.#parts;
    const language = errand.language ?? community().language;
    if (this.#hasToSignInAgain(errand)) {
      const waits = (await broadcasts.drafts(person)).some(({ expiresAt }) => expiresAt > this.#parts.now());
      return waits ? spoken(BROADCAST_DESK_PHRASES[language].signInAgain, language) : undefined;
    }
    const confirmed = await broadcasts.confirm(word, this.#maker(errand, person, language));
    // No draft has this number, and none waits for one: it is a question.
    if (confirmed.is === 'gone' && confirmed.why === 'unknown') return undefined;
    if (confirmed.is === 'wrong' && word.count !== undefined && confirmed.triesLeft > 0)
      return spoken(BROADCAST_DESK_PHRASES[language].wrongCount(confirmed.triesLeft), language);
    return this.#confirmed(confirmed, errand, language);
  }

  #hasToSignInAgain({ signedInAt }: Errand): boolean {
    return signedInAt !== undefined && this.#parts.now() - signedInAt > SIGNED_IN_MS;
  }

  #confirmed(confirmed: Confirmed, errand: Errand, language: Language): Answer {
    if (confirmed.is === 'confirmed') this.#parts.follow();
    return confirmedAnswer(confirmed, this.#scene(errand, language));
  }

  #scene({ capabilities }: Errand, language: Language): Scene {
    return { language, now: this.#parts.now(), hasButtons: capabilities.choices };
  }

  async #steer(what: 'stop' | 'resume' | 'retry', id: string | undefined, maker: Maker): Promise<Answer> {
    const done = await this.#parts.broadcasts[what](id, maker);
    if (done && done.count > 0 && what !== 'stop') this.#parts.follow();
    return spoken(handledText(DID[what], done, maker.language), maker.language);
  }

  async #drafts(person: string, language: Language): Promise<Answer> {
    const say = BROADCAST_DESK_PHRASES[language];
    const drafts = await this.#parts.broadcasts.drafts(person);
    if (drafts.length === 0) return spoken(say.noDrafts, language);
    const lines = drafts.slice(0, MOST_LISTED).map((draft) => `- ${draftLine(draft, language, this.#parts.now())}`);
    return spoken([say.drafts, ...lines].join('\n'), language);
  }

  async #list(language: Language): Promise<Answer> {
    const say = BROADCAST_DESK_PHRASES[language];
    const found = await this.#parts.broadcasts.list({ limit: 5 });
    if (found.length === 0) return spoken(say.noBroadcast, language);
    return spoken([say.broadcasts, ...found.map((each) => `- ${progressText(each, language)}`)].join('\n'), language);
  }

  #maker({ key, where, sender, capabilities }: Errand, person: string, language: Language): Maker {
    const canTell = capabilities.proactive === 'always';
    return { person, account: sender, key, language, ...(canTell && { reportTo: where }) };
  }

  #instantOf(written: WrittenTime): number {
    return writtenInstant(written, this.#parts.now(), this.#parts.community().timezone);
  }
}
