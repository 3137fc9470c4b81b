import type { Delivery, DeliveryKind, DeliveryState } from '../port.js';
import { json, type Row } from '../statement.js';

/** PostgreSQL gives its 64-bit numbers as text. */
const number = (value: unknown): number => Number(value);
const maybeNumber = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
const maybeText = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

export function deliveryOf(row: Row): Delivery {
  return {
    id: String(row.id),
    kind: row.kind as DeliveryKind,
    post: maybeText(row.post),
    channel: maybeText(row.channel),
    address: String(row.address),
    wire: json(row.wire),
    ...(row.in_reply_to === null ? {} : { inReplyTo: String(row.in_reply_to) }),
    state: row.state as DeliveryState,
    reason: maybeText(row.reason),
    platformId: maybeText(row.platform_id),
    receipt: maybeText(row.receipt),
    counts: (json(row.counts) as Record<string, number> | undefined) ?? null,
    attempts: number(row.attempts),
    fence: number(row.fence),
    createdAt: number(row.created_at),
    notBefore: number(row.not_before),
    expiresAt: number(row.expires_at),
    changedAt: number(row.changed_at),
    attemptEndedAt: maybeNumber(row.attempt_ended_at),
  };
}

export const instanceOf = (address: string): string => address.slice(0, address.indexOf(':'));

/** One attempt at a delivery, as the limits count it. */
export const attemptOf = (id: unknown, fence: number): string => `${String(id)} ${fence}`;

/** The lane that keeps until when a whole instance rests, or all of it but replies; no address looks like it. */
export const restingPlace = (instance: string, scope: 'adapter' | 'posts'): string =>
  scope === 'adapter' ? instance : `${instance}:posts`;
