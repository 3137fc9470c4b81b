// What every store driver has to do for broadcasts: posts that are stopped, gone on with and tried again, and what a quota was used for.
import assert from 'node:assert/strict';
import type { Outcome, Store, Target } from '../../src/store/port.js';
import { type Case, storeCases } from './cases.js';

const AT = 1_700_000_000_000;
const HOUR = 3600_000;

export function postsContract(open: () => Promise<Store>): Case[] {
  const { cases, add } = storeCases(open);

  const targets = (count: number, more: Partial<Target> = {}): Target[] =>
    Array.from({ length: count }, (_, i) => ({
      ...{ channel: `c${i}`, address: `fake:room:${i}`, wire: { text: `${i}` }, at: AT, until: AT + HOUR },
      ...more,
    }));
  const post = (store: Store, id: string, list: readonly Target[]) =>
    store.post({ id, kind: 'broadcast', by: 'cli:alice', note: { id } }, list, AT);
  const claim = (store: Store, most: number, now = AT) =>
    store.claim({ owner: 'bot', instance: 'fake', limits: [], leaseMs: HOUR, most, now });
  const end = async (store: Store, count: number, outcome: Outcome) => {
    const claims = await claim(store, count);
    await store.record(
      claims.map(({ id, fence }) => ({ id, fence, outcome })),
      AT + 1,
    );
    return claims;
  };

  add('a post of a thousand targets has a row for each, in their order, whatever their number', async (store) => {
    for (const count of [0, 1, 2, 249, 250, 251, 1_000]) {
      assert.equal(await post(store, `p${count}`, targets(count)), count);
      const rows = await store.deliveries({ post: `p${count}`, limit: 2_000 });
      assert.deepEqual(
        rows.map(({ channel, address, wire }) => ({ channel, address, wire })),
        targets(count).map(({ channel, address, wire }) => ({ channel, address, wire })),
      );
    }
    assert.equal(await post(store, 'p1000', targets(1_001)), 1, 'only the one that is new');
  });

  add('targets of one address wait for one another; one that has ended waits for nothing', async (store) => {
    await post(store, 'p', [
      ...targets(3, { address: 'fake:room:same' }),
      ...targets(1, { channel: 'over', address: 'fake:room:over', end: { state: 'missed', reason: 'too late' } }),
    ]);
    assert.deepEqual(
      (await claim(store, 10)).map(({ channel }) => channel),
      ['c0'],
    );
    assert.deepEqual(await store.progress('p'), { pending: 2, sending: 1, missed: 1 });
  });

  add('what is planned for later does not go before; its progress is told by state', async (store) => {
    await post(store, 'later', targets(2, { at: AT + HOUR, until: AT + 2 * HOUR }));
    assert.deepEqual(await claim(store, 10), []);
    assert.deepEqual(await store.progress('later'), { pending: 2 });
    assert.deepEqual(await store.progress('nothing'), {});
    assert.equal((await claim(store, 10, AT + HOUR)).length, 2);
  });

  add('stopped: what waits is cancelled, what is under way may end, what comes back is cancelled too', async (store) => {
    await post(store, 'p', targets(5));
    const [first, second] = await claim(store, 2);
    assert.equal(await store.cancel('p', AT + 1), 3);
    assert.deepEqual(await store.progress('p'), { sending: 2, cancelled: 3 });
    assert.ok(first && second);
    await store.record([{ id: first.id, fence: first.fence, outcome: { state: 'sent' } }], AT + 2);
    await store.record([{ id: second.id, fence: second.fence, outcome: { state: 'pending', reason: 'rate-limited', waitMs: 0 } }], AT + 2);
    assert.deepEqual(await store.progress('p'), { sent: 1, cancelled: 4 });
    assert.deepEqual(await claim(store, 10, AT + 60_000), []);
    assert.equal((await store.posts({ kinds: ['broadcast'], limit: 1 }))[0]?.stoppedAt !== null, true);
  });

  add('gone on with: exactly what was stopped goes, once', async (store) => {
    await post(store, 'p', targets(4));
    await end(store, 1, { state: 'sent' });
    await store.cancel('p', AT + 1);
    assert.equal(await store.resumePost('p', AT + 2 * HOUR, AT + 2), 3);
    assert.equal(await store.resumePost('p', AT + 2 * HOUR, AT + 2), 0);
    assert.equal((await store.posts({ kinds: ['broadcast'], limit: 1 }))[0]?.stoppedAt, null);
    const claims = await claim(store, 10, AT + HOUR);
    assert.deepEqual(
      claims.map(({ channel }) => channel),
      ['c1', 'c2', 'c3'],
    );
    assert.ok(claims.every(({ expiresAt }) => expiresAt === AT + 2 * HOUR));
  });

  add('gone on with, but not where nobody wants it any more: that stays stopped', async (store) => {
    await post(store, 'p', targets(4));
    await store.cancel('p', AT + 1);
    const [first, second, , last] = (await store.deliveries({ post: 'p', limit: 9 })).map(({ address }) => address);
    assert.equal(await store.resumePost('p', AT + 2 * HOUR, AT + 2, [first, second, last, 'a:room:never'] as string[]), 1);
    assert.deepEqual(await store.progress('p'), { pending: 1, cancelled: 3 });
    assert.equal(await store.resumePost('p', AT + 2 * HOUR, AT + 2, []), 3);
  });

  add('one for later that was stopped and gone on with still waits for its time', async (store) => {
    await post(store, 'p', targets(1, { at: AT + HOUR, until: AT + 2 * HOUR }));
    await store.cancel('p', AT + 1);
    await store.resumePost('p', AT + 2 * HOUR, AT + 2);
    assert.deepEqual(await claim(store, 10, AT + 10), []);
    assert.equal((await claim(store, 10, AT + HOUR)).length, 1);
  });

  add('tried again: the refused only; sent and unknown stay as they are', async (store) => {
    await post(store, 'p', targets(3));
    const claims = await claim(store, 3);
    const outcomes: Outcome[] = [{ state: 'sent' }, { state: 'refused', reason: 'not-allowed' }, { state: 'unknown', reason: 'no answer' }];
    await store.record(
      claims.map(({ id, fence }, i) => ({ id, fence, outcome: outcomes[i] as Outcome })),
      AT + 1,
    );
    assert.equal(await store.retryPost('p', AT + HOUR, AT + 2), 1);
    assert.deepEqual(await store.progress('p'), { sent: 1, pending: 1, unknown: 1 });
    assert.deepEqual(
      (await claim(store, 10, AT + 3)).map(({ channel }) => channel),
      ['c1'],
    );
  });

  add('one that was stopped while it was refused is tried again too', async (store) => {
    await post(store, 'p', targets(2));
    await end(store, 1, { state: 'refused', reason: 'refused' });
    await store.cancel('p', AT + 2);
    assert.equal(await store.retryPost('p', AT + HOUR, AT + 3), 1);
    assert.equal((await claim(store, 10, AT + 4)).length, 1);
    assert.deepEqual(await store.progress('p'), { sending: 1, cancelled: 1 });
  });

  add('posts come newest first, with who made them and what was noted, of the kinds that are asked for', async (store) => {
    await store.post({ id: 'r', kind: 'reminder', by: 'before: 1d' }, targets(1), AT);
    await store.post(
      { id: 'b', kind: 'broadcast', by: 'cli:alice', note: { total: 1 }, about: 'meetup', facts: { title: 'Meetup' } },
      targets(1),
      AT,
    );
    const [row, ...rest] = await store.posts({ kinds: ['broadcast'], limit: 10 });
    assert.deepEqual(rest, []);
    assert.deepEqual(
      { ...row, createdAt: 0 },
      {
        ...{ id: 'b', kind: 'broadcast', by: 'cli:alice', createdAt: 0, stoppedAt: null, note: { total: 1 }, about: 'meetup' },
      },
    );
    assert.equal((await store.told(['meetup']))[0]?.kind, 'broadcast');
  });

  add('posts of which something has not left', async (store) => {
    assert.deepEqual(await store.openPosts(), []);
    await post(store, 'done', targets(1));
    await end(store, 1, { state: 'sent' });
    await post(store, 'under way', targets(1, { address: 'fake:room:x' }));
    await claim(store, 1);
    await post(store, 'waits', targets(2, { at: AT + HOUR, until: AT + 2 * HOUR }));
    await post(store, 'stopped', targets(1));
    await store.cancel('stopped', AT);
    await store.say({ id: 'notice', kind: 'notice', address: 'fake:person:1', wire: {}, forMs: HOUR }, AT, []);
    assert.deepEqual((await store.openPosts()).sort(), ['under way', 'waits']);
  });

  add('what a quota was used for: what has left, or may have, and what waits to leave within the span', async (store) => {
    await post(store, 'now', targets(4));
    await end(store, 1, { state: 'sent' });
    await end(store, 1, { state: 'unknown', reason: 'no answer' });
    await end(store, 1, { state: 'refused', reason: 'refused' });
    await post(store, 'later', targets(1, { channel: 'x', address: 'fake:room:later', at: AT + 10 * HOUR, until: AT + 20 * HOUR }));
    await post(store, 'other', targets(1, { channel: 'y', address: 'other:room:0' }));
    const used = async (from: number, to: number) => {
      const rows = await store.used({ instance: 'fake', from, to });
      return Object.fromEntries(rows.map(({ address, count }) => [address, count]).sort());
    };
    assert.deepEqual(await used(AT - HOUR, AT + HOUR), { 'fake:room:0': 1, 'fake:room:1': 1, 'fake:room:3': 1 });
    assert.deepEqual(await used(AT + 5 * HOUR, AT + 30 * HOUR), { 'fake:room:later': 1 });
    assert.deepEqual(await used(AT - 3 * HOUR, AT - 2 * HOUR), {});
  });

  add('when somebody last wrote from an address', async (store) => {
    await store.accept({ key: 'fake:1', address: 'fake:person:ann', member: 'fake:person:ann', now: AT, opensWindow: true });
    assert.deepEqual(await store.heardAt([]), []);
    const asked = ['fake:person:bob', 'fake:person:ann', ...Array.from({ length: 2_000 }, (_, i) => `fake:person:${i}`)];
    const [heard, ...rest] = await store.heardAt(asked);
    assert.equal(heard?.address, 'fake:person:ann');
    assert.ok((heard?.at ?? 0) > 0);
    assert.deepEqual(rest, []);
  });
  return cases;
}
