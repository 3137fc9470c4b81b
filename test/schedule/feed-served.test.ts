// The calendar over http, as programs ask for it that have it already.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Community, CommunityEvent } from '../../src/content/catalog.js';
import type { FeedEntry } from '../../src/schedule/ics/feed.js';
import { createSite } from '../../src/server/site.js';
import { catalog } from '../answer/scene.js';
import { silentLog } from '../fakes/platform.js';
import { at, meetup, openScene, settings } from './scene.js';

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(parts: { community?: () => Community; entries: () => readonly FeedEntry[] | undefined }) {
  const site = await createSite({
    ...{ log: silentLog, routes: [], catalog: () => catalog([]), community: () => settings(), now: () => 0 },
    ...{ publicUrl: undefined, trustProxy: [] },
    ...parts,
  });
  server = createServer((request, response) => site.answer(request, response)).listen(0, '127.0.0.1');
  await new Promise((listening) => server?.once('listening', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/calendar.ics`;
  return (query = '', headers: Record<string, string> = {}) => fetch(`${url}${query}`, { headers });
}

const entry = (event: CommunityEvent): FeedEntry => ({ event, id: event.id, sequence: 0, changedAt: at('2027-05-01T00:00:00Z') });

test('before the events were met there is no calendar; a renamed page keeps its id after a restart', async () => {
  const scene = await openScene({ now: '2027-05-20T00:00:00Z' });
  try {
    const get = await serve({ entries: () => scene.schedule.entries });
    const early = await get();
    expect([early.status, early.headers.get('retry-after'), await early.text()]).toEqual([503, '2', expect.stringContaining('not ready')]);
    await scene.tickAt('2027-05-20T00:00:00Z');
    expect(await (await get()).text()).toMatch(/UID:meetup\r\nDTSTAMP:20270520T000000Z/);
    scene.pages([meetup({ id: 'renamed' })]);
    await scene.restart();
    expect((await get()).status).toBe(503);
    await scene.tickAt('2027-05-21T00:00:00Z');
    expect(await (await get()).text()).toMatch(/UID:meetup\r\n/);
  } finally {
    await scene.close();
  }
});

test('the sample shows its events, which are of now and not of 1970', async () => {
  const scene = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ sample: true }) });
  await scene.schedule.tick(at('2027-05-20T00:00:00Z'));
  expect(scene.schedule.entries).toMatchObject([{ id: 'meetup', changedAt: at('2027-05-20T00:00:00Z') }]);
  await scene.close();
});

test('who has this version already is told so, however they ask', async () => {
  const get = await serve({ entries: () => [entry(meetup())] });
  const etag = (await get()).headers.get('etag') ?? '';
  const status = async (known: string) => (await get('', { 'If-None-Match': known })).status;
  for (const known of [etag, `W/${etag}`, `"another", ${etag}`, `W/"another",W/${etag}`, '*']) expect(await status(known)).toBe(304);
  for (const known of ['"another"', etag.replaceAll('"', ''), '', '""']) expect(await status(known)).toBe(200);
});

test('a long tag is not cut within a sign', async () => {
  const get = await serve({ entries: () => [entry(meetup())] });
  expect(await (await get(`?tag=${encodeURIComponent(`${'a'.repeat(99)}😀`)}`)).text()).not.toContain('\ufffd');
});

test('a community that is called otherwise is so in its calendar', async () => {
  let name = 'Before';
  const entries = [entry(meetup())];
  const communities = new Map(['Before', 'After'].map((each) => [each, settings({ name: each })]));
  const get = await serve({ entries: () => entries, community: () => communities.get(name) as Community });
  expect(await (await get()).text()).toContain('NAME:Before');
  name = 'After';
  expect(await (await get()).text()).toContain('NAME:After');
});
