import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptLinks } from '../content/kept.js';
import { isWebLink } from '../content/values.js';
import { slidesRow } from '../desk/alias-check.js';
import { findCode, isTaken } from '../desk/code-finder.js';
import { writeKept } from '../desk/kept-changes.js';
import { readLinks } from '../desk/links.js';
import { cleanText } from '../render/index.js';
import type { KeptRow } from '../store/desk.js';
import { type KeptContent, withKeptContent } from './kept-content.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';
import { operator, withStore } from './with-store.js';

interface SetOptions {
  password?: string;
  label?: string;
}

/** `emcee slides list`: the links that were set from a chat or here; those of slides.yaml and the pages are not among them. */
export async function slidesListCommand({ json }: { json?: boolean }): Promise<Outcome> {
  const rows = await withStore(async (store) => slidesOf(await store.kept()));
  if (json)
    return jsonOutcome(
      rows.map((row) => ({ code: row.name, links: keptLinks(row), by: row.by, at: new Date(row.changedAt).toISOString() })),
    );
  if (rows.length === 0) return { lines: ['No links were set from a chat or with emcee slides set.'] };
  return {
    lines: rows.flatMap((row) => [
      `${cleanText(row.name)}  (${row.by}, ${new Date(row.changedAt).toISOString().slice(0, 10)})`,
      ...keptLinks(row).map(
        ({ label, url, password }) => `  ${cleanText([label, url, password && `password ${password}`].filter(Boolean).join('  '))}`,
      ),
    ]),
  };
}

/** `emcee slides set CODE URL…`: as an organizer does it in a chat, without the question. */
export async function slidesSetCommand(code: string, given: string[], { password, label }: SetOptions): Promise<Outcome> {
  const links = readLinks(given.join('\n'));
  if (links.length === 0 || !given.some((each) => isWebLink(each) || each.includes('://')))
    throw new UsageError(
      `'${given.join(' ').slice(0, 80)}' is no link. Write the whole address: emcee slides set 20231104 https://example.org/slides`,
    );
  if (links.length > 1 && (password !== undefined || label !== undefined))
    throw new UsageError('--password and --label go with one link. Set several in a chat, or in slides.yaml.');
  return withKeptContent(async (content) => {
    const { name, title } = nameOf(code, content);
    const value = {
      links: links.map((link) => ({
        ...((label ?? link.label) && { label: label ?? link.label }),
        url: link.url,
        ...withPassword(password ?? link.password),
      })),
    };
    await writeKept(content.store, operator(), { kind: 'slides', name, value }, Date.now());
    const known = title === undefined ? 'No page names this code: it works all the same.' : cleanText(title);
    return { lines: [`Members who send ${cleanText(name)} get ${links.map(({ url }) => url).join(' ')} from now on. ${known}`] };
  });
}

/** `emcee slides remove CODE`: slides.yaml or the page counts again. */
export async function slidesRemoveCommand(code: string): Promise<Outcome> {
  return withStore(async (store) => {
    const row = slidesRow(await store.kept(), code);
    if (!row) throw new UsageError(`No links were set for '${code}': emcee slides list shows those that were.`);
    await writeKept(store, operator(), { kind: 'slides', name: row.name, value: null }, Date.now());
    return { lines: [`The links set for ${cleanText(row.name)} are taken back; slides.yaml and the event's page count again.`] };
  });
}

/** `emcee slides export`: for slides.yaml. Nothing is written. */
export async function slidesExportCommand({ merge }: { merge?: boolean }): Promise<Outcome> {
  const { mergedYaml, slidesYaml } = await import('./slides-yaml.js');
  return withStore(async (store, { content }) => {
    const rows = slidesOf(await store.kept());
    const file = join(content, 'slides.yaml');
    const text = merge ? mergedYaml(existsSync(file) ? readFileSync(file, 'utf8') : '', rows, file) : slidesYaml(rows);
    return { lines: text === '' ? ['# No links were set from a chat or with emcee slides set.'] : [text.trimEnd()] };
  });
}

const slidesOf = (rows: readonly KeptRow[]) => rows.filter((row) => row.kind === 'slides' && keptLinks(row).length > 0);

const withPassword = (password: string | undefined) => (password === undefined || password === '' ? {} : { password });

/** @throws UsageError when it cannot be a code, or may mean several */
function nameOf(code: string, content: KeptContent): { name: string; title?: string | undefined } {
  const found = findCode(code, content, 'en');
  if (found.is === 'shared')
    throw new UsageError(
      `The code '${code}' stands on several events (${found.entry.events.map(({ title }) => title).join(', ')}). Give each its own on its page first.`,
    );
  if (found.is === 'code' && found.rest === '')
    return { name: slidesRow(content.rows, found.entry.code)?.name ?? found.entry.code, title: found.entry.events[0]?.title };
  if (isTaken(code))
    throw new UsageError(`'${code}' cannot be a code: it means something else to members, or it is too long, or only signs.`);
  return { name: slidesRow(content.rows, code)?.name ?? code.trim() };
}
