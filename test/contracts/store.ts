// What every store driver has to do; the same cases run on each.
import assert from 'node:assert/strict';
import type { Acceptance, Claim, Claiming, NewDelivery, Outcome, Recorded, SettledLimit, Store } from '../../src/store/port.js';
import { type Case, storeCases } from './cases.js';

const REPLY_MS = 600_000;
const NOTICE_MS = 86_400_000;

export function storeContract(open: () => Promise<Store>): Case[] {
  const { cases, add } = storeCases(open);
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
    forMs: REPLY_MS,
  });

  add('a message is accepted once; who comes later gets the first reply', async (store) => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => store.accept(message('m1', { reply: { text: `answer ${i}` }, delivery: reply('m1') }))),
    );
    assert.equal(results.filter(({ first }) => first).length, 1);
    const first = results.findIndex((result) => result.first);
    for (const [i, result] of results.entries()) assert.deepEqual(result.reply, i === first ? undefined : { text: `answer ${first}` });
    assert.equal((await store.deliveries({ replies: true, limit: 10 })).length, 1);
  });

  add('silence is accepted too, and stays silence', async (store) => {
    assert.deepEqual(await store.accept(message('m1')), { first: true });
    assert.deepEqual(await store.accept(message('m1', { reply: { text: 'late' } })), { first: false });
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

  const kept = (recorded: Recorded[]) => recorded.map((each) => each.kept);
  const claiming = (owner: string, now: number, more: Partial<Claiming> = {}): Claiming => ({
    ...{ owner, instance: 'slack', limits: [], leaseMs: 30_000, most: 10, now },
    ...more,
  });
  /** The only claim, or an error. */
  const claimOne = async (store: Store, owner: string, now: number): Promise<Claim> => {
    const [one, another] = await store.claim(claiming(owner, now));
    assert.ok(one && !another, 'there is not exactly one claim');
    return one;
  };
  const all = { replies: true, limit: 100 };

  add('a delivery is claimed by one owner, and recorded under its fence only', async (store) => {
    await store.accept(message('m1', { delivery: reply('m1') }));
    const claims = (await Promise.all(['a', 'b', 'c'].map((owner) => store.claim(claiming(owner, 2_000))))).flat();
    assert.equal(claims.length, 1);
    const [claim] = claims;
    assert.deepEqual([claim?.state, claim?.attempts, claim?.wire, claim?.inReplyTo], ['sending', 1, { text: 'm1' }, 'm1']);
    const fence = claim?.fence ?? 0;
    assert.deepEqual(kept(await store.record([{ id: 'reply:m1', fence: 99, outcome: { state: 'sent' } }], 2_100)), [false]);
    const sent: Outcome = { state: 'sent', platformId: 'ts1', receipt: 'waiting', counts: { sent: 3 } };
    assert.deepEqual(kept(await store.record([{ id: 'reply:m1', fence, outcome: sent }], 2_200)), [true]);
    const [row] = await store.deliveries(all);
    assert.deepEqual([row?.state, row?.platformId, row?.receipt, row?.counts], ['sent', 'ts1', 'waiting', { sent: 3 }]);
    assert.deepEqual(await store.claim(claiming('d', 3_000)), [], 'sent is final');
  });

  add('one under way an address, in order; replies before posts; addresses side by side', async (store) => {
    const target = (address: string) => ({ channel: address, address, wire: 'p', at: 1_000, until: 90_000 });
    await store.post({ id: 'p1', kind: 'broadcast', by: 'cli:x' }, ['slack:room:C1', 'slack:room:C2'].map(target), 1_000);
    for (const id of ['1', '2']) await store.accept(message(id, { delivery: reply(id) }));
    const order: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const claims = await store.claim(claiming('a', 2_000));
      assert.equal(new Set(claims.map(({ address }) => address)).size, claims.length);
      order.push(claims.map(({ id }) => id).join(' '));
      await store.record(
        claims.map(({ id, fence }) => ({ id, fence, outcome: { state: 'sent' } })),
        2_000,
      );
    }
    assert.deepEqual(order, ['reply:1 p1/slack:room:C2', 'reply:2', 'p1/slack:room:C1']);
  });

  add('an address rests for its gap after an attempt; what is planned for later lets others pass', async (store) => {
    const target = (channel: string, at: number) => ({ channel, address: 'slack:room:C1', wire: channel, at, until: 90_000 });
    await store.post(
      { id: 'p', kind: 'reminder', by: 'rule' },
      [target('later', 50_000), target('one', 1_000), target('two', 1_000)],
      1_000,
    );
    const one = await claimOne(store, 'a', 2_000);
    assert.equal(one.channel, 'one');
    await store.record([{ id: one.id, fence: one.fence, outcome: { state: 'sent', gapMs: 1_000 } }], 2_500);
    assert.deepEqual(await store.claim(claiming('a', 3_499)), []);
    assert.equal((await claimOne(store, 'a', 3_500)).channel, 'two');
  });

  add('a delivery that was certainly not sent comes back after its wait, and keeps its place', async (store) => {
    for (const id of ['1', '2']) await store.accept(message(id, { delivery: reply(id) }));
    const claim = await claimOne(store, 'a', 2_000);
    await store.record([{ id: claim.id, fence: claim.fence, outcome: { state: 'pending', reason: 'rate-limited', waitMs: 3_000 } }], 2_000);
    assert.deepEqual(await store.claim(claiming('a', 4_999)), []);
    const again = await claimOne(store, 'a', 5_000);
    assert.deepEqual([again.id, again.attempts, again.fence], ['reply:1', 2, 2]);
  });

  add('Retry-After for the whole app holds all its addresses, and no other app', async (store) => {
    const say = (id: string, address: string) => store.say({ id, kind: 'notice', address, wire: id, forMs: NOTICE_MS }, 1_000, []);
    for (const [id, address] of [
      ['1', 'slack:room:C1'],
      ['2', 'slack:room:C2'],
      ['3', 'other:room:C1'],
    ] as const)
      await say(id, address);
    const [claim] = await store.claim(claiming('a', 2_000, { most: 1 }));
    const outcome: Outcome = { state: 'pending', reason: 'rate-limited', waitMs: 5_000, scope: 'adapter' };
    await store.record([{ id: claim?.id ?? '', fence: claim?.fence ?? 0, outcome }], 2_000);
    assert.deepEqual(await store.claim(claiming('a', 6_999)), []);
    assert.equal((await store.claim(claiming('a', 6_999, { instance: 'other' }))).length, 1);
    assert.equal((await store.claim(claiming('a', 7_000))).length, 2);
  });

  add('Retry-After for all but replies holds posts and notices, and lets replies go', async (store) => {
    await store.accept(message('1', { delivery: reply('1') }));
    const say = (id: string, address: string) => store.say({ id, kind: 'notice', address, wire: id, forMs: NOTICE_MS }, 1_000, []);
    await say('1', 'slack:room:C2');
    await say('2', 'slack:room:C3');
    const claims = await store.claim(claiming('a', 2_000, { most: 2 }));
    const notice = claims.find(({ kind }) => kind === 'notice');
    const answer = claims.find(({ kind }) => kind === 'reply');
    const outcome: Outcome = { state: 'pending', reason: 'rate-limited', waitMs: 5_000, scope: 'posts' };
    const again: Outcome = { state: 'pending', reason: 'unreachable', waitMs: 0 };
    await store.record(
      [
        { id: notice?.id ?? '', fence: notice?.fence ?? 0, outcome },
        { id: answer?.id ?? '', fence: answer?.fence ?? 0, outcome: again },
      ],
      2_000,
    );
    const during = await store.claim(claiming('a', 6_999));
    assert.deepEqual(
      during.map(({ kind }) => kind),
      ['reply'],
    );
    assert.equal((await store.claim(claiming('a', 7_000))).length, 2);
  });

  add('limits of an app and of a target are never exceeded, over rolling spans and calendar days', async (store) => {
    const targets = Array.from({ length: 5 }, (_, i) => ({ channel: `c${i}`, address: `slack:room:C${i}`, wire: i, at: 0, until: 1e15 }));
    await store.post({ id: 'p', kind: 'broadcast', by: 'x' }, targets, 0);
    const noon = Date.parse('2026-03-01T12:00:00Z');
    const limits: SettledLimit[] = [
      { scope: 'adapter', count: 2, per: 1_000 },
      { scope: 'adapter', count: 4, per: 'day', zone: 'Asia/Shanghai' },
    ];
    const claimed = async (now: number) => {
      const claims = await store.claim(claiming('a', now, { limits }));
      await store.record(
        claims.map(({ id, fence }) => ({ id, fence, outcome: { state: 'sent' } })),
        now,
      );
      return claims.length;
    };
    assert.deepEqual([await claimed(noon), await claimed(noon + 999), await claimed(noon + 1_000)], [2, 0, 2]);
    // Midnight in Shanghai is at 16:00 UTC.
    assert.deepEqual([await claimed(noon + 3 * 3600_000), await claimed(noon + 4 * 3600_000)], [0, 1]);
  });

  add('a limit of its own for replies, and one for all else: neither takes the other’s room', async (store) => {
    const limits: SettledLimit[] = [
      { scope: 'adapter', count: 1, per: 'day', zone: 'UTC', of: 'posts' },
      { scope: 'adapter', count: 2, per: 'day', zone: 'UTC', of: 'replies' },
    ];
    const targets = [1, 2].map((i) => ({ channel: `c${i}`, address: `slack:room:P${i}`, wire: i, at: 0, until: 1e15 }));
    await store.post({ id: 'p', kind: 'broadcast', by: 'x' }, targets, 0);
    await store.say({ id: 'n', kind: 'notice', address: 'slack:person:O', wire: 'n', forMs: NOTICE_MS }, 0, []);
    for (const id of ['1', '2', '3']) {
      const address = `slack:room:R${id}`;
      await store.accept(message(id, { address, delivery: { ...reply(id), address } }));
    }
    const claims = await store.claim(claiming('a', 2_000, { limits }));
    assert.deepEqual(claims.map(({ kind }) => kind).toSorted(), ['notice', 'reply', 'reply']);
    await store.record(
      claims.map(({ id, fence }) => ({ id, fence, outcome: { state: 'sent' } })),
      2_000,
    );
    assert.deepEqual(await store.claim(claiming('b', 3_000, { limits })), []);
  });

  add('a reply without room holds up no post behind it; what was not tried leaves its room to the next at once', async (store) => {
    const limits: SettledLimit[] = [
      { scope: 'adapter', count: 1, per: 5_000, of: 'posts' },
      { scope: 'adapter', count: 1, per: 'day', zone: 'UTC', of: 'replies' },
    ];
    const targets = [1, 2].map((i) => ({ channel: `c${i}`, address: `slack:room:P${i}`, wire: i, at: 1_000, until: 1e15 }));
    await store.accept(message('0', { delivery: reply('0') }));
    assert.equal((await store.claim(claiming('a', 1_000, { limits }))).length, 1);
    await store.accept(message('1', { address: 'slack:room:P1', delivery: { ...reply('1'), address: 'slack:room:P1' } }));
    await store.post({ id: 'p', kind: 'broadcast', by: 'x' }, targets, 1_000);
    const claims = await store.claim(claiming('a', 2_000, { limits }));
    assert.deepEqual(
      claims.map(({ id }) => id),
      ['p/c1'],
    );
    const outcome = { state: 'pending', reason: 'stopped', waitMs: 30_000, untried: true } as const;
    await store.record(
      claims.map(({ id, fence }) => ({ id, fence, outcome })),
      2_001,
    );
    assert.deepEqual(
      (await store.claim(claiming('a', 2_002, { limits }))).map(({ id }) => id),
      ['p/c2'],
    );
  });

  add('while posts rest, replies and notices go; afterwards the posts do', async (store) => {
    await store.post({ id: 'p', kind: 'broadcast', by: 'x' }, [{ channel: 'c', address: 'slack:room:P', wire: 1, at: 0, until: 1e15 }], 0);
    await store.say({ id: 'n', kind: 'notice', address: 'slack:person:O', wire: 'n', forMs: NOTICE_MS }, 0, []);
    await store.accept(message('1', { delivery: reply('1') }));
    const kinds = async (withoutPosts: boolean) => (await store.claim(claiming('a', 2_000, { withoutPosts }))).map(({ kind }) => kind);
    assert.deepEqual((await kinds(true)).toSorted(), ['notice', 'reply']);
    assert.deepEqual(await kinds(false), ['post']);
  });

  add('what was not even tried counts neither as an attempt nor for the limits', async (store) => {
    const limits: SettledLimit[] = [{ scope: 'adapter', count: 1, per: 'day', zone: 'UTC' }];
    await store.accept(message('1', { delivery: reply('1') }));
    for (const now of [2_000, 3_000]) {
      const [claim] = await store.claim(claiming('a', now, { limits }));
      assert.equal(claim?.attempts, 1);
      const outcome: Outcome = { state: 'pending', reason: 'stopped', waitMs: 1_000, untried: true };
      await store.record([{ id: claim.id, fence: claim.fence, outcome }], now);
      assert.deepEqual(await store.claim(claiming('a', now + 999, { limits })), []);
    }
    assert.equal((await store.claim(claiming('a', 4_000, { limits }))).length, 1);
  });

  add('found sending after its lease is unknown, never pending; a heartbeat lengthens it; a late "sent" wins', async (store) => {
    await store.accept(message('m1', { delivery: reply('m1') }));
    const { id, fence } = await claimOne(store, 'a', 2_000);
    await store.heartbeat('b', [id], 30_000, 10_000);
    assert.deepEqual(await store.expire(31_999), { unknown: 0, expired: 0 });
    await store.heartbeat('a', [id], 30_000, 10_000);
    assert.deepEqual(await store.expire(39_999), { unknown: 0, expired: 0 });
    assert.deepEqual(await store.expire(40_000), { unknown: 1, expired: 0 });
    assert.deepEqual(await store.claim(claiming('a', 41_000)), []);
    assert.deepEqual(kept(await store.record([{ id, fence, outcome: { state: 'refused', reason: 'refused' } }], 43_000)), [false]);
    assert.equal((await store.deliveries({ ...all, state: 'unknown' })).length, 1, 'a late refusal proves nothing');
    assert.deepEqual(kept(await store.record([{ id, fence, outcome: { state: 'sent', platformId: 'x' } }], 43_000)), [false]);
    assert.equal((await store.deliveries({ ...all, state: 'sent' })).length, 1);
  });

  add('an unknown delivery does not block its lane, is looked for once it is quiet, and ends as sent or goes again', async (store) => {
    for (const id of ['1', '2', '3']) await store.accept(message(id, { delivery: reply(id) }));
    for (const expected of ['reply:1', 'reply:2', 'reply:3']) {
      const claim = await claimOne(store, 'a', 3_000);
      assert.equal(claim.id, expected);
      await store.record([{ id: claim.id, fence: claim.fence, outcome: { state: 'unknown', reason: 'reset' } }], 3_000);
    }
    const quiet = (endedBefore: number, checkedBefore = 0) => store.unresolved('slack', { endedBefore, checkedBefore }, 10);
    assert.deepEqual([(await quiet(2_999)).length, (await quiet(3_000)).length], [0, 3]);
    assert.equal(await store.resolve('reply:1', { state: 'sent', platformId: 'ts' }, 70_000), true);
    assert.equal(await store.resolve('reply:1', { state: 'pending' }, 70_000), false, 'sent is final');
    assert.equal(await store.resolve('reply:2', { state: 'pending' }, 70_000), true);
    assert.equal(await store.resolve('reply:3', { state: 'unknown' }, 70_000), true);
    assert.deepEqual([(await quiet(70_000)).length, (await quiet(70_000, 70_000)).length], [0, 1]);
    const again = await claimOne(store, 'a', 71_000);
    assert.deepEqual([again.id, again.attempts], ['reply:2', 2]);
    await store.record([{ id: again.id, fence: again.fence, outcome: { state: 'pending', reason: 'x', waitMs: 0 } }], 71_000);
    assert.equal(await store.settle('reply:2', { state: 'sent', platformId: 'first attempt' }, 71_500), true, 'it had arrived after all');
    assert.deepEqual(await store.claim(claiming('a', 72_000)), []);
  });

  add('what is found to be absent goes again, also after its idle lane was forgotten', async (store) => {
    await store.post({ id: 'p', kind: 'x', by: 'x' }, [{ channel: 'a', address: 'slack:room:C1', wire: 1, at: 0, until: 1e15 }], 1_000);
    const { id, fence } = await claimOne(store, 'a', 2_000);
    await store.record([{ id, fence, outcome: { state: 'unknown', reason: 'reset' } }], 2_000);
    await store.forget({ inbox: 9_000, deliveries: 9_000, memory: 9_000, now: 9_000 });
    assert.equal(await store.resolve(id, { state: 'pending', fence }, 10_000), true);
    assert.equal((await claimOne(store, 'a', 10_000)).id, id);
  });

  add('what may not be sent now is held until the member writes, and missed after its time', async (store) => {
    const target = (id: string, until: number) => ({ channel: id, address: `slack:person:${id}`, wire: id, at: 1_000, until, hold: true });
    await store.post({ id: 'p', kind: 'reminder', by: 'rule' }, [target('U1', 30_000), target('U2', 30_000)], 1_000);
    for (const { id, fence, hold } of await store.claim(claiming('a', 2_000))) {
      assert.equal(hold, true);
      await store.record([{ id, fence, outcome: { state: 'held', reason: 'window-closed' } }], 2_000);
    }
    assert.deepEqual(await store.claim(claiming('a', 3_000)), []);
    await store.accept(message('hi', { address: 'slack:person:U1', now: 4_000, opensWindow: true }));
    const claim = await claimOne(store, 'a', 4_000);
    assert.deepEqual([claim.channel, claim.heardAt], ['U1', 4_000]);
    assert.deepEqual(await store.expire(30_000), { unknown: 0, expired: 1 });
    assert.deepEqual(
      (await store.deliveries(all)).map(({ state, reason }) => [state, reason]),
      [
        ['sending', null],
        ['missed', 'window-closed'],
      ],
    );
  });

  add('pending replies older than their limit are refused as expired, notices later', async (store) => {
    await store.accept(message('m1', { delivery: reply('m1') }));
    await store.say({ id: 'notice:1', kind: 'notice', address: 'slack:person:U1', wire: 'w', forMs: NOTICE_MS }, 1_000, []);
    assert.deepEqual(await store.expire(1_000 + REPLY_MS), { unknown: 0, expired: 1 });
    assert.equal((await claimOne(store, 'a', 1_000 + REPLY_MS)).id, 'notice:1');
    const [refused] = await store.deliveries({ ...all, state: 'refused' });
    assert.deepEqual([refused?.id, refused?.reason], ['reply:m1', 'expired']);
  });

  add('too late is too late also between two looks: it is refused where it would be claimed', async (store) => {
    for (const id of ['old', 'young']) await store.accept(message(id, { now: id === 'old' ? 1_000 : 500_000, delivery: reply(id) }));
    await store.claim(claiming('a', 1_000 + REPLY_MS));
    assert.equal((await claimOne(store, 'a', 1_000 + REPLY_MS)).id, 'reply:young');
  });

  add('a post has one delivery a channel, however often it is added; what has not left can be cancelled', async (store) => {
    const targets = ['a', 'b', 'c'].map((channel) => ({
      channel,
      address: `slack:room:${channel}`,
      wire: { channel },
      at: 1_000,
      until: 90_000,
    }));
    const post = { id: 'p1', kind: 'broadcast', by: 'cli:ann', facts: { start: '2026-03-01' } };
    assert.deepEqual(
      await Promise.all([store.post(post, targets, 1_000), store.post(post, targets, 1_000)]).then((added) => added.sort()),
      [0, 3],
    );
    const [claim] = await store.claim(claiming('x', 2_000, { most: 1 }));
    assert.equal(await store.cancel('p1', 2_000), 2);
    await store.record([{ id: claim?.id ?? '', fence: claim?.fence ?? 0, outcome: { state: 'sent' } }], 2_000);
    const rows = await store.deliveries({ post: 'p1', limit: 10 });
    assert.deepEqual(
      rows.map(({ channel, state }) => [channel, state]),
      [
        ['a', 'sent'],
        ['b', 'cancelled'],
        ['c', 'cancelled'],
      ],
    );
    assert.deepEqual(await store.claim(claiming('x', 3_000)), []);
    assert.deepEqual(await store.open(), []);
    assert.equal((await store.deliveries({ limit: 2, after: rows[0]?.place })).length, 2);
  });

  add('what is open is counted, with when the oldest was due', async (store) => {
    for (const id of ['1', '2'])
      await store.accept(message(id, { address: `slack:room:${id}`, delivery: { ...reply(id), address: `slack:room:${id}` } }));
    assert.deepEqual(await store.open(), [{ instance: 'slack', state: 'pending', count: 2, oldest: 1_000 }]);
  });

  add('notices wait until they are told: by a delivery or on a reply', async (store) => {
    for (const en of ['one', 'two', 'three']) await store.addNotice({ en, zh: en }, 1_000);
    const [one, two] = await store.untoldNotices(10);
    await store.say({ id: 'notice:1', kind: 'notice', address: 'slack:person:U1', wire: 'w', forMs: NOTICE_MS }, 1_000, [one?.id ?? 0]);
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
    const { id, fence } = await claimOne(store, 'a', 1_000);
    await store.record([{ id, fence, outcome: { state: 'sent' } }], 1_000);
    await store.forget({ inbox: 2_000, deliveries: 2_000, memory: 2_000, now: 2_000 });
    assert.deepEqual(
      (await store.deliveries(all)).map((each) => each.id),
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

  add('events are met once: who is second keeps what the first wrote; what is known of them can be written anew', async (store) => {
    await store.meetEvents([{ id: 'a', firstSeen: 1_000, value: { is: 1 } }]);
    await store.meetEvents([
      { id: 'a', firstSeen: 2_000, value: { is: 2 } },
      { id: 'b', firstSeen: 2_000, value: { is: 3 } },
    ]);
    await store.keepEvents([{ id: 'b', firstSeen: 9_000, value: { is: 4 } }]);
    // Worked out from what another process has written over since: nothing is written.
    assert.equal(await store.keepEvents([{ id: 'b', firstSeen: 1, value: { is: 5 }, was: { is: 2 } }]), 0);
    assert.equal(await store.keepEvents([{ id: 'a', firstSeen: 1, value: { is: 6 }, was: { is: 1 } }]), 1);
    await store.keepEvents([{ id: 'a', firstSeen: 1, value: { is: 1 }, was: { is: 6 } }]);
    assert.deepEqual(await store.knownEvents(), [
      { id: 'a', firstSeen: 1_000, value: { is: 1 } },
      { id: 'b', firstSeen: 2_000, value: { is: 4 } },
    ]);
  });

  add('what was told about an event: posts that went out, and those that were missed or stopped at once', async (store) => {
    const target = (channel: string) => ({ channel, address: `slack:room:${channel}`, wire: null, at: 1_000, until: 9_000 });
    const facts = { start: '2027-01-01' };
    await store.post({ id: 'p1', kind: 'reminder', by: 'before: 1d', about: 'a', facts }, [target('x'), target('y')], 1_000);
    const missed = { ...target('z'), end: { state: 'missed' as const, reason: 'too late' } };
    assert.equal(await store.post({ id: 'p1', kind: 'reminder', by: 'before: 1d', about: 'a' }, [missed, target('x')], 1_000), 1);
    await store.post({ id: 'p2', kind: 'digest', by: 'cron' }, [target('x')], 1_000);
    const told = await store.told(['a', 'b']);
    assert.deepEqual(
      told.map(({ about, post, kind, facts: what, channel, state }) => [about, post, kind, what, channel, state]),
      [
        ['a', 'p1', 'reminder', facts, 'x', 'pending'],
        ['a', 'p1', 'reminder', facts, 'y', 'pending'],
        ['a', 'p1', 'reminder', facts, 'z', 'missed'],
      ],
    );
    assert.ok(told.every(({ place }, at) => at === 0 || place > (told[at - 1]?.place ?? 0)));
    assert.deepEqual(await store.told(['b']), []);
    // A missed one opens no lane.
    assert.ok((await store.open()).every(({ state }) => state !== 'missed'));
  });

  add('a post that could still go out is not forgotten: its row says that it need not', async (store) => {
    const target = { channel: 'x', address: 'slack:room:x', wire: null, at: 1_000, until: 9_000 };
    await store.post({ id: 'p', kind: 'reminder', by: 'r' }, [target], 1_000);
    await store.cancel('p', 1_000);
    await store.forget({ inbox: 5_000, deliveries: 5_000, memory: 5_000, now: 8_000 });
    assert.equal(await store.post({ id: 'p', kind: 'reminder', by: 'r' }, [target], 8_000), 0);
    await store.forget({ inbox: 5_000, deliveries: 5_000, memory: 5_000, now: 9_001 });
    assert.deepEqual(await store.deliveries({ limit: 9 }), []);
  });

  add('once: the first of all who ask at the same time, until it expires', async (store) => {
    const asked = await Promise.all(Array.from({ length: 10 }, () => store.once('k', 'v', 2_000, 1_000)));
    assert.equal(asked.filter(Boolean).length, 1);
    assert.equal(await store.once('k', 'v', 3_000, 1_999), false);
    assert.equal(await store.once('k', 'v', 3_000, 2_000), true);
  });

  add('who subscribes is there once a topic, and goes by topic or altogether', async (store) => {
    const topic = { address: 'slack:person:U1', topic: 'event:a', language: 'zh' as const };
    assert.deepEqual([await store.subscribe(topic), await store.subscribe(topic)], [true, false]);
    await store.subscribe({ ...topic, topic: 'city:suzhou' });
    await store.subscribe({ ...topic, address: 'slack:person:U2' });
    assert.equal(await store.unsubscribe('slack:person:U1', 'event:a'), 1);
    assert.equal(await store.unsubscribe('slack:person:U1'), 1);
    assert.equal(await store.unsubscribe('slack:person:U1'), 0);
    assert.deepEqual(await store.subscriptions(), [{ ...topic, address: 'slack:person:U2' }]);
  });
  return cases;
}
