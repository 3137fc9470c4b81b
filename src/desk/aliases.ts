/** Aliases that organizers set from a chat: `别名 成都ppt = 20231104`. */
import type { Answer } from '../answer/types.js';
import type { Community } from '../content/catalog.js';
import { keptTarget } from '../content/kept.js';
import type { Kept } from '../content/kept-live.js';
import type { Language } from '../content/types.js';
import { DESK_SLIDES_PHRASES } from '../phrases/desk-slides.js';
import { aliasRow, checkAlias } from './alias-check.js';
import { isCode } from './code-finder.js';
import type { Asking, KeptChange, KeptChanges } from './kept-changes.js';
import { entryLabel, question, shown, titlesOf } from './kept-view.js';
import { spoken } from './said.js';

const MOST_LISTED = 15;

export interface AliasesParts {
  kept: Pick<Kept, 'catalog' | 'base' | 'rows'>;
  community(): Community;
  find(text: string, language: Language): Answer;
  now(): number;
}

export class Aliases {
  readonly #parts: AliasesParts;
  readonly #changes: KeptChanges;

  constructor(parts: AliasesParts, changes: KeptChanges) {
    this.#parts = parts;
    this.#changes = changes;
  }

  async set(alias: string, code: string | undefined, asking: Asking, language: Language): Promise<Answer> {
    const say = DESK_SLIDES_PHRASES[language];
    if (alias === '') return spoken(this.#all(language), language);
    if (code === undefined) return spoken(this.#one(alias, language), language);
    if (code === '') return spoken(say.aliasHelp, language);
    const { kept, community, now } = this.#parts;
    const check = checkAlias(
      alias,
      code,
      { catalog: kept.catalog(), base: kept.base(), rows: kept.rows, find: this.#parts.find },
      language,
    );
    switch (check.is) {
      case 'word':
        return spoken(say.aliasIsWord(shown(alias)), language);
      case 'code':
        return spoken(say.aliasIsCode(shown(alias)), language);
      case 'unknown':
        return spoken(say.aliasUnknown(shown(code)), language);
      case 'several': {
        const choices = check.entries.map((entry) => ({
          label: entryLabel(entry, language, community(), now()),
          say: say.sayAlias(alias, entry.code),
        }));
        return question({ text: say.which }, choices, language, now());
      }
      case 'fine': {
        const { entry, before, near } = check;
        const was = before && keptTarget(before);
        if (was === entry.code) return spoken(say.aliasSame(shown(alias), shown(entry.code)), language);
        const change: KeptChange = { kind: 'alias', name: before?.name ?? alias, value: { code: entry.code } };
        if (near) {
          const token = await this.#changes.ask(asking, change, language);
          const text = say.aliasNear(shown(alias), shown(entry.code), shown(near.code), titlesOf(near, language)[0] ?? '');
          return question({ text }, yesOrNo(token, language), language, now());
        }
        await this.#changes.atOnce(asking, change, language);
        return spoken(this.done(change, language, was), language);
      }
    }
  }

  async remove(alias: string, asking: Asking, language: Language): Promise<Answer> {
    const say = DESK_SLIDES_PHRASES[language];
    if (alias === '') return spoken(say.aliasHelp, language);
    const row = aliasRow(this.#parts.kept.rows, alias);
    if (!row) return spoken(say.noSuchAlias(shown(alias)), language);
    await this.#changes.atOnce(asking, { kind: 'alias', name: row.name, value: null }, language);
    return spoken(say.aliasRemoved(shown(row.name), shown(keptTarget(row) ?? '')), language);
  }

  /** What is said once it is set. */
  done({ name, value }: KeptChange, language: Language, before?: string): string {
    const code = (value as { code: string }).code;
    const entry = this.#parts.kept.catalog().codes.get(code);
    const title = (entry && titlesOf(entry, language)[0]) ?? '';
    return DESK_SLIDES_PHRASES[language].aliasSet(shown(name), shown(code), title, before && shown(before));
  }

  #one(alias: string, language: Language): string {
    const say = DESK_SLIDES_PHRASES[language];
    const row = aliasRow(this.#parts.kept.rows, alias);
    const code = row && keptTarget(row);
    if (!row || code === undefined) return say.noSuchAlias(shown(alias));
    return (isCode(this.#parts.kept.catalog(), code) ? say.alias : say.aliasBroken)(shown(row.name), shown(code));
  }

  #all(language: Language): string {
    const say = DESK_SLIDES_PHRASES[language];
    const aliases = this.#parts.kept.rows.filter(({ kind }) => kind === 'alias');
    const list = aliases.slice(0, MOST_LISTED).map((row) => `${shown(row.name)} = ${shown(keptTarget(row) ?? '')}`);
    return `${aliases.length === 0 ? say.noAliases : say.aliases(list, aliases.length)}\n${say.aliasHelp}`;
  }
}

/** Buttons that mean one change and no other, however late they are tapped. */
export function yesOrNo(token: string, language: Language): { label: string; say: string }[] {
  const say = DESK_SLIDES_PHRASES[language];
  return [
    { label: say.yes, say: say.sayYes(token) },
    { label: say.no, say: say.sayNo(token) },
  ];
}
