import { expect, test } from 'vitest';
import type { ChatPost } from './chat-server.mjs';
import { checkInvariants, type Evidence, type Row } from './oracle.js';

const row = (n: number, changes: Partial<Row> = {}): Row => ({
  id: `d${n}`,
  post: 'post-1',
  channel: `channel-${n}`,
  address: `chat:room:${n}`,
  state: 'sent',
  reason: null,
  platformId: `p${n}`,
  attempts: 1,
  at: 1_000 + n,
  ...changes,
});
const post = (n: number, changes: Partial<ChatPost> = {}): ChatPost => ({
  id: `p${n}`,
  target: `room:${n}`,
  text: 'x',
  key: `d${n}`,
  at: 2_000 + n,
  arrivedAt: 2_000 + n,
  arrival: n,
  ...changes,
});
/** Two deliveries that went as they should, but for what a case changes. */
const good = (changes: Partial<Evidence> = {}): Evidence => ({
  posts: [post(1), post(2)],
  violations: [],
  rows: [row(1), row(2)],
  expected: [
    { post: 'post-1', channel: 'channel-1' },
    { post: 'post-1', channel: 'channel-2' },
  ],
  ambiguous: 0,
  ...changes,
});

test('nothing to say when all is well, refusals, doubts within the bound and replies included', () => {
  expect(checkInvariants(good())).toEqual([]);
  expect(checkInvariants(good({ posts: [post(1)], rows: [row(1), row(2, { state: 'refused', platformId: null })] }))).toEqual([]);
  expect(checkInvariants(good({ rows: [row(1), row(2, { state: 'unknown', platformId: null })], ambiguous: 1 }))).toEqual([]);
  expect(checkInvariants(good({ posts: [post(1)], rows: [row(1), row(2, { state: 'unknown' })], killedInFlight: 1 }))).toEqual([]);
  const reply = row(3, { post: null, channel: null });
  expect(checkInvariants(good({ posts: [post(1), post(2), post(3)], rows: [row(1), row(2), reply] }))).toEqual([]);
  const instants = { confirmed: new Map([['post-1', 2_001]]), stopped: new Map([['post-1', 2]]) };
  expect(checkInvariants(good(instants))).toEqual([]);
});

const sameRoom = { address: 'chat:room:1' };
const cases: [string, Partial<Evidence>, RegExp[]][] = [
  [
    'I1 a key twice',
    { posts: [post(1), post(2), post(3, { target: 'room:1', key: 'd1' })] },
    [/^I1: d1 was accepted 2 times, as p1, p3\.$/],
  ],
  [
    'I1 two rows for one channel, both accepted',
    { posts: [post(1), post(2), post(3)], rows: [row(1), row(2), row(3, { channel: 'channel-1' })] },
    [/^I1: \(post-1, channel-1\) was accepted for d1 and d3, as p1, p3\.$/, /^Rows: \(post-1, channel-1\) has 2: d1, d3\.$/],
  ],
  ['I1 no key', { posts: [post(1), post(2), post(3, { key: undefined })] }, [/^I1: p3 came without a key/]],
  ['I1 a row twice', { rows: [row(1), row(2), row(2)] }, [/^I1: 2 rows are called d2/, /^Rows: .* has 2: d2, d2/]],
  ['I2', { posts: [post(1)], rows: [row(1), row(2, { state: 'sending' })] }, [/^I2: d2 is sending/]],
  ['I3 never accepted', { posts: [post(1)] }, [/^I3: d2 is recorded as sent, and the platform never accepted it\.$/]],
  ['I3 another id', { rows: [row(1), row(2, { platformId: 'p9' })] }, [/^I3: d2 is recorded as p9, and the platform accepted it as p2\.$/]],
  ['I3 another room', { posts: [post(1), post(2, { target: 'room:7' })] }, [/^I3: d2 is for chat:room:2, and p2 went to room:7\.$/]],
  [
    'I4 refused',
    { rows: [row(1), row(2, { state: 'refused', reason: 'too late' })] },
    [/^I4: d2 was accepted as p2, and is .*refused \(too late\)/],
  ],
  ['I4 pending', { rows: [row(1), row(2, { state: 'pending' })] }, [/^I2: d2 is pending/, /^I4: d2 was accepted as p2/]],
  ['I4 no row', { posts: [post(1), post(2), post(3)] }, [/^I4: p3 was accepted for d3, which has no row\.$/]],
  ['I5', { rows: [row(1), row(2, { state: 'unknown' })] }, [/^I5: 1 rows are unknown and 0 may be: d2\.$/]],
  [
    'I6',
    { posts: [post(1), post(2, { target: 'room:1', arrival: 0 })], rows: [row(1), row(2, sameRoom)] },
    [/^I6: d1 came to room:1 after d2, and was made before it\.$/],
  ],
  [
    'I6 by seq, as members saw it',
    { posts: [post(1), post(2, { target: 'room:1' })], rows: [row(1, { seq: 2 }), row(2, { ...sameRoom, seq: 1 })], orderBy: 'acceptance' },
    [/^I6: d2 came to room:1 after d1/],
  ],
  [
    'I6 as the platform saw it',
    { violations: [{ kind: 'order', target: 'room:1', key: 'd1', at: 5, why: 'number 1 came to room:1 after 2' }] },
    [/^I6: d1 at 5: number 1 came to room:1 after 2\.$/],
  ],
  [
    'I7',
    { violations: [{ kind: 'rate', target: 'room:1', key: 'd1', at: 5, why: 'came over the limit of 1 in 1000 ms for room:1' }] },
    [/^I7: d1 to room:1 at 5 came over the limit of 1 in 1000 ms for room:1\.$/],
  ],
  ['I8 too early', { confirmed: new Map([['post-1', 2_002]]) }, [/^I8: d1 \(p1\) came 1 ms before post-1 was confirmed\.$/]],
  ['I8 too late', { stopped: new Map([['post-1', 1]]) }, [/^I8: d2 \(p2\) came 2001 ms after post-1 was stopped\.$/]],
  ['no row', { posts: [post(1)], rows: [row(1)] }, [/^Rows: \(post-1, channel-2\) was expected and has none\.$/]],
  ['a row too many', { expected: [{ post: 'post-1', channel: 'channel-1' }] }, [/^Rows: d2 is for \(post-1, channel-2\), which nobody/]],
];
test.each(cases)('it finds: %s', (_name, changes, sentences) => {
  const found = checkInvariants(good(changes));
  expect(found.length, found.join('\n')).toBe(sentences.length);
  for (const [i, sentence] of sentences.entries()) expect(found[i]).toMatch(sentence);
});
