// Platforms with scarce messages: what is left of a day or a month, what the schedule will use, and whether a broadcast fits.
import type { Address, Capabilities, Limit } from '../adapter.js';
import { endOfPeriod, startOfPeriod } from '../store/period.js';
import { platformOf } from './targets.js';
import type { PlannedTarget, QuotaLine } from './types.js';

/** Lines about channels that all have room tell nothing from here on. */
const MOST_FITTING = 5;

export interface QuotaParts {
  capabilities(address: Address): Capabilities | undefined;
  /** What has left, or waits to leave, within a span of time, by address; `of`: without replies. */
  used(span: { instance: string; from: number; to: number; of?: 'posts' }): Promise<ReadonlyMap<string, number>>;
  /** What the schedule will post, by address; the end is not included. */
  planned(from: number, to: number): ReadonlyMap<string, number>;
}

interface Group {
  of: string;
  limit: Limit & { per: 'day' | 'month' };
  instance: string;
  /** undefined: of the whole instance. */
  address: string | undefined;
  targets: PlannedTarget[];
}

/** @param at when the broadcast goes out: the period that this lies in counts */
export async function quotaOf(targets: readonly PlannedTarget[], at: number, now: number, parts: QuotaParts): Promise<QuotaLine[]> {
  const lines: QuotaLine[] = [];
  for (const group of groupsOf(targets, parts)) lines.push(await lineOf(group, at, now, parts));
  lines.push(...(await ownQuotas(targets, at, now, parts)));
  const fitting = lines.filter(({ fits }) => fits);
  return fitting.length > MOST_FITTING ? [...lines.filter(({ fits }) => !fits), ...fitting.slice(0, MOST_FITTING)] : lines;
}

function groupsOf(targets: readonly PlannedTarget[], { capabilities }: QuotaParts): Group[] {
  const groups = new Map<string, Group>();
  for (const target of targets) {
    const instance = platformOf(target.address);
    for (const [index, limit] of (capabilities(target.address)?.limits ?? []).entries()) {
      if (typeof limit.per !== 'string' || limit.of === 'replies') continue;
      const address = limit.scope === 'target' ? target.address : undefined;
      const key = `${address ?? instance} ${index}`;
      const group = groups.get(key);
      if (group) group.targets.push(target);
      else
        groups.set(key, {
          ...{ of: address === undefined ? instance : target.channel, instance, address },
          limit: { ...limit, per: limit.per },
          targets: [target],
        });
    }
  }
  return [...groups.values()];
}

async function lineOf({ of, limit, instance, address, targets }: Group, at: number, now: number, parts: QuotaParts): Promise<QuotaLine> {
  const { per, count, zone = 'UTC' } = limit;
  const [from, to] = [startOfPeriod(at, per, zone), endOfPeriod(at, per, zone)];
  // A mass send is scarce, an answer to one member is not: only what has this limit too counts.
  const isLimited = (each: string) =>
    platformOf(each) === instance &&
    (parts.capabilities(each as Address)?.limits ?? []).some((own) => own.scope === limit.scope && own.per === per && own.of !== 'replies');
  const countIn = (counts: ReadonlyMap<string, number>) => countOf(counts, address, isLimited);
  const used = countIn(await parts.used({ instance, from, to, ...(limit.of === 'posts' && { of: 'posts' }) }));
  const planned = countIn(parts.planned(Math.max(from, now), to));
  const [left, needs] = [Math.max(0, count - used), targets.length];
  const fits = needs <= left - planned;
  return { of, per, count, left, planned, needs, resetsAt: to, timezone: zone, fits, channels: targets.map(({ channel }) => channel) };
}

/** Of one address, or of all that share it. */
function countOf(counts: ReadonlyMap<string, number>, address: string | undefined, isMeant: (address: string) => boolean): number {
  if (address !== undefined) return counts.get(address) ?? 0;
  let sum = 0;
  for (const [each, count] of counts) if (isMeant(each)) sum += count;
  return sum;
}

/** Where the platform itself counts, and tells only what is left now. */
async function ownQuotas(targets: readonly PlannedTarget[], at: number, now: number, parts: QuotaParts): Promise<QuotaLine[]> {
  const byInstance = new Map<string, PlannedTarget[]>();
  for (const target of targets) {
    const instance = platformOf(target.address);
    const own = byInstance.get(instance);
    if (own) own.push(target);
    else byInstance.set(instance, [target]);
  }
  const lines: QuotaLine[] = [];
  for (const [of, own] of byInstance) {
    const quota = parts.capabilities((own[0] as PlannedTarget).address)?.quota?.();
    const resetsAt = quota?.resetsAt.getTime() ?? 0;
    // What is left later nobody knows yet.
    if (!quota || at >= resetsAt) continue;
    const isOurs = (address: string) => platformOf(address) === of;
    // The platform knows nothing yet of what waits here.
    const waiting = countOf(await parts.used({ instance: of, from: now, to: resetsAt }), undefined, isOurs);
    const planned = countOf(parts.planned(now, resetsAt), undefined, isOurs);
    const left = Math.max(0, quota.left - waiting);
    const channels = own.map(({ channel }) => channel);
    const fits = own.length <= left - planned;
    lines.push({ of, per: 'day', left, planned, needs: own.length, resetsAt, timezone: 'UTC', fits, channels });
  }
  return lines;
}
