/**
 * Links to slides that organizers set from a chat: `课件 20231104 https://… 提取码 abcd`. Shown as members will see them, kept after one
 * word, in service in every replica a second later. In direct chats only, for organizers only.
 */
import type { Link } from '../adapter.js';
import { referenceOf } from '../answer/commands.js';
import { fold } from '../answer/fold.js';
import type { Answer, Memory } from '../answer/types.js';
import type { Errand } from '../bot/errand.js';
import { keptLinks, withKept } from '../content/kept.js';
import { wallTime } from '../content/time-zone.js';
import type { Language } from '../content/types.js';
import { DESK_SLIDES_PHRASES } from '../phrases/desk-slides.js';
import type { Store } from '../store/port.js';
import { slidesRow } from './alias-check.js';
import { Aliases, type AliasesParts, yesOrNo } from './aliases.js';
import { type FoundCode, findCode, isCode, isTaken } from './code-finder.js';
import { type Asking, type KeptChange, KeptChanges, type KeptChangesParts } from './kept-changes.js';
import { readDrafted, readKeptRequest, type UnderstoodRequest } from './kept-requests.js';
import { asMembersSee, changed, entryLabel, listed, question, shown, titlesOf } from './kept-view.js';
import { readLinks, splitAtLink } from './links.js';
import { spoken } from './said.js';

const LONGEST = 4_000;
const MEMORY_MS = 10 * 60_000;
const LINK_WORD = /(?:链接|网址|地址|\blink|\burl)\s*[:：]?\s*$/i;

export interface SlidesDeskParts extends AliasesParts {
  store: KeptChangesParts['store'] & Pick<Store, 'memory'>;
  kept: AliasesParts['kept'] & { read(): Promise<void> };
}

export class SlidesDesk {
  readonly #parts: SlidesDeskParts;
  readonly #changes: KeptChanges;
  readonly #aliases: Aliases;

  constructor(parts: SlidesDeskParts) {
    this.#parts = parts;
    this.#changes = new KeptChanges({ store: parts.store, read: () => parts.kept.read(), now: parts.now });
    this.#aliases = new Aliases(parts, this.#changes);
  }

  /** Undefined, at once or later: it is nothing of this desk's. */
  run(errand: Errand): Promise<Answer | undefined> | undefined {
    const { role, isDirect, addressed } = errand;
    const text = errand.text.trim();
    if (role !== 'organizer' || text.length > LONGEST || !(isDirect || addressed)) return undefined;
    const request = readKeptRequest(text);
    // Codes of events go before words.
    if (isCode(this.#parts.kept.catalog(), text)) return undefined;
    if (isDirect && referenceOf(fold(text))?.is === 'number') return this.#chosen(errand, text);
    if (!request) return undefined;
    if (isDirect) return this.#grant(request, errand);
    const isMeant = request.is === 'slides' ? splitAtLink(request.about).tail !== '' : !['yes', 'no', 'new-code'].includes(request.is);
    return isMeant ? Promise.resolve(spoken(DESK_SLIDES_PHRASES[request.language].onlyDirect, request.language)) : undefined;
  }

  /** A number where the platform has no buttons: what this desk has last offered. */
  async #chosen(errand: Errand, text: string): Promise<Answer | undefined> {
    const memory = (await this.#parts.store.memory(errand.sender)) as Memory | undefined;
    const reference = referenceOf(fold(text));
    if (!memory || reference?.is !== 'number' || this.#parts.now() - memory.at > MEMORY_MS) return undefined;
    const said = memory.choices[reference.number - 1]?.say;
    const request = said === undefined || isCode(this.#parts.kept.catalog(), said) ? undefined : readKeptRequest(said);
    return request && this.#grant({ ...request, language: memory.language ?? request.language }, errand);
  }

  async #grant(request: UnderstoodRequest, { key, person, sender }: Errand): Promise<Answer | undefined> {
    const asking: Asking = { key, person: person ?? sender, account: sender };
    const { language } = request;
    switch (request.is) {
      case 'slides':
        return this.#slides(request.about, asking, language);
      case 'new-code':
        return this.#newCode(request.code, await this.#changes.drafted(asking, request.token.toLowerCase()), asking, language);
      case 'remove-slides':
        return this.#remove(request.about, asking, language);
      case 'alias':
        return this.#aliases.set(request.alias, request.code, asking, language);
      case 'remove-alias':
        return this.#aliases.remove(request.alias.trim(), asking, language);
      default:
        return this.#word(request.is, request.token, asking, language);
    }
  }

  async #slides(about: string, asking: Asking, language: Language): Promise<Answer | undefined> {
    const say = DESK_SLIDES_PHRASES[language];
    const drafted = readDrafted(about);
    if (drafted) {
      const links = await this.#changes.drafted(asking, drafted.token);
      return links ? this.#found(this.#find(drafted.about, language), links, asking, language) : spoken(say.replaced, language);
    }
    const { head, tail } = splitAtLink(about);
    if (tail === '') return about.includes('://') ? spoken(say.badLink, language) : this.#show(about.trim(), language);
    const [subject = '', ...further] = head.split('\n').flatMap((line) => line.trim() || []);
    const found = this.#find(subject.replace(LINK_WORD, ''), language);
    const rest = 'rest' in found ? found.rest : '';
    const links = readLinks([[rest, ...further].filter(Boolean).join('\n'), tail].filter(Boolean).join(further.length > 0 ? '\n' : ' '));
    return links.length === 0 ? spoken(say.badLink, language) : this.#found(found, links, asking, language);
  }

  async #found(found: FoundCode, links: readonly Link[], asking: Asking, language: Language): Promise<Answer> {
    const say = DESK_SLIDES_PHRASES[language];
    switch (found.is) {
      case 'nothing':
        return spoken(say.help, language);
      case 'unknown':
        return this.#newCode(found.written, links, asking, language);
      case 'code':
        return this.#propose(found.entry.code, links, asking, language, listed(found.entry.links, say));
      case 'several': {
        const token = await this.#changes.draft(asking, links);
        const asNew = isTaken(found.written) ? [] : [{ label: say.newCode(found.written), say: say.sayNewCode(found.written, token) }];
        return this.#which(found, (code) => say.saySlides(code, token), language, asNew);
      }
      default:
        return spoken(this.#whyNot(found, language), language);
    }
  }

  async #newCode(code: string, links: readonly Link[] | undefined, asking: Asking, language: Language): Promise<Answer> {
    const say = DESK_SLIDES_PHRASES[language];
    if (!links) return spoken(say.replaced, language);
    if (isTaken(code)) return spoken(say.notSoCalled(shown(code)), language);
    return this.#propose(code, links, asking, language, say.isNewCode(shown(code)));
  }

  async #propose(code: string, links: readonly Link[], asking: Asking, language: Language, before: string): Promise<Answer> {
    const say = DESK_SLIDES_PHRASES[language];
    const row = slidesRow(this.#parts.kept.rows, code);
    const given = links.map(({ label, ...link }) => ({ ...(label && { label }), ...link }));
    if (row && JSON.stringify(keptLinks(row)) === JSON.stringify(keptLinks({ kind: 'slides', value: { links: given } })))
      return spoken(say.same(shown(code)), language);
    const change: KeptChange = { kind: 'slides', name: row?.name ?? code, value: { links: given } };
    return this.#ask(change, say.preview(shown(code), before), code, asking, language);
  }

  async #remove(about: string, asking: Asking, language: Language): Promise<Answer> {
    const say = DESK_SLIDES_PHRASES[language];
    const found = this.#find(about, language);
    if (found.is === 'several') return this.#which(found, say.sayRemove, language);
    if (found.is === 'nothing') return spoken(say.help, language);
    if (found.is !== 'code') return spoken(this.#whyNot(found, language), language);
    const { code } = found.entry;
    const row = slidesRow(this.#parts.kept.rows, code);
    if (!row) return spoken(say.notSetHere(shown(code)), language);
    return this.#ask({ kind: 'slides', name: row.name, value: null }, say.previewRemoval(shown(code)), code, asking, language);
  }

  async #ask(change: KeptChange, intro: string, code: string, asking: Asking, language: Language): Promise<Answer> {
    const { kept, community, now } = this.#parts;
    const token = await this.#changes.ask(asking, change, language);
    const future = withKept(kept.base(), changed(kept.rows, change), community());
    const reply = asMembersSee(intro, code, future, { community: community(), language, now: now() });
    return question(reply, yesOrNo(token, language), language, now());
  }

  /** Undefined: it is a question like a member's. */
  #show(about: string, language: Language): Answer | undefined {
    const { kept, community, now } = this.#parts;
    const say = DESK_SLIDES_PHRASES[language];
    if (about === '') return spoken(say.help, language);
    const found = this.#find(about, language);
    if (found.is === 'several') return this.#which(found, (code) => say.saySlides(code, undefined), language);
    if (found.is === 'shared' || found.is === 'without-code') return spoken(this.#whyNot(found, language), language);
    if (found.is !== 'code' || found.rest !== '') return undefined;
    const { code, links } = found.entry;
    const row = slidesRow(kept.rows, code);
    const from = row
      ? `${say.from.chat(shown(row.by), wallTime(row.changedAt, community().timezone).slice(0, 10))}`
      : links.length > 0
        ? say.from.pages
        : say.from.nothing;
    const intro = [row && say.takeBack(shown(code)), say.show(shown(code), from)].filter(Boolean).join('\n');
    return {
      ...spoken('', language),
      reply: asMembersSee(intro, code, kept.catalog(), { community: community(), language, now: now() }),
    };
  }

  async #word(word: 'yes' | 'no', token: string | undefined, asking: Asking, language: Language): Promise<Answer | undefined> {
    const taken = await this.#changes.word(asking, word, token);
    if (!taken) return undefined;
    if (taken.is === 'replaced') return spoken(DESK_SLIDES_PHRASES[language].replaced, language);
    const { is, change } = taken;
    const say = DESK_SLIDES_PHRASES[taken.language];
    if (is !== 'kept') return spoken(is === 'late' ? say.late : say.dropped, taken.language);
    if (change.kind === 'alias') return spoken(this.#aliases.done(change, taken.language), taken.language);
    return spoken((change.value === null ? say.taken : say.kept)(shown(change.name)), taken.language);
  }

  #find(subject: string, language: Language): FoundCode {
    return findCode(subject, { catalog: this.#parts.kept.catalog(), find: this.#parts.find }, language);
  }

  #which(
    { entries }: Extract<FoundCode, { is: 'several' }>,
    sayOf: (code: string) => string,
    language: Language,
    further: { label: string; say: string }[] = [],
  ): Answer {
    const { community, now } = this.#parts;
    const choices = entries.map((entry) => ({ label: entryLabel(entry, language, community(), now()), say: sayOf(entry.code) }));
    return question({ text: DESK_SLIDES_PHRASES[language].which }, [...choices, ...further], language, now());
  }

  #whyNot(found: Extract<FoundCode, { is: 'shared' | 'without-code' | 'unknown' }>, language: Language): string {
    const say = DESK_SLIDES_PHRASES[language];
    if (found.is === 'shared') return say.shared(shown(found.entry.code), titlesOf(found.entry, language));
    if (found.is === 'unknown') return say.unknown(shown(found.written));
    return say.withoutCode(shown(found.event.title));
  }
}
