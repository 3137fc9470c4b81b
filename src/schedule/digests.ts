// When digests are due: cron expressions in a zone. What they tell is worked out when they go out.
import { Cron } from 'croner';
import type { Community } from '../content/catalog.js';
import type { DigestRule } from '../content/reminder-rules.js';
import { channelsByTags, type Planned } from './plan.js';
import { DAY_MS, elapsed } from './spans.js';

/** An hourly digest over a year; nobody reads a longer list. */
const MOST_RUNS = 10_000;

/** What tells one digest from another, also after a restart: when it is due. */
export const digestKey = ({ cron, zone }: DigestRule, community: Community): string =>
  `${cron.trim().replace(/\s+/g, '_')}:${zone ?? community.timezone}`;

/** The digests due from one instant on, up to another that is not included. */
export function planDigests(community: Community, from: number, to: number): Planned[] {
  const tagged = channelsByTags(community);
  return community.digests.flatMap((digest) => {
    const channels = tagged(digest.to);
    if (channels.length === 0) return [];
    return runs(digest, community, from, to).map((at) => plannedDigest(digest, community, at, channels));
  });
}

/** The first instant after another at which any digest is due. */
export function nextDigestAt(community: Community, after: number): number {
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...community.digests.flatMap((digest) => cronOf(digest, community).nextRun(new Date(after))?.getTime() ?? []),
  );
}

function plannedDigest(digest: DigestRule, community: Community, at: number, channels: Planned['channels']): Planned {
  const late = digest.late === undefined ? DAY_MS : elapsed(digest.late);
  return {
    post: `digest:${digestKey(digest, community)}:${new Date(at).toISOString().slice(0, 16)}Z`,
    rule: `cron: ${digest.cron}`,
    when: 'digest',
    at,
    until: at + late,
    subject: null,
    text: digest.text,
    language: digest.language,
    channels,
  };
}

function runs(digest: DigestRule, community: Community, from: number, to: number): number[] {
  const cron = cronOf(digest, community);
  const found: number[] = [];
  // "Next" is after an instant; one that is due at `from` itself belongs to the span.
  for (let run = cron.nextRun(new Date(from - 1_000)); run && found.length < MOST_RUNS; run = cron.nextRun(run)) {
    if (run.getTime() >= to) break;
    if (run.getTime() >= from) found.push(run.getTime());
  }
  return found;
}

function cronOf({ cron, zone }: DigestRule, community: Community): Cron {
  return new Cron(cron, { timezone: zone ?? community.timezone, paused: true });
}
