// Broadcasts as JSON: stable, for other programs; and how they are counted in sentences.
import type { Broadcast, KeptDraft, Plan, Report, RunningBroadcast } from '../broadcast/types.js';

const iso = (at: number) => new Date(at).toISOString();

export function planAsJson({ targets, unreachable, renderings, takesMs, quota, at, everyone, hash }: Plan): unknown {
  return {
    ...{ count: targets.length, at: at === undefined ? null : iso(at), everyone, takesMs, hash },
    targets: targets.map(({ channel, address, language }) => ({ channel, address, language })),
    unreachable,
    renderings,
    quota: quota.map(({ resetsAt, ...line }) => ({ ...line, resetsAt: iso(resetsAt) })),
  };
}

export function broadcastAsJson({ id, post, by, label, total, at, createdAt }: Broadcast): Record<string, unknown> {
  return { id, post, by, label, count: total, at: iso(at), createdAt: iso(createdAt) };
}

export function runningAsJson(running: RunningBroadcast): Record<string, unknown> {
  const { state, counts, open, leftMs } = running;
  return { ...broadcastAsJson(running), state, counts, open, leftMs };
}

export function reportAsJson(report: Report): unknown {
  return { ...runningAsJson(report), failed: report.failed, failures: report.failures };
}

export function draftAsJson({ id, label, targets, madeAt, expiresAt }: KeptDraft): unknown {
  return { id, label, count: targets, madeAt: iso(madeAt), expiresAt: iso(expiresAt) };
}

export const channelsText = (count: number): string => `${count} channel${count === 1 ? '' : 's'}`;
