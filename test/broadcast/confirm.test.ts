// From the wish to the word: what is confirmed is what was seen, once, by who saw it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change, Confirmed } from '../../src/broadcast/types.js';
import { channel, DAY, draftOf, HOUR, maker, meetup, openScene, refusalOf, rooms, type Scene, sent, wish } from './scene.js';

const MINUTE = 60_000;
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const propose = async (more = {}, by = maker()) => draftOf(await scene.broadcasts.propose(wish(more), by));
const rows = async () => (await scene.store.deliveries({ limit: 20_000 })).map(({ channel: name, state }) => `${name} ${state}`);
const audit = async () => (await scene.store.readAudit(50)).reverse();

test('a number within ten minutes: one row for each target, with the text as it was seen', async () => {
  const draft = await propose();
  expect(draft.id).toMatch(/^[a-z]\d[a-z]\d[a-z]$/);
  expect(draft.number).toMatch(/^\d{4}$/);
  expect(draft.needsCount).toBe(false);
  expect(draft.plan.renderings.map(({ text }) => text)).toEqual(['Hello all', 'Hello all']);
  expect(await rows()).toEqual([]);
  const confirmed = await scene.broadcasts.confirm({ number: draft.number }, maker());
  expect(confirmed).toMatchObject({ is: 'confirmed', again: false, broadcast: { id: draft.id, total: 2, by: 'slack:person:olga' } });
  expect(await rows()).toEqual(['成都群 pending', 'general pending']);
  const post = (confirmed as Confirmed & { is: 'confirmed' }).broadcast.post;
  const [first] = await scene.store.deliveries({ post, limit: 1 });
  expect(first).toMatchObject({ address: 'slack:room:成都群', wire: { text: 'Hello all' }, createdAt: scene.now });
});

test('the id is the message’s: a redelivery makes no second draft, changes nothing, and confirms nothing twice', async () => {
  const asked = maker();
  const draft = await propose({}, asked);
  expect(await propose({}, asked)).toEqual(draft);
  // Also once it was edited: what it said first does not come back.
  const edited = draftOf(await scene.broadcasts.edit(draft.id, { say: { text: 'Better' } }, maker()));
  const said = await propose({}, asked);
  expect([said.number, said.plan.renderings[0]?.text]).toEqual([edited.number, 'Better']);
  expect(await scene.broadcasts.drafts('slack:person:olga')).toHaveLength(1);
  const word = maker();
  expect(await scene.broadcasts.confirm({ number: edited.number }, word)).toMatchObject({ is: 'confirmed', again: false });
  expect(await scene.broadcasts.confirm({ number: edited.number }, word)).toMatchObject({ is: 'confirmed', again: true });
  expect(await scene.broadcasts.confirm({ id: draft.id, number: edited.number }, word)).toMatchObject({ is: 'confirmed', again: true });
  expect(await scene.broadcasts.propose(wish(), asked)).toMatchObject({ is: 'taken', broadcast: { id: draft.id } });
  expect(await scene.store.posts({ kinds: ['broadcast'], limit: 10 })).toHaveLength(1);
});

test('a wrong number sends nothing; after five the right one sends nothing either', async () => {
  const { number, id } = await propose();
  const wrong = number === '1111' ? '1112' : '1111';
  for (const left of [4, 3, 2, 1])
    expect(await scene.broadcasts.confirm({ number: wrong }, maker())).toEqual({ is: 'wrong', triesLeft: left });
  expect(await scene.broadcasts.confirm({ number: wrong }, maker())).toEqual({ is: 'gone', why: 'no-tries', id });
  expect(await scene.broadcasts.confirm({ number }, maker())).toEqual({ is: 'gone', why: 'no-tries', id });
  expect(await rows()).toEqual([]);
  // Shown again it has a new number, and the old one is a wrong one.
  const again = draftOf(await scene.broadcasts.again(id, maker()));
  expect(again.number).not.toBe(number);
  expect(await scene.broadcasts.confirm({ id, number }, maker())).toMatchObject({ is: 'wrong' });
  expect(await scene.broadcasts.confirm({ id, number: again.number }, maker())).toMatchObject({ is: 'confirmed' });
});

test('after ten minutes the number is nobody’s; the draft can be shown again for a week', async () => {
  const { number, id } = await propose();
  scene.now += 10 * MINUTE;
  expect(await scene.broadcasts.confirm({ number }, maker())).toEqual({ is: 'gone', why: 'expired', id });
  expect(await rows()).toEqual([]);
  scene.now += 6 * DAY;
  const again = draftOf(await scene.broadcasts.again(id, maker()));
  expect(await scene.broadcasts.confirm({ number: again.number }, maker())).toMatchObject({ is: 'confirmed' });
  const other = await propose();
  scene.now += 7 * DAY;
  expect(await scene.broadcasts.again(other.id, maker())).toEqual({ is: 'gone', why: 'unknown' });
});

test('only who made it confirms, edits, sees and discards it', async () => {
  const { number, id, plan } = await propose();
  const eve = () => maker('slack:person:eve');
  expect(await scene.broadcasts.confirm({ number }, eve())).toEqual({ is: 'not-yours', by: 'slack:person:olga' });
  expect(await scene.broadcasts.confirm({ id, number }, eve())).toEqual({ is: 'not-yours', by: 'slack:person:olga' });
  expect(await scene.broadcasts.confirm({ id, hash: plan.hash }, eve())).toEqual({ is: 'not-yours', by: 'slack:person:olga' });
  expect(await scene.broadcasts.edit(id, { say: { text: 'Buy this' } }, eve())).toEqual({ is: 'gone', why: 'unknown' });
  expect(await scene.broadcasts.again(id, eve())).toEqual({ is: 'gone', why: 'unknown' });
  expect(await scene.broadcasts.discard(id, eve())).toBe(false);
  expect(await scene.broadcasts.drafts('slack:person:eve')).toEqual([]);
  expect(await rows()).toEqual([]);
  // The same person on another platform is the same person.
  expect(await scene.broadcasts.confirm({ number }, maker('slack:person:olga', { account: 'web:person:x' }))).toMatchObject({
    is: 'confirmed',
    broadcast: { by: 'slack:person:olga' },
  });
});

test('a button carries the hash, or the beginning of it; an old button confirms nothing', async () => {
  const draft = await propose();
  const edited = draftOf(await scene.broadcasts.edit(draft.id, { say: { text: 'Better' } }, maker()));
  const old = await scene.broadcasts.confirm({ id: draft.id, hash: draft.plan.hash.slice(0, 12) }, maker());
  expect(old).toMatchObject({ is: 'changed', draft: { id: draft.id } });
  expect(await scene.broadcasts.confirm({ id: draft.id, hash: '' }, maker())).toMatchObject({ is: 'changed' });
  expect(await scene.broadcasts.confirm({ id: draft.id, hash: edited.plan.hash.slice(0, 11) }, maker())).toMatchObject({ is: 'changed' });
  expect(await rows()).toEqual([]);
  expect(await scene.broadcasts.confirm({ id: draft.id, hash: edited.plan.hash.slice(0, 12) }, maker())).toMatchObject({ is: 'confirmed' });
});

test.each<[string, (scene: Scene) => void]>([
  ['a channel was added', (on) => on.channels(...on.community.channels, channel('new'))],
  ['a channel was taken away', (on) => on.channels(...on.community.channels.slice(1))],
  [
    'a channel has another address',
    (on) => on.channels(...on.community.channels.slice(1), channel('成都群', [], { address: 'slack:room:x' })),
  ],
  ['a channel has another language', (on) => on.channels(...on.community.channels.map((each) => ({ ...each, language: 'en' as const })))],
  ['a platform was switched off', (on) => on.channels(channel('成都群', [], { address: 'irc:room:1' }), channel('general'))],
])('%s between the preview and the word: nothing goes out, and it is shown anew', async (_, change) => {
  const { number, id } = draftOf(await scene.broadcasts.propose(wish({ say: { text: 'Hi\n[zh]\n你好\n[en]\nHello' } }), maker()));
  change(scene);
  const answer = await scene.broadcasts.confirm({ number }, maker());
  expect(answer).toMatchObject({ is: 'changed', draft: { id } });
  expect(await rows()).toEqual([]);
  const { draft } = answer as Confirmed & { is: 'changed' };
  expect(draft.number).not.toBe(number);
  expect(await scene.broadcasts.confirm({ number: draft.number }, maker())).toMatchObject({ is: 'confirmed' });
  expect(await rows()).toHaveLength(draft.plan.targets.length);
});

test('a page that is edited between the preview and the word voids it; one that is edited afterwards changes nothing', async () => {
  const announce = { say: { event: '20270602' } };
  const { number } = await propose(announce);
  scene.pages(meetup({ location: '成都高新区' }));
  const answer = (await scene.broadcasts.confirm({ number }, maker())) as Confirmed & { is: 'changed' };
  expect(answer.is).toBe('changed');
  await scene.broadcasts.confirm({ number: answer.draft.number }, maker());
  scene.pages(meetup({ location: '别处' }));
  const texts = (await scene.store.deliveries({ limit: 9 })).map(({ wire }) => (wire as { text: string }).text);
  expect(texts.every((text) => text.includes('成都高新区'))).toBe(true);
});

test('a page that was cancelled meanwhile is refused in words', async () => {
  const { number } = await propose({ say: { event: 'meetup' } });
  scene.pages(meetup({ status: 'cancelled' }));
  expect(await scene.broadcasts.confirm({ number }, maker())).toMatchObject({ is: 'refused', why: { is: 'event-cancelled' } });
  expect(await rows()).toEqual([]);
});

test('above a hundred targets their number has to be said too', async () => {
  scene.channels(...rooms(100));
  expect((await propose()).needsCount).toBe(false);
  scene.channels(...rooms(101));
  const { number, id, plan } = await propose();
  expect(await scene.broadcasts.confirm({ number }, maker())).toEqual({ is: 'count-needed', draft: { id, number, count: 101 } });
  expect(await scene.broadcasts.confirm({ id, hash: plan.hash }, maker())).toMatchObject({ is: 'count-needed' });
  expect(await scene.broadcasts.confirm({ number, count: 100 }, maker())).toEqual({ is: 'wrong', triesLeft: 4 });
  expect(await rows()).toEqual([]);
  expect(await scene.broadcasts.confirm({ number, count: 101 }, maker())).toMatchObject({ is: 'confirmed', broadcast: { total: 101 } });
  expect(await rows()).toHaveLength(101);
});

test.each([1, 10_000])('%i channels', async (count) => {
  scene.channels(...rooms(count));
  const broadcast = await sent(scene, wish());
  expect(broadcast.total).toBe(count);
  expect(await scene.store.progress(broadcast.post)).toEqual({ pending: count });
});

test('edits: text, channels, time; an edit that cannot be leaves the draft as it was', async () => {
  const draft = await propose();
  const edit = async (change: Change) => draftOf(await scene.broadcasts.edit(draft.id, change, maker()));
  const later = await edit({ at: scene.now + DAY, except: ['announce'] });
  expect(later.plan).toMatchObject({ at: scene.now + DAY, targets: [{ channel: '成都群' }] });
  expect((await edit({ at: null })).plan.at).toBeUndefined();
  const [before] = await scene.broadcasts.drafts('slack:person:olga');
  expect(refusalOf(await scene.broadcasts.edit(draft.id, { to: ['nowhere'] }, maker()))).toMatchObject({ is: 'unknown-target' });
  expect(await scene.broadcasts.drafts('slack:person:olga')).toEqual([before]);
  expect(await scene.broadcasts.discard(draft.id.toUpperCase(), maker())).toBe(true);
  expect(await scene.broadcasts.drafts('slack:person:olga')).toEqual([]);
  expect(await scene.broadcasts.edit(draft.id, { to: ['all'] }, maker())).toEqual({ is: 'gone', why: 'unknown' });
  expect(await scene.broadcasts.confirm({ number: draft.number }, maker())).toEqual({ is: 'gone', why: 'unknown' });
});

test('a time: in the future, a year at most; confirmed too late it is refused', async () => {
  for (const at of [scene.now - 1, 0, Number.NaN])
    expect(refusalOf(await scene.broadcasts.propose(wish({ at }), maker()))).toEqual({ is: 'past' });
  expect(refusalOf(await scene.broadcasts.propose(wish({ at: scene.now + 367 * DAY }), maker()))).toEqual({ is: 'far' });
  const { number } = await propose({ at: scene.now + 5 * MINUTE });
  scene.now += 6 * MINUTE;
  expect(await scene.broadcasts.confirm({ number }, maker())).toEqual({ is: 'refused', why: { is: 'past' } });
  const broadcast = await sent(scene, wish({ at: scene.now + DAY }));
  const [row] = await scene.store.deliveries({ post: broadcast.post, limit: 1 });
  expect(row).toMatchObject({ notBefore: scene.now + DAY, expiresAt: scene.now + 2 * DAY });
  expect((await scene.broadcasts.running())[0]).toMatchObject({ state: 'waiting', open: 2 });
});

test('mentioning everyone is a permission of its own, and no text can do it', async () => {
  expect(refusalOf(await scene.broadcasts.propose(wish({ everyone: true }), maker()))).toEqual({ is: 'everyone' });
  const plain = await propose({ say: { text: '@everyone @channel <!channel> @所有人' } });
  expect(plain.plan.everyone).toBe(false);
  await scene.broadcasts.confirm({ number: plain.number }, maker());
  const [row] = await scene.store.deliveries({ limit: 1 });
  expect(row?.wire).not.toHaveProperty('mention');
  scene.community = { ...scene.community, everyone: ['slack:person:olga', 'cli:alice'] };
  const { number, plan } = await propose({ everyone: true });
  expect(plan.everyone).toBe(true);
  // The permission counts when it is confirmed.
  scene.community = { ...scene.community, everyone: [] };
  expect(await scene.broadcasts.confirm({ number }, maker())).toEqual({ is: 'refused', why: { is: 'everyone' } });
  scene.community = { ...scene.community, everyone: ['slack:person:olga'] };
  await scene.broadcasts.confirm({ number }, maker());
  expect(
    (await scene.store.deliveries({ limit: 9 })).filter(({ wire }) => (wire as { mention?: string }).mention === 'everyone'),
  ).toHaveLength(2);
  for (const person of ['slack:person:olga2', 'slack:person:OLGA', 'slack:person'])
    expect(refusalOf(await scene.broadcasts.propose(wish({ everyone: true }), maker(person)))).toEqual({ is: 'everyone' });
});

test('a number is never an event’s code, nor a year, nor another draft’s', async () => {
  const codes = Array.from({ length: 9_000 }, (_, i) => String(i + 1_000)).filter((code) => !/^4[0-4]/.test(code));
  scene.pages(meetup({ codes }));
  const numbers = new Set<string>();
  for (let i = 0; i < 20; i += 1) numbers.add((await propose()).number);
  expect(numbers.size).toBe(20);
  for (const number of numbers) expect(number).toMatch(/^4[0-4]/);
});

test('every step is in the audit log, without the text', async () => {
  const { id } = await propose({ say: { text: 'secret-extraction-code' } });
  const edited = draftOf(await scene.broadcasts.edit(id, { say: { text: 'secret-other' } }, maker()));
  await scene.broadcasts.confirm({ number: '0000' }, maker());
  const { broadcast } = (await scene.broadcasts.confirm({ number: edited.number }, maker())) as Confirmed & { is: 'confirmed' };
  await scene.broadcasts.stop(id, maker());
  await scene.broadcasts.resume(id, maker());
  await scene.broadcasts.retry(id, maker());
  const other = await propose();
  await scene.broadcasts.discard(other.id, maker());
  const entries = await audit();
  expect(entries.map(({ did }) => did)).toEqual([
    'proposed',
    'edited',
    'confirmed',
    'stopped',
    'resumed',
    'retried',
    'proposed',
    'discarded',
  ]);
  expect(entries[2]).toMatchObject({ who: 'slack:person:olga', about: { broadcast: id, post: broadcast.post, targets: 2 } });
  expect(JSON.stringify(entries)).not.toContain('secret');
});

test('an hour later nothing of it is left to confirm', async () => {
  const broadcast = await sent(scene, wish());
  scene.now += HOUR;
  expect(await scene.broadcasts.again(broadcast.id, maker())).toMatchObject({ is: 'taken', broadcast: { id: broadcast.id } });
  expect(await scene.broadcasts.confirm({ id: broadcast.id }, maker('slack:person:eve'))).toMatchObject({ is: 'taken' });
});
