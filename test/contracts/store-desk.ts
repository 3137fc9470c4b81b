// What every store driver has to do for organizers; the same cases run on each.
import assert from 'node:assert/strict';
import type { NewProposal } from '../../src/store/desk.js';
import type { NewPost, Store, Target } from '../../src/store/port.js';
import { type Case, storeCases } from './cases.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const AT = 1_700_000_000_000;

export function deskContract(open: () => Promise<Store>): Case[] {
  const { cases, add } = storeCases(open);

  const invitation = (id: string, more: Partial<NewProposal> = {}): NewProposal => ({
    ...{ id, madeBy: `cli:${id}`, kind: 'invite', person: 'cli:alice', value: {}, proof: 'right', tries: 5 },
    ...{ expiresAt: AT + 10 * MINUTE, keptUntil: AT + DAY },
    ...more,
  });
  const broadcast = (id: string, more: Partial<NewProposal> = {}): NewProposal =>
    invitation(id, { kind: 'broadcast', person: 'slack:person:U1', value: { text: id }, proof: '4711', ...more });
  const says = (address: string, proof = 'right', id = 'AAAA') => ({ id, proof, address, name: null });
  const word = (by: string, proof = '4711', more = {}) => ({ id: 'b', kind: 'broadcast', person: 'slack:person:U1', proof, by, ...more });

  add('an invitation takes one account of each platform, and all are one person', async (store) => {
    await store.propose(invitation('AAAA'), AT);
    assert.deepEqual(await store.join({ ...says('slack:person:U1'), name: 'Olga' }, AT + 1), {
      is: 'joined',
      person: 'slack:person:U1',
      again: false,
    });
    assert.deepEqual(await store.join(says('wechat:person:o1'), AT + 2), { is: 'joined', person: 'slack:person:U1', again: false });
    assert.deepEqual(await store.join(says('slack:person:U2'), AT + 3), { is: 'gone', why: 'used' });
    assert.deepEqual(await store.join(says('wechat:person:o2'), AT - 3), { is: 'gone', why: 'used' });
    assert.deepEqual(await store.join(says('slack-acme:person:U1'), AT + 4), { is: 'joined', person: 'slack:person:U1', again: false });
    assert.deepEqual(
      (await store.organizers()).map(({ address, person, name, addedBy }) => [address, person, name, addedBy]),
      [
        ['slack:person:U1', 'slack:person:U1', 'Olga', 'invite:AAAA'],
        ['wechat:person:o1', 'slack:person:U1', null, 'invite:AAAA'],
        ['slack-acme:person:U1', 'slack:person:U1', null, 'invite:AAAA'],
      ],
    );
  });

  add('a clock that was set back lets nobody else in', async (store) => {
    await store.propose(invitation('AAAA'), AT);
    assert.equal((await store.join(says('slack:person:U1'), AT - 5)).is, 'joined');
    assert.deepEqual(await store.join(says('slack:person:U2'), AT - 4), { is: 'gone', why: 'used' });
  });

  add('the same account said it before: the same answer, also when the time is over', async (store) => {
    await store.propose(invitation('AAAA'), AT);
    await store.join(says('slack:person:U1'), AT);
    assert.deepEqual(await store.join(says('slack:person:U1'), AT + DAY), { is: 'joined', person: 'slack:person:U1', again: true });
    assert.equal((await store.organizers()).length, 1);
    assert.deepEqual(await store.readAudit(10), [
      { at: AT, who: 'slack:person:U1', did: 'joined', about: { account: 'slack:person:U1', invite: 'AAAA' } },
    ]);
  });

  add('five wrong tries end an invitation, whoever makes them; ten minutes do too', async (store) => {
    await store.propose(invitation('AAAA'), AT);
    for (const left of [4, 3, 2, 1, 0])
      assert.deepEqual(await store.join(says(`slack:person:X${left}`, 'wrong'), AT), { is: 'wrong', triesLeft: left });
    assert.deepEqual(await store.join(says('slack:person:U1'), AT), { is: 'gone', why: 'no-tries' });
    await store.propose(invitation('BBBB'), AT);
    assert.deepEqual(await store.join(says('slack:person:U1', 'right', 'BBBB'), AT + 10 * MINUTE), { is: 'gone', why: 'expired' });
    assert.deepEqual(await store.join(says('slack:person:U1', 'right', 'CCCC'), AT), { is: 'gone', why: 'unknown' });
    await store.propose(broadcast('DDDD', { proof: 'right' }), AT);
    assert.deepEqual(await store.join(says('slack:person:U1', 'right', 'DDDD'), AT), { is: 'gone', why: 'unknown' });
    assert.deepEqual(await store.organizers(), []);
  });

  add('of fifty that say a code at once, one account joins', async (store) => {
    await store.propose(invitation('AAAA'), AT);
    const joined = await Promise.all(Array.from({ length: 50 }, (_, i) => store.join(says(`slack:person:U${i}`), AT)));
    assert.equal(joined.filter(({ is }) => is === 'joined').length, 1);
    assert.equal((await store.organizers()).length, 1);
  });

  add('of fifty wrong tries at once, five count', async (store) => {
    await store.propose(invitation('AAAA'), AT);
    const tried = await Promise.all(Array.from({ length: 50 }, (_, i) => store.join(says(`slack:person:U${i}`, 'wrong'), AT)));
    assert.equal(tried.filter(({ is }) => is === 'wrong').length, 5);
  });

  add('a further account joins its person; an organizer who gets a second invitation stays who they are', async (store) => {
    await store.propose(invitation('AAAA'), AT);
    await store.join(says('slack:person:U1'), AT);
    await store.propose(invitation('BBBB', { value: { person: 'slack:person:U1' } }), AT);
    assert.deepEqual(await store.join(says('wechat:person:o1', 'right', 'BBBB'), AT), {
      is: 'joined',
      person: 'slack:person:U1',
      again: false,
    });
    await store.propose(invitation('CCCC'), AT);
    assert.deepEqual(await store.join(says('wechat:person:o1', 'right', 'CCCC'), AT), {
      is: 'joined',
      person: 'slack:person:U1',
      again: false,
    });
  });

  add('an id that an earlier invitation had makes nobody the same person', async (store) => {
    await store.propose(invitation('AAAA'), AT);
    await store.join(says('slack:person:U1'), AT);
    await store.forget({ inbox: 0, deliveries: 0, memory: 0, now: AT + 2 * DAY });
    const later = AT + 3 * DAY;
    await store.propose(invitation('AAAA', { madeBy: 'cli:later', expiresAt: later + MINUTE, keptUntil: later + DAY }), later);
    assert.deepEqual(await store.join(says('wechat:person:o9'), later), { is: 'joined', person: 'wechat:person:o9', again: false });
  });

  add(
    'who is removed stays out: the code they came by, their own codes, their sessions and what waits for them are over',
    async (store) => {
      await store.propose(invitation('AAAA'), AT);
      await store.join(says('slack:person:U1'), AT);
      await store.propose(invitation('LINK', { person: 'slack:person:U1', value: { person: 'slack:person:U1' } }), AT);
      await store.propose(broadcast('b'), AT);
      await store.propose(invitation('ELSE'), AT);
      await store.openSession({ hash: 'h1', person: 'slack:person:U1' }, AT);
      await store.openSession({ hash: 'h2', person: 'slack:person:U2' }, AT);
      const limits = { idleMs: MINUTE, longestMs: DAY };

      assert.deepEqual(await store.removeOrganizers(['slack:person:U1', 'slack:person:none']), ['slack:person:U1']);
      assert.deepEqual(await store.organizers(), []);
      for (const id of ['AAAA', 'LINK'])
        assert.deepEqual(await store.join(says('slack:person:U1', 'right', id), AT + 1), { is: 'gone', why: 'no-tries' });
      assert.deepEqual(await store.take(word('m1'), AT + 1), { is: 'gone', why: 'no-tries' });
      assert.equal(await store.session('h1', limits, AT + 1), undefined);
      assert.equal(await store.session('h2', limits, AT + 1), 'slack:person:U2');
      assert.equal((await store.join(says('slack:person:U1', 'right', 'ELSE'), AT + 1)).is, 'joined', 'another invitation is another word');
      assert.deepEqual(await store.removeOrganizers([]), []);
    },
  );

  add('the revision changes with organizers and what is kept, and with nothing else', async (store) => {
    const seen = [await store.revision()];
    const look = async (changes: boolean) => {
      const revision = await store.revision();
      assert.equal(!seen.includes(revision), changes);
      seen.push(revision);
    };
    await store.propose(invitation('AAAA'), AT);
    await store.join(says('slack:person:U1', 'wrong'), AT);
    await look(false);
    await store.join(says('slack:person:U1'), AT);
    await look(true);
    await store.join(says('slack:person:U1'), AT);
    await look(false);
    await store.keep({ kind: 'alias', name: '成都ppt', value: { code: '20231104' }, by: 'cli:a' }, AT);
    await look(true);
    await store.keep({ kind: 'alias', name: '成都ppt', value: null, by: 'cli:a' }, AT);
    await look(true);
    await store.removeOrganizers(['slack:person:U1']);
    await look(true);
    await store.removeOrganizers(['slack:person:U1']);
    await look(false);
    await store.forget({ inbox: AT, deliveries: AT, memory: AT, now: AT + 500 * DAY });
    await look(false);
  });

  add('what is kept is replaced and taken away', async (store) => {
    await store.keep({ kind: 'slides', name: '0514', value: [{ label: 'x', url: 'https://e.org' }], by: 'cli:a' }, AT);
    await store.keep({ kind: 'alias', name: '0514', value: { code: '1' }, by: 'cli:a' }, AT);
    await store.keep({ kind: 'slides', name: '0514', value: { label: '"y"' }, by: 'cli:b' }, AT + 5);
    assert.deepEqual(await store.kept(), [
      { kind: 'alias', name: '0514', value: { code: '1' }, by: 'cli:a', changedAt: AT },
      { kind: 'slides', name: '0514', value: { label: '"y"' }, by: 'cli:b', changedAt: AT + 5 },
    ]);
    await store.keep({ kind: 'slides', name: '0514', value: null, by: 'cli:a' }, AT);
    await store.keep({ kind: 'slides', name: 'never there', value: null, by: 'cli:a' }, AT);
    assert.equal((await store.kept()).length, 1);
  });

  add('a session lasts from use to use, and not for ever; closing ends it', async (store) => {
    const limits = { idleMs: 30 * MINUTE, longestMs: 12 * 60 * MINUTE };
    await store.openSession({ hash: 'h', person: 'p' }, AT);
    let now = AT;
    for (; now < AT + 11 * 60 * MINUTE; now += 29 * MINUTE) assert.equal(await store.session('h', limits, now), 'p');
    assert.equal(await store.session('h', limits, now), 'p');
    assert.equal(await store.session('h', { ...limits, idleMs: DAY }, AT + 12 * 60 * MINUTE), undefined);

    await store.openSession({ hash: 'i', person: 'p' }, AT);
    assert.equal(await store.session('i', limits, AT + 30 * MINUTE), undefined);
    assert.equal(await store.session('i', limits, AT + 1), undefined, 'what is over stays over');

    for (const hash of ['j', 'k', 'l']) await store.openSession({ hash, person: hash === 'l' ? 'q' : 'p' }, AT);
    await store.closeSession('j');
    assert.equal(await store.session('j', limits, AT), undefined);
    assert.equal(await store.closeSessions('p'), 1);
    assert.deepEqual([await store.session('k', limits, AT), await store.session('l', limits, AT)], [undefined, 'q']);
    assert.equal(await store.session("' OR 1=1 --", limits, AT), undefined);
  });

  add('the audit log is read from its newest end', async (store) => {
    for (const i of [1, 2, 3]) await store.writeAudit({ who: 'cli:a', did: 'invited', about: { i, name: '“成都”\u0001' } }, AT + i);
    assert.deepEqual(await store.readAudit(2), [
      { at: AT + 3, who: 'cli:a', did: 'invited', about: { i: 3, name: '“成都”\u0001' } },
      { at: AT + 2, who: 'cli:a', did: 'invited', about: { i: 2, name: '“成都”\u0001' } },
    ]);
  });

  add('a proposal: the same message makes it once, the same person changes it, nobody else does', async (store) => {
    const made = await store.propose(broadcast('b'), AT);
    assert.deepEqual([made.value, made.createdAt, made.takenBy], [{ text: 'b' }, AT, null]);
    assert.deepEqual(await store.propose(broadcast('b', { value: { text: 'other' } }), AT + 1), made, 'a redelivery changes nothing');
    const edited = await store.propose(broadcast('b', { madeBy: 'm2', value: { text: 'edited' }, proof: '1234' }), AT + 2);
    assert.deepEqual([edited.value, edited.proof, edited.createdAt], [{ text: 'edited' }, '1234', AT + 2]);
    const stranger = await store.propose(broadcast('b', { madeBy: 'm3', person: 'slack:person:U2', value: 'theirs' }), AT + 3);
    assert.deepEqual([stranger.value, stranger.madeBy], [{ text: 'edited' }, 'm2']);
    assert.deepEqual((await store.propose(invitation('b', { person: 'slack:person:U1' }), AT + 3)).kind, 'broadcast');
    assert.deepEqual(await store.take(word('m4', '4711'), AT + 4), { is: 'wrong', triesLeft: 4 });
    assert.deepEqual(await store.take(word('m5', '1234'), AT + 5), { is: 'taken', value: { text: 'edited' }, again: false });
    assert.deepEqual((await store.propose(broadcast('b', { madeBy: 'm6', value: 'late' }), AT + 6)).value, { text: 'edited' });
  });

  add('what is done to a proposal is in the audit log where it was done, and only there', async (store) => {
    const done = (did: string) => ({ did, about: { broadcast: 'b' } });
    for (let i = 0; i < 2; i += 1) await store.propose(broadcast('b'), AT, done('proposed'));
    await store.propose(broadcast('b', { madeBy: 'm2', person: 'slack:person:U2' }), AT, done('edited'));
    assert.equal(await store.discard('b', 'slack:person:U2', AT, done('discarded')), false);
    for (const was of [true, false]) assert.equal(await store.discard('b', 'slack:person:U1', AT, done('discarded')), was);
    const line = { at: AT, who: 'slack:person:U1', about: { broadcast: 'b' } };
    assert.deepEqual(await store.readAudit(9), [
      { ...line, did: 'discarded' },
      { ...line, did: 'proposed' },
    ]);
  });

  add('proposals are listed by person and kind, the newest first, until they are taken, discarded or forgotten', async (store) => {
    await store.propose(broadcast('one'), AT);
    await store.propose(broadcast('two', { keptUntil: AT + 5 }), AT + 1);
    await store.propose(broadcast('b', { person: 'cli:bob' }), AT + 2);
    await store.propose(invitation('AAAA'), AT);
    const ids = async (filter: { kind: string; person?: string }, now = AT + 3) => (await store.proposals(filter, now)).map(({ id }) => id);
    assert.deepEqual(await ids({ kind: 'broadcast' }), ['b', 'two', 'one']);
    assert.deepEqual(await ids({ kind: 'broadcast', person: 'slack:person:U1' }), ['two', 'one']);
    assert.deepEqual(await ids({ kind: 'broadcast' }, AT + 5), ['b', 'one']);
    assert.equal(await store.discard('one', 'cli:bob', AT), false);
    assert.equal(await store.discard('one', 'slack:person:U1', AT), true);
    assert.equal(await store.discard('one', 'slack:person:U1', AT), false);
    assert.equal((await store.take(word('m', '4711', { person: 'cli:bob' }), AT)).is, 'taken');
    assert.equal(await store.discard('b', 'cli:bob', AT), false, 'what is taken stays');
    assert.deepEqual(await ids({ kind: 'broadcast' }), ['two']);
  });

  add('a word is taken once: said again by the same message it is the same word, by another it is too late', async (store) => {
    await store.propose(broadcast('b'), AT);
    assert.deepEqual(await store.take(word('m', '4711', { person: 'slack:person:U2' }), AT), { is: 'gone', why: 'unknown' });
    assert.deepEqual(await store.take(word('m', '4711', { kind: 'invite' }), AT), { is: 'gone', why: 'unknown' });
    assert.equal((await store.take(word('m'), AT)).is, 'taken');
    assert.deepEqual(await store.take(word('m'), AT + DAY), { is: 'taken', value: { text: 'b' }, again: true });
    assert.deepEqual(await store.take(word('n'), AT), { is: 'gone', why: 'taken' });
  });

  add('a word that is wrong, late or not to be said at all takes nothing', async (store) => {
    await store.propose(broadcast('b', { tries: 2 }), AT);
    assert.deepEqual(await store.take(word('1', 'x'), AT), { is: 'wrong', triesLeft: 1 });
    assert.deepEqual(await store.take(word('2', 'x'), AT), { is: 'wrong', triesLeft: 0 });
    assert.deepEqual(await store.take(word('3'), AT), { is: 'gone', why: 'no-tries' });
    await store.propose(broadcast('b', { madeBy: 'new' }), AT);
    assert.deepEqual(await store.take(word('4'), AT + 10 * MINUTE), { is: 'gone', why: 'expired' });
    await store.propose(broadcast('b', { madeBy: 'newer', proof: null }), AT);
    assert.equal((await store.take(word('5', 'null'), AT)).is, 'wrong');
  });

  const post: NewPost = { id: 'p', kind: 'broadcast', by: 'slack:person:U1' };
  const targets: Target[] = ['slack:room:C1', 'slack:room:C2'].map((address) => ({
    ...{ channel: address, address, wire: { text: 'x' }, at: AT, until: AT + DAY },
  }));

  add('what is confirmed is posted in the same commit, once, however many say it', async (store) => {
    await store.propose(broadcast('b'), AT);
    await store.take(word('0', 'wrong'), AT, { post, targets });
    assert.equal((await store.deliveries({ limit: 10 })).length, 0);
    const words = await Promise.all(Array.from({ length: 20 }, (_, i) => store.take(word(`m${i % 10}`), AT, { post, targets })));
    assert.equal(words.filter((each) => each.is === 'taken' && !each.again).length, 1);
    assert.equal((await store.deliveries({ limit: 10 })).length, 2);
  });

  add('of an edit and a confirmation at once, one wins: what was confirmed is what was seen', async (store) => {
    for (let round = 0; round < 20; round += 1) {
      const id = `race${round}`;
      await store.propose(broadcast(id), AT);
      const [edited, taken] = await Promise.all([
        store.propose(broadcast(id, { madeBy: 'edit', value: { text: 'edited' }, proof: '1234' }), AT),
        store.take(word('m', '4711', { id }), AT),
      ]);
      if (taken.is === 'taken') assert.deepEqual([taken.value, edited.value], [{ text: id }, { text: id }]);
      else assert.deepEqual(edited.value, { text: 'edited' });
      const [deleted, late] = await Promise.all([
        store.discard(id, 'slack:person:U1', AT),
        store.take(word('n', taken.is === 'taken' ? '4711' : '1234', { id }), AT),
      ]);
      assert.ok(!(deleted && late.is === 'taken'));
    }
  });

  add('what is over is forgotten: proposals, sessions, and what happened more than a year ago', async (store) => {
    await store.propose(broadcast('old', { keptUntil: AT - 1 }), AT - DAY);
    await store.propose(broadcast('b', { keptUntil: AT + 1 }), AT);
    await store.openSession({ hash: 'old', person: 'p' }, AT - 2 * DAY);
    await store.openSession({ hash: 'new', person: 'p' }, AT - 1);
    await store.writeAudit({ who: 'cli:a', did: 'old', about: {} }, AT - 401 * DAY);
    await store.writeAudit({ who: 'cli:a', did: 'new', about: {} }, AT - 399 * DAY);
    await store.forget({ inbox: 0, deliveries: 0, memory: 0, now: AT });
    assert.deepEqual(
      (await store.proposals({ kind: 'broadcast' }, 0)).map(({ id }) => id),
      ['b'],
    );
    const limits = { idleMs: 100 * DAY, longestMs: 100 * DAY };
    assert.deepEqual([await store.session('old', limits, AT), await store.session('new', limits, AT)], [undefined, 'p']);
    assert.deepEqual(
      (await store.readAudit(10)).map(({ did }) => did),
      ['new'],
    );
  });

  return cases;
}
