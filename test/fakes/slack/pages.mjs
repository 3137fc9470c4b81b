// Lists in pages, as Slack gives them.
import { Refusal } from './world.mjs';

const encode = (word) => Buffer.from(word).toString('base64');

/** How many are asked for; Slack's own numbers where nothing is said. */
export function limitOf(limit, normal, most) {
  const wanted = limit === undefined || limit === '' || Number(limit) === 0 ? normal : Number(limit);
  if (!Number.isInteger(wanted) || wanted < 0) throw new Refusal('invalid_limit');
  return Math.min(wanted, most);
}

/** What `make` wrote into the cursor of the page before; undefined on the first one. */
export function readCursor(cursor, kind) {
  if (cursor === undefined || cursor === '') return undefined;
  const [found, value] = Buffer.from(String(cursor), 'base64').toString('utf8').split(/:(.*)/s);
  if (found !== kind || !value) throw new Refusal('invalid_cursor');
  return value;
}

export const nextPage = (kind, value) => ({ response_metadata: { next_cursor: value === undefined ? '' : encode(`${kind}:${value}`) } });

/** A page of a list whose members have ids. */
export function pageOf(list, { cursor, limit, kind, normal = 100, most = 1_000 }) {
  const from = readCursor(cursor, kind);
  const start = from === undefined ? 0 : list.findIndex((item) => item.id === from);
  if (start < 0) throw new Refusal('invalid_cursor');
  const end = start + limitOf(limit, normal, most);
  return { items: list.slice(start, end), more: nextPage(kind, list[end]?.id) };
}
