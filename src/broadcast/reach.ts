// Who of the chosen channels can be reached now, who later, and who not.
import type { Address, Capabilities } from '../adapter.js';
import type { Channel, Community } from '../content/catalog.js';
import { outsideQuietHours } from '../ledger/quiet.js';
import { languageOf } from '../schedule/message.js';
import type { PlatformView } from './index.js';
import { platformOf } from './targets.js';
import type { PlannedTarget, Unreachable } from './types.js';

export const ADDRESS = /^[\w-]+:(?:room|person|audience):/;

export interface ReachParts {
  community: Community;
  platform(instance: string): PlatformView | undefined;
  /** When somebody last wrote from these addresses. */
  heardAt(addresses: readonly string[]): Promise<readonly { address: string; at: number }[]>;
}

export interface Reached {
  targets: Omit<PlannedTarget, 'rendering'>[];
  unreachable: { channel: string; why: Unreachable; waits: boolean }[];
}

/** @param at when it goes out; @param until it is not sent after */
export async function reach(channels: readonly Channel[], at: number, until: number, parts: ReachParts): Promise<Reached> {
  const { community, platform } = parts;
  const unreachable: Reached['unreachable'] = [];
  const targets: Reached['targets'] = [];
  const limited: { target: Reached['targets'][number]; withinMs: number }[] = [];
  const [addresses, names] = [new Set<string>(), new Set<string>()];
  for (const channel of channels) {
    if (addresses.has(channel.address)) continue;
    addresses.add(channel.address);
    // Two channels of one name are two lines in the ledger.
    const name = names.has(channel.name) ? `${channel.name} (${channel.address})` : channel.name;
    names.add(name);
    const view = platform(platformOf(channel.address));
    const able = view && capabilities(view, channel.address as Address);
    const never = whyNever(channel.address, view, able);
    if (never) {
      unreachable.push({ channel: name, why: never, waits: false });
      continue;
    }
    const notBefore = sendAt(channel, at, until, community);
    const target = { channel: name, address: channel.address as Address, language: languageOf(channel, community), notBefore };
    targets.push(target);
    if (!view?.online) unreachable.push({ channel: name, why: 'offline', waits: true });
    else if (able?.stopped !== undefined) unreachable.push({ channel: name, why: 'paused', waits: true });
    else if (notBefore > at || isClosed(able, at, until)) unreachable.push({ channel: name, why: 'quiet', waits: true });
    if (able && typeof able.proactive === 'object') limited.push({ target, withinMs: able.proactive.withinMs });
  }
  const heard = new Map((await parts.heardAt(limited.map(({ target }) => target.address))).map((each) => [each.address, each.at]));
  for (const { target, withinMs } of limited)
    if (at - (heard.get(target.address) ?? Number.NEGATIVE_INFINITY) > withinMs)
      unreachable.push({ channel: target.channel, why: 'window', waits: true });
  return { targets, unreachable };
}

/** Quiet hours hold back what an organizer says, too: whoever set them meant everybody. */
function sendAt({ quiet }: Pick<Channel, 'quiet'>, at: number, until: number, { timezone }: Community): number {
  return quiet === undefined ? at : Math.max(at, outsideQuietHours(at, until, { hours: quiet, zone: timezone }));
}

/** Outside its platform's hours: the ledger holds it back until they begin. */
function isClosed(able: Capabilities | undefined, at: number, until: number): boolean {
  const { from, to, zone } = able?.hours ?? {};
  return from !== undefined && zone !== undefined && outsideQuietHours(at, until, { hours: `${to}-${from}`, zone }) > at;
}

/** An adapter that cannot even say what it can do does not keep a broadcast from the others. */
export function capabilities(view: PlatformView, address: Address): Capabilities | undefined {
  try {
    return view.capabilities(address);
  } catch {
    return undefined;
  }
}

function whyNever(address: string, view: PlatformView | undefined, able: Capabilities | undefined): Unreachable | undefined {
  if (!view) return 'not-on';
  if (!ADDRESS.test(address)) return 'not-found';
  if (!able) return undefined;
  return able.proactive === 'never' || (!able.rooms && address.split(':', 2)[1] === 'room') ? 'never' : undefined;
}
