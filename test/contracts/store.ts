// What every store driver has to do; the same cases run on each.
import assert from 'node:assert/strict';
import type { Acceptance, NewDelivery, Store } from '../../src/store/port.js';

const LIMITS = { replyMs: 600_000, noticeMs: 86_400_000 };

export function storeContract(open: () => Promise<Store>): { name: string; run(): Promise<void> }[] {
  const cases: { name: string; run(): Promise<void> }[] = [];
  const add = (name: string, body: (store: Store) => Promise<void>) =>
    cases.push({
      name,
      run: async () => {
        const store = await open();
        try {
          await body(store);
        } finally {
          await store.close();
        }
      },
    });
  const message = (id: string, more: Partial<Acceptance> = {}): Acceptance => ({
    key: `slack:${id}`,
    address: 'slack:room:C1',
    member: 'slack:person:U1',
    now: 1_000,
    ...more,
  });
  const reply = (id: string): NewDelivery => ({
    id: `reply:${id}`,
    kind: 'reply',
    address: 'slack:room:C1',
    wire: { text: id },
    inReplyTo: id,
  });

  add('a message is accepted once; who comes later gets the first reply', async (store) => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => store.accept(message('m1', { reply: { text: `answer ${i}` }, delivery: reply('m1') }))),
    );
    assert.equal(results.filter(({ first }) => first).length, 1);
    for (const result of results) assert.deepEqual(result.reply, results[0]?.reply);
    assert.equal((await store.deliveries({ limit: 10 })).length, 1);
  });

  add('silence is accepted too, and stays silence', async (store) => {
    assert.deepEqual(await store.accept(message('m1')), { first: true, reply: undefined });
    assert.deepEqual(await store.accept(message('m1', { reply: { text: 'late' } })), { first: false, reply: undefined });
  });

  add('memory is written, replaced, left alone and forgotten', async (store) => {
    await store.accept(message('1', { memory: { choices: [1] } }));
    await store.accept(message('2'));
    assert.deepEqual(await store.memory('slack:person:U1'), { choices: [1] });
    await store.accept(message('3', { memory: { choices: [2] } }));
    await store.accept(message('3', { memory: null }));
    assert.deepEqual(await store.memory('slack:person:U1'), { choices: [2] }, 'a redelivery changes no memory');
    await store.accept(message('4', { memory: null }));
    assert.equal(await store.memory('slack:person:U1'), undefined);
  });

  add('a delivery is claimed by one owner, and recorded under its fence only', async (store) => {
    await store.accept(message('m1', { delivery: reply('m1') }));
    const claims = await Promise.all(['a', 'b', 'c'].map((owner) => store.claim('reply:m1', owner, 2_000, 30_000)));
    const won = claims.filter((claim) => claim !== undefined);
    assert.equal(won.length, 1);
    assert.equal(won[0]?.state, 'sending');
    assert.equal(won[0]?.attempts, 1);
    assert.deepEqual(won[0]?.wire, { text: 'm1' });
    assert.equal(await store.record('reply:m1', 99, { state: 'sent' }, 2_100), false);
    assert.equal(await store.record('reply:m1', won[0]?.fence ?? 0, { state: 'sent', platformId: 'ts1' }, 2_200), true);
    const [row] = await store.deliveries({ limit: 10 });
    assert.deepEqual([row?.state, row?.platformId], ['sent', 'ts1']);
    assert.equal(await store.claim('reply:m1', 'd', 3_000, 30_000), undefined, 'sent is final');
  });

  add('a delivery that was certainly not sent comes back, after its wait', async (store) => {
    await store.accept(message('m1', { delivery: reply('m1') }));
    const claim = await store.claim('reply:m1', 'a', 2_000, 30_000);
    await store.record('reply:m1', claim?.fence ?? 0, { state: 'pending', reason: 'rate-limited', notBefore: 5_000 }, 2_100);
    assert.equal(await store.claim('reply:m1', 'a', 4_999, 30_000), undefined);
    assert.equal((await store.claim('reply:m1', 'a', 5_000, 30_000))?.attempts, 2);
  });

  add('found sending after its lease is unknown, never pending; a late "sent" wins', async (store) => {
    await store.accept(message('m1', { delivery: reply('m1') }));
    const claim = await store.claim('reply:m1', 'a', 2_000, 30_000);
    assert.deepEqual(await store.expire(31_999, LIMITS), { unknown: 0, expired: 0 });
    assert.deepEqual(await store.expire(32_000, LIMITS), { unknown: 1, expired: 0 });
    assert.deepEqual(await store.pending(['slack'], 10), []);
    assert.equal(await store.record('reply:m1', claim?.fence ?? 0, { state: 'refused', reason: 'refused' }, 33_000), false);
    assert.equal((await store.deliveries({ state: 'unknown', limit: 10 })).length, 1, 'a late refusal proves nothing');
    assert.equal(await store.record('reply:m1', claim?.fence ?? 0, { state: 'sent', platformId: 'x' }, 33_000), false);
    assert.equal((await store.deliveries({ state: 'sent', limit: 10 })).length, 1);
  });

  add('pending replies older than their limit are refused as expired, notices later', async (store) => {
    await store.accept(message('m1', { delivery: reply('m1') }));
    await store.say({ id: 'notice:1', kind: 'notice', address: 'slack:person:U1', wire: 'w' }, 1_000, []);
    assert.deepEqual(await store.expire(1_000 + LIMITS.replyMs, LIMITS), { unknown: 0, expired: 1 });
    assert.deepEqual(
      (await store.pending(['slack'], 10)).map(({ id }) => id),
      ['notice:1'],
    );
    const [refused] = await store.deliveries({ state: 'refused', limit: 10 });
    assert.equal(refused?.reason, 'expired');
  });

  add('pending deliveries come oldest first', async (store) => {
    for (const [i, id] of ['c', 'a', 'b'].entries()) await store.accept(message(id, { now: 1_000 + i, delivery: reply(id) }));
    assert.deepEqual(
      (await store.pending(['slack'], 10)).map(({ inReplyTo }) => inReplyTo),
      ['c', 'a', 'b'],
    );
  });

  add('notices wait until they are told: by a delivery or on a reply', async (store) => {
    for (const en of ['one', 'two', 'three']) await store.addNotice({ en, zh: en }, 1_000);
    const [one, two] = await store.untoldNotices(10);
    await store.say({ id: 'notice:1', kind: 'notice', address: 'slack:person:U1', wire: 'w' }, 1_000, [one?.id ?? 0]);
    await store.accept(message('m1', { toldNotices: [two?.id ?? 0] }));
    assert.deepEqual(
      (await store.untoldNotices(10)).map(({ text }) => text.en),
      ['three'],
    );
  });

  add('tallies count, the commonest first', async (store) => {
    for (const [i, what] of ['b', 'a', 'b', "'; DROP TABLE tally; --", '__proto__'].entries())
      await store.accept(message(String(i), { tally: { about: 'no-answer', what } }));
    const tallies = await store.tallies('no-answer', 10);
    assert.deepEqual([tallies[0]?.what, tallies[0]?.count, tallies.length], ['b', 2, 4]);
  });

  add('forgetting removes what is final and old, never what is open', async (store) => {
    await store.accept(message('old', { delivery: reply('old'), memory: 1 }));
    await store.accept(message('open', { delivery: reply('open') }));
    const claim = await store.claim('reply:old', 'a', 1_000, 30_000);
    await store.record('reply:old', claim?.fence ?? 0, { state: 'sent' }, 1_000);
    await store.forget({ inbox: 2_000, deliveries: 2_000, memory: 2_000 });
    assert.deepEqual(
      (await store.deliveries({ limit: 10 })).map(({ id }) => id),
      ['reply:open'],
    );
    assert.equal(await store.memory('slack:person:U1'), undefined);
    assert.equal((await store.accept(message('old'))).first, true);
  });

  add('keys and values: set, replaced, expired, deleted, cleared by prefix', async (store) => {
    await store.kvSet('a:1', 'x', null);
    await store.kvSet('a:1', 'y', 2_000);
    await store.kvSet('a%:1', 'other', null);
    assert.equal(await store.kvGet('a:1', 1_999), 'y');
    assert.equal(await store.kvGet('a:1', 2_000), undefined);
    assert.equal(await store.kvDelete('a:1'), true);
    assert.equal(await store.kvDelete('a:1'), false);
    await store.kvSet('a:2', 'z', null);
    await store.kvClear('a:');
    assert.equal(await store.kvGet('a:2', 0), undefined);
    assert.equal(await store.kvGet('a%:1', 0), 'other');
  });
  return cases;
}
