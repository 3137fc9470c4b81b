/** Due posts go to the ledger; what came too late is recorded as missed. A post that is there already is never made twice. */
import type { AdapterModule, Logger } from '../adapter.js';
import { titleOf } from '../answer/view.js';
import type { Catalog, Community } from '../content/catalog.js';
import { outsideQuietHours, type QuietHours } from '../ledger/quiet.js';
import { sayToOrganizers } from '../phrases/schedule.js';
import type { NewPost, Store, Target } from '../store/port.js';
import { factsOf } from './facts.js';
import { hasMaterial, messageOf } from './message.js';
import type { Planned } from './plan.js';
import { type Item, keyOf } from './queue.js';

/** A platform may come up, or a name be found, a moment later. */
const AGAIN_MS = 5_000;
const MOST_NAMED = 5;
const MOST_CHANNELS = 100_000;
const ADDRESS = /^[\w-]+:(?:room|person|audience):/;

export type Post = (post: NewPost, targets: readonly (Target & { quiet?: QuietHours })[]) => Promise<number>;

export interface SenderParts {
  store: Pick<Store, 'deliveries'>;
  post: Post;
  log: Logger;
  catalog(): Catalog;
  community(): Community;
  /** Of an address, whether its platform is online or not; undefined: it is not configured. */
  moduleOf(address: string): AdapterModule | undefined;
  /** `urgent`: an answer counts only for some minutes. */
  notify(text: Record<'zh' | 'en', string>, options?: { urgent?: boolean }): void;
}

/**
 * Returns what has to be looked at again, and the keys of what is done with.
 * @param inDoubt the clock has jumped: what would be too late by it is looked at again before it is recorded as missed
 */
export async function sendDue(
  items: readonly Item[],
  now: number,
  parts: SenderParts,
  inDoubt = false,
): Promise<{ again: Item[]; done: string[]; late: boolean }> {
  const again: Item[] = [];
  const ready: Item[] = [];
  const late: Item[] = [];
  // A name on a platform may have become an address since.
  const channels = new Map(parts.community().channels.map((channel) => [channel.name, channel]));
  for (const each of items) {
    const item = { ...each, channel: channels.get(each.channel.name) ?? each.channel };
    const { planned } = item;
    if (now >= planned.until) late.push(item);
    else {
      const at = waitUntil(item, now, parts);
      if (at !== undefined) again.push({ ...item, at });
      else ready.push(item);
    }
  }
  await Promise.all(byPost(ready).map((group) => hand(group, now, parts)));
  if (inDoubt) again.push(...late.map((item) => ({ ...item, at: now + AGAIN_MS })));
  else await recordMissed(late, now, parts);
  const waiting = new Set(again.map(keyOf));
  return { again, done: items.map(keyOf).filter((key) => !waiting.has(key)), late: inDoubt && late.length > 0 };
}

/** A recap waits for what it is about, anything for its platform, its channel's address, and the end of quiet hours. */
function waitUntil({ planned, channel }: Item, now: number, { catalog, community, moduleOf }: SenderParts): number | undefined {
  const { until, subject, when, exact } = planned;
  // A link that is added is a change of the content: then all is looked at again.
  if (when === 'after' && subject && !hasMaterial(subject.event, catalog())) return until;
  if (!ADDRESS.test(channel.address) || moduleOf(channel.address) === undefined) return Math.min(now + AGAIN_MS, until);
  if (exact || channel.quiet === undefined) return undefined;
  // It was planned for outside them, but that was while nobody was there.
  const at = outsideQuietHours(now, until, { hours: channel.quiet, zone: community().timezone });
  return at === now ? undefined : at > now ? at : until;
}

async function hand(items: readonly Item[], now: number, parts: SenderParts): Promise<void> {
  const scene = { catalog: parts.catalog(), community: parts.community(), now };
  const targets = (await unheard(items, parts)).flatMap(({ planned, channel }): Target[] => {
    const module = parts.moduleOf(channel.address);
    if (!module) return [];
    const { name, address } = channel;
    const target = { channel: name, address, at: now, until: planned.until };
    // Two rules may share a post: each channel gets the words of its own.
    const message = messageOf(planned, channel, scene);
    if (!message) return [{ ...target, wire: null, end: { state: 'cancelled', reason: 'nothing to tell' } }];
    // Who may not be spoken to now gets it with the answer to the next question.
    return [{ ...target, wire: module.format(message), hold: isPerson(address) }];
  });
  const [{ planned }] = items as [Item];
  if (targets.length > 0) await parts.post(newPost(planned), targets);
}

function byPost(items: readonly Item[]): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.planned.post);
    if (group) group.push(item);
    else groups.set(item.planned.post, [item]);
  }
  return [...groups.values()];
}

export const isPerson = (address: string): boolean => address.split(':', 2)[1] === 'person';

/** Without the rooms that have this post already, or get it here, under another of their names. */
async function unheard(items: readonly Item[], { store }: SenderParts): Promise<readonly Item[]> {
  const [{ planned }] = items as [Item];
  const rows = await store.deliveries({ post: planned.post, limit: MOST_CHANNELS });
  const had = new Map(rows.map(({ address, channel }) => [address, channel]));
  return items.filter(({ channel: { address, name } }) => {
    const by = had.get(address);
    if (by === undefined) had.set(address, name);
    return by === undefined || by === name;
  });
}

async function recordMissed(items: readonly Item[], now: number, parts: SenderParts): Promise<void> {
  const { post, log, notify, community } = parts;
  const missed: Planned[] = [];
  let count = 0;
  const groups = await Promise.all(byPost(items).map((group) => unheard(group, parts)));
  for (const { planned, channel } of groups.flat()) {
    const end = { state: 'missed' as const, reason: 'too late' };
    const target = {
      channel: channel.name,
      address: channel.address,
      wire: null,
      at: planned.at,
      until: Math.max(planned.until, now),
      end,
    };
    // Whoever is second, another replica or the start after a crash, has nothing to tell.
    const added = await post(newPost(planned), [target]);
    count += added;
    if (added > 0 && !missed.some((each) => each.post === planned.post)) missed.push(planned);
  }
  if (count === 0) return;
  log.warn({ count, posts: missed.slice(0, MOST_NAMED).map((planned) => planned.post) }, 'posts missed their time');
  notify(
    sayToOrganizers((say, language) =>
      say.missed(
        missed.slice(0, MOST_NAMED).map((planned) => named(planned, language)),
        count,
      ),
    ),
  );

  function named({ rule, subject }: Planned, language: 'zh' | 'en'): string {
    return subject ? `${titleOf(subject.event, { language })} (${rule})` : `${community().name} (${rule})`;
  }
}

function newPost({ post, rule, subject }: Planned): NewPost {
  if (!subject) return { id: post, kind: 'digest', by: rule };
  return { id: post, kind: 'reminder', by: rule, about: subject.id, facts: factsOf(subject.event) };
}
