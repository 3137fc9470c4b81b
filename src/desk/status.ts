/** `状态` / `status`: how the bot is, for organizers, in a direct chat. */
import type { Answer } from '../answer/types.js';
import type { Errand } from '../bot/errand.js';
import type { Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { DESK_STATUS_PHRASES } from '../phrases/desk-status.js';
import { PHRASES } from '../phrases/index.js';
import { isCode } from './code-finder.js';
import { question } from './kept-view.js';
import { spoken } from './said.js';
import { type StatusParts, statusFacts } from './status-facts.js';
import { statusParts } from './status-text.js';

/** Bytes of the first message: WeChat takes 2,048, and the choice of 更多 goes below. */
const FIRST_BYTES = 1_700;
const WORDS: readonly [RegExp, Language][] = [
  [/^(?:机器人|系统|运行)?状态[?？。!！]?$/u, 'zh'],
  [/^(?:bot ?)?status[?.!]?$/i, 'en'],
];

/** The language in which a text asks for the status; undefined: it does not. */
export function readStatusWish(text: string): Language | undefined {
  return WORDS.find(([word]) => word.test(text))?.[1];
}

export interface StatusDeskParts extends StatusParts {
  community(): Community;
}

export class StatusDesk {
  readonly #parts: StatusDeskParts;

  constructor(parts: StatusDeskParts) {
    this.#parts = parts;
  }

  /** Undefined: it is nothing of this desk's. */
  run({ role, isDirect, addressed, text }: Errand): Promise<Answer> | undefined {
    const trimmed = text.trim();
    const language = readStatusWish(trimmed);
    if (!language || role !== 'organizer' || !(isDirect || addressed) || isCode(this.#parts.catalog(), trimmed)) return undefined;
    if (!isDirect) return Promise.resolve(spoken(DESK_STATUS_PHRASES[language].onlyDirect, language));
    return this.#tell(language);
  }

  async #tell(language: Language): Promise<Answer> {
    const { catalog, community, now } = this.#parts;
    const parts = statusParts(await statusFacts(this.#parts), { language, community: community(), catalog: catalog(), inChat: true });
    const { first, rest } = split(parts);
    if (rest === '') return spoken(first, language);
    const { more, sayMore } = PHRASES[language];
    const answer = question({ text: first }, [{ label: more, say: sayMore }], language, now());
    return answer.memory ? { ...answer, memory: { ...answer.memory, more: { rest: { text: rest } } } } : answer;
  }
}

/** As many parts as one message holds, and the others for 更多, which the platform may divide further. */
function split(parts: readonly string[]): { first: string; rest: string } {
  let count = 1;
  while (count < parts.length && Buffer.byteLength(parts.slice(0, count + 1).join('\n\n')) <= FIRST_BYTES) count++;
  return { first: parts.slice(0, count).join('\n\n'), rest: parts.slice(count).join('\n\n') };
}
