import { keptTarget, keptTroubles } from '../content/kept.js';
import { aliasRow, checkAlias } from '../desk/alias-check.js';
import { writeKept } from '../desk/kept-changes.js';
import { cleanText } from '../render/index.js';
import { withKeptContent } from './kept-content.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';
import { operator, withStore } from './with-store.js';

const WHY = {
  code: 'it is a code itself now: remove it',
  gone: 'what it stands for is no code any more: set it anew, or remove it',
  circle: 'it leads back to itself: set it anew, or remove it',
} as const;

/** `emcee alias list`: what members may send instead of a code. */
export async function aliasListCommand({ json }: { json?: boolean }): Promise<Outcome> {
  return withKeptContent(async ({ rows, base, community }) => {
    const troubles = new Map(keptTroubles(base, rows, community).map(({ alias, why }) => [alias, why]));
    const aliases = rows.filter(({ kind }) => kind === 'alias');
    if (json)
      return jsonOutcome(
        aliases.map((row) => ({
          alias: row.name,
          code: keptTarget(row) ?? null,
          trouble: troubles.get(row.name) ?? null,
          by: row.by,
          at: new Date(row.changedAt).toISOString(),
        })),
      );
    if (aliases.length === 0) return { lines: ['There are no aliases.'] };
    return {
      lines: aliases.map((row) => {
        const trouble = troubles.get(row.name);
        return `${cleanText(row.name)} = ${cleanText(keptTarget(row) ?? '')}${trouble === undefined ? '' : `  (does not work: ${WHY[trouble]})`}`;
      }),
    };
  });
}

/** `emcee alias set ALIAS CODE`. */
export async function aliasSetCommand(alias: string, code: string): Promise<Outcome> {
  return withKeptContent(async (content) => {
    const check = checkAlias(alias.trim(), code, content, 'en');
    switch (check.is) {
      case 'word':
        throw new UsageError(`'${alias}' cannot be an alias: it means something else to emcee, or it is too long, or only signs.`);
      case 'code':
        throw new UsageError(`'${alias}' is a code itself, so it cannot be an alias. Choose another word.`);
      case 'unknown':
        throw new UsageError(`There is no code '${code}'. Write one that is there: emcee alias set chengdu-ppt 20231104`);
      case 'several':
        throw new UsageError(
          `'${code}' may mean several codes: ${check.entries.map((entry) => entry.code).join(', ')}. Write one of them.`,
        );
      case 'fine': {
        const { entry, before, near } = check;
        const name = before?.name ?? alias.trim();
        await writeKept(content.store, operator(), { kind: 'alias', name, value: { code: entry.code } }, Date.now());
        const was = before && keptTarget(before);
        return {
          lines: [
            `Whoever sends ${cleanText(name)} gets what ${cleanText(entry.code)} gets.`,
            ...(was === undefined || was === entry.code ? [] : [`Before, it stood for ${cleanText(was)}.`]),
            ...(near ? [`Mind: it is one slip away from the code ${cleanText(near.code)}, which members may mean.`] : []),
          ],
        };
      }
    }
  });
}

/** `emcee alias remove ALIAS`. */
export async function aliasRemoveCommand(alias: string): Promise<Outcome> {
  return withStore(async (store) => {
    const row = aliasRow(await store.kept(), alias);
    if (!row) throw new UsageError(`There is no alias '${alias}': emcee alias list shows all.`);
    await writeKept(store, operator(), { kind: 'alias', name: row.name, value: null }, Date.now());
    return { lines: [`The alias ${cleanText(row.name)} is removed.`] };
  });
}
