/** Every operation of the port but `close`, as its statements. Both drivers run these and nothing else. */

import type { Store } from '../port.js';
import type { Dialect, Operation } from '../statement.js';
import { readAudit, writeAudit } from './audit.js';
import { claim } from './claim.js';
import { closeSession, closeSessions, join, openSession, organizers, removeOrganizers, session } from './desk.js';
import { cancel, post, resumePost, retryPost, say } from './enqueue.js';
import { accept, memory } from './inbox.js';
import { keep, kept, revision } from './kept.js';
import { forget, kvClear, kvDelete, kvGet, kvSet } from './kv.js';
import { addNotice, tallies, untoldNotices } from './notices.js';
import { deliveries, expire, heartbeat, open, resolve, unresolved } from './open.js';
import { heardAt, openPosts, posts, progress, used } from './posts.js';
import { discard, proposals, propose, take } from './proposals.js';
import { record, settle } from './record.js';
import { keepEvents, knownEvents, meetEvents, once, subscribe, subscriptions, told, unsubscribe } from './schedule.js';

export type OperationName = Exclude<keyof Store, 'close' | 'alone'>;
type Operations = { [Name in OperationName]: (...args: Parameters<Store[Name]>) => Operation<Awaited<ReturnType<Store[Name]>>> };

export function operations(dialect: Dialect): Operations {
  return {
    ...{ accept, memory, say, post, cancel, claim: claim(dialect), record: record(dialect), settle },
    ...{ heartbeat, expire, unresolved, resolve },
    ...{ deliveries, open, addNotice, untoldNotices, tallies, forget, kvGet, kvSet, kvDelete, kvClear },
    ...{ organizers, join, removeOrganizers, writeAudit, readAudit, propose, proposals, take, discard },
    ...{ openSession, session, closeSession, closeSessions, keep, kept, revision },
    ...{ resumePost, retryPost, posts, openPosts, progress, used, heardAt },
    ...{ knownEvents, keepEvents, meetEvents, told, once, subscribe, unsubscribe, subscriptions },
  };
}

export const OPERATION_NAMES = Object.keys(operations({ lockFree: () => '' })) as OperationName[];
