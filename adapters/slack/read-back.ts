// What was said before. Did a message arrive? Its delivery's id stands in its metadata (docs.slack.dev/messaging/message-metadata).
import type { WebClient } from './bolt.js';
import { METADATA_TYPE } from './outbox.js';

const PER_PAGE = 200;
const MOST_PAGES = 20;
/** The attempt may have begun well before it ended. */
const BEFORE_S = 300;

export type Found = { state: 'sent'; platformId: string } | { state: 'absent' | 'cannot-tell' };

interface Message {
  ts?: string;
  text?: string;
  metadata?: { event_type?: string; event_payload?: unknown };
}

/**
 * Looks through what was said in `channel` (in `thread`, where it was to go there) since shortly before the attempt ended
 * (seconds by Slack's clock).
 * cannot-tell: more was said than is worth reading, or the app may not read there.
 */
export async function findMessage(
  client: WebClient,
  channel: string,
  thread: string | undefined,
  deliveryId: string,
  attemptedAt: number,
): Promise<Found> {
  const oldest = String(attemptedAt - BEFORE_S);
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const asked = { channel, oldest, inclusive: true, include_all_metadata: true, limit: PER_PAGE, cursor };
    const page = await (thread ? client.conversations.replies({ ...asked, ts: thread }) : client.conversations.history(asked));
    const found = ((page.messages ?? []) as Message[]).find((message) => isDelivery(message, deliveryId));
    if (found?.ts) return { state: 'sent', platformId: `${channel}:${found.ts}` };
    cursor = page.response_metadata?.next_cursor || undefined;
    if (!cursor) return { state: 'absent' };
  }
  return { state: 'cannot-tell' };
}

function isDelivery({ metadata }: Message, deliveryId: string): boolean {
  return metadata?.event_type === METADATA_TYPE && (metadata.event_payload as { id?: unknown } | undefined)?.id === deliveryId;
}

/** What a thread began with, as it was typed; undefined where it cannot be read. */
export async function parentText(client: WebClient, channel: string, thread: string): Promise<string | undefined> {
  try {
    const { messages } = await client.conversations.replies({ channel, ts: thread, limit: 1, inclusive: true });
    const [parent] = (messages ?? []) as Message[];
    return parent?.ts === thread ? parent.text : undefined;
  } catch {
    return undefined;
  }
}
