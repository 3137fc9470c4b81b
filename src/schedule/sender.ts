/** Due posts go to the ledger; what came too late is recorded as missed. A post that is there already is never made twice. */
import type { AdapterModule, Logger } from '../adapter.js';
import { titleOf } from '../answer/view.js';
import type { Catalog, Community } from '../content/catalog.js';
import { outsideQuietHours, type QuietHours } from '../ledger/quiet.js';
import { sayToOrganizers } from '../phrases/schedule.js';
import type { NewPost, Target } from '../store/port.js';
import { factsOf } from './facts.js';
import { hasMaterial, messageOf } from './message.js';
import type { Planned } from './plan.js';
import { type Item, keyOf } from './queue.js';

/** A platform may come up, or a name be found, a moment later. */
const AGAIN_MS = 5_000;
const MOST_NAMED = 5;
const ADDRESS = /^[\w-]+:(?:room|person|audience):/;

export type Post = (post: NewPost, targets: readonly (Target & { quiet?: QuietHours })[]) => Promise<number>;

export interface SenderParts {
  post: Post;
  log: Logger;
  catalog(): Catalog;
  community(): Community;
  /** Of an address, whether its platform is online or not; undefined: it is not configured. */
  moduleOf(address: string): AdapterModule | undefined;
  notify(text: Record<'zh' | 'en', string>): void;
}

/** Returns what has to be looked at again, and the keys of what is done with. */
export async function sendDue(items: readonly Item[], now: number, parts: SenderParts): Promise<{ again: Item[]; done: string[] }> {
  const again: Item[] = [];
  const ready = new Map<string, Item[]>();
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
      else ready.set(planned.post, [...(ready.get(planned.post) ?? []), item]);
    }
  }
  await Promise.all([...ready.values()].map((group) => hand(group, now, parts)));
  await recordMissed(late, now, parts);
  const waiting = new Set(again.map(keyOf));
  return { again, done: items.map(keyOf).filter((key) => !waiting.has(key)) };
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
  const [{ planned }] = items as [Item];
  const scene = { catalog: parts.catalog(), community: parts.community(), now };
  const targets = items.flatMap(({ channel }): Target[] => {
    const message = messageOf(planned, channel, scene);
    const module = message && parts.moduleOf(channel.address);
    if (!module) return [];
    const { name, address } = channel;
    // Who may not be spoken to now gets it with the answer to the next question.
    return [
      { channel: name, address, wire: module.format(message), at: now, until: planned.until, hold: address.split(':', 2)[1] === 'person' },
    ];
  });
  if (targets.length > 0) await parts.post(newPost(planned), targets);
}

async function recordMissed(items: readonly Item[], now: number, { post, log, notify, community }: SenderParts): Promise<void> {
  const missed: Planned[] = [];
  let count = 0;
  for (const { planned, channel } of items) {
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
