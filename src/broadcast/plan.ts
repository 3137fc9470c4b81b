// A wish becomes a plan: who gets exactly what, when, how long it takes. Made anew each time; nothing of it is remembered but its hash.
import { createHash } from 'node:crypto';
import type { Address, Wire } from '../adapter.js';
import type { Catalog, Community, CommunityEvent } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import type { DeskStore } from '../store/desk.js';
import type { PlatformView } from './index.js';
import { said } from './messages.js';
import { quotaOf } from './quota.js';
import { capabilities, reach } from './reach.js';
import { scheduled } from './scheduled.js';
import { choose, platformOf } from './targets.js';
import type { Plan, PlannedTarget, Refusal, Rendering, Wanted } from './types.js';

const DAY_MS = 24 * 3600_000;
const FAR_MS = 366 * DAY_MS;
/** As the ledger sends: so many at once, each about so long under way. */
const AT_ONCE = 64;
const ONE_MS = 200;

export interface PlanParts {
  store: Pick<DeskStore, 'used' | 'heardAt'>;
  catalog: Catalog;
  community: Community;
  platform(instance: string): PlatformView | undefined;
  now: number;
  /** Whether this person may mention everyone. */
  mayMentionEveryone: boolean;
}

export interface Prepared {
  is: 'prepared';
  plan: Plan;
  /** What the targets' platforms will get, by the index of the plan's renderings. */
  wires: readonly Wire[];
  event: CommunityEvent | undefined;
  until: number;
}

export async function prepare(wanted: Wanted, parts: PlanParts): Promise<Prepared | { is: 'refused'; why: Refusal }> {
  const { community, now, platform } = parts;
  const { at, everyone = false } = wanted;
  if (at !== undefined && !(at >= now)) return refused({ is: 'past' });
  if (at !== undefined && at > now + FAR_MS) return refused({ is: 'far' });
  if (everyone && !parts.mayMentionEveryone) return refused({ is: 'everyone' });
  const chosen = choose(community, wanted.to, wanted.except);
  if (chosen.is === 'refused') return chosen;
  const goesAt = at ?? now;
  const message = said(wanted, parts, goesAt);
  if (message.is === 'refused') return message;

  const heardAt = (addresses: readonly string[]) => parts.store.heardAt(addresses);
  const { targets: reached, unreachable } = await reach(chosen.channels, goesAt, goesAt + DAY_MS, { community, platform, heardAt });
  if (reached.length === 0) return refused({ is: 'nobody', unreachable });
  const { targets, renderings, wires } = render(reached, platform, message.message);
  const quota = await quotaOf(targets, goesAt, now, {
    capabilities: (address) => capabilitiesOf(address, platform),
    used: once(async (span: { instance: string; from: number; to: number; of?: 'posts' }) => byAddress(await parts.store.used(span))),
    planned: once((from: number, to: number) => scheduled(parts, [from, to])),
  });
  if (quota.some(({ fits }) => !fits)) return refused({ is: 'quota', lines: quota });
  const takesMs = timeFor(targets, platform);
  const hash = hashOf({ wires, targets: targets.map((each) => [each.channel, each.address, each.rendering]), at: at ?? null, everyone });
  const { timezone } = community;
  const plan = {
    targets,
    unreachable,
    renderings,
    takesMs,
    paces: pacesOf(targets, platform),
    quota,
    at,
    timezone,
    everyone,
    label: message.label,
    hash,
  };
  return { is: 'prepared', plan, wires, event: message.event, until: goesAt + Math.max(DAY_MS, 2 * takesMs) };
}

/** Each platform's wire is made once a language, however many channels get it. */
function render(
  reached: readonly Omit<PlannedTarget, 'rendering'>[],
  platform: PlanParts['platform'],
  message: (language: Language) => Parameters<PlatformView['module']['format']>[0],
): { targets: PlannedTarget[]; renderings: Rendering[]; wires: Wire[] } {
  const made = new Map<string, number>();
  const renderings: Rendering[] = [];
  const wires: Wire[] = [];
  const targets = reached.map((target) => {
    const instance = platformOf(target.address);
    const key = `${instance} ${target.language}`;
    let rendering = made.get(key);
    if (rendering === undefined) {
      rendering = wires.length;
      made.set(key, rendering);
      const { module } = platform(instance) as PlatformView;
      const outgoing = message(target.language);
      const wire = module.format(outgoing);
      wires.push(wire);
      const isCut = module.rest?.(outgoing) !== undefined;
      renderings.push({ platform: instance, language: target.language, text: module.preview(wire), channels: 0, isCut });
    }
    (renderings[rendering] as Rendering).channels += 1;
    return { ...target, rendering };
  });
  return { targets, renderings, wires };
}

/** What platforms that have to be careful say of their pace, once each. */
function pacesOf(targets: readonly PlannedTarget[], platform: PlanParts['platform']): Record<Language, string>[] {
  const paces = new Map(targets.map(({ address }) => [platformOf(address), capabilitiesOf(address, platform)?.pace]));
  return [...paces.values()].filter((pace) => pace !== undefined);
}

/** From the first to the last; platforms go side by side. */
function timeFor(targets: readonly PlannedTarget[], platform: PlanParts['platform']): number {
  const counts = new Map<string, { count: number; address: Address }>();
  for (const { address } of targets) {
    const own = counts.get(platformOf(address));
    if (own) own.count += 1;
    else counts.set(platformOf(address), { count: 1, address });
  }
  let longest = 0;
  for (const { count, address } of counts.values()) {
    const limits = capabilitiesOf(address, platform)?.limits ?? [];
    const paces = limits.map(({ scope, count: most, per, of }) =>
      scope === 'adapter' && typeof per !== 'string' && of !== 'replies' ? ((count - 1) / most) * meanOf(per) : 0,
    );
    longest = Math.max(longest, Math.ceil(count / AT_ONCE) * ONE_MS, ...paces);
  }
  return Math.ceil(longest);
}

const meanOf = (per: number | readonly [number, number]): number => (typeof per === 'number' ? per : (per[0] + per[1]) / 2);

function capabilitiesOf(address: Address, platform: PlanParts['platform']) {
  const view = platform(platformOf(address));
  return view && capabilities(view, address);
}

const byAddress = (rows: readonly { address: string; count: number }[]) => new Map(rows.map(({ address, count }) => [address, count]));
const refused = (why: Refusal) => ({ is: 'refused' as const, why });

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** Ten thousand channels with a limit each ask the same of the store. */
function once<Args extends unknown[], Result>(work: (...args: Args) => Result): (...args: Args) => Result {
  const done = new Map<string, Result>();
  return (...args) => {
    const key = JSON.stringify(args);
    const result = done.get(key) ?? work(...args);
    done.set(key, result);
    return result;
  };
}
