// Posts are forwarded to people who do not know the community's clock: each hour stands with its zone.
import { afterEach, expect, test } from 'vitest';
import { meetup, openScene, type Scene, settings } from './scene.js';

let scene: Scene;
afterEach(() => scene.close());

const ZONE = '(Asia/Shanghai, UTC+8)';

test.each([
  ['a reminder', { reminders: [{ before: '1d', to: ['announce'] }] }],
  ['own words', { reminders: [{ before: '1d', to: ['announce'], text: '{title} {when}' }] }],
  ['a digest', { reminders: [], digests: [{ cron: '0 14 * * 2', to: ['announce'] }] }],
])('%s of a meeting in the zone of the community', async (_, changes) => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', events: [meetup({ online: false })], community: settings(changes) });
  await scene.tickAt('2027-05-20T00:00:00Z');
  await scene.tickAt('2027-06-01T06:00:00Z');
  expect(scene.platform.texts()).toEqual(expect.arrayContaining([expect.stringContaining(`14:00–17:00 ${ZONE}`)]));
});

test('a change, before and now', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', events: [meetup()], community: settings({ changesAfter: '1m' }) });
  await scene.tickAt('2027-06-01T06:00:00Z');
  scene.pages([meetup({ start: '2027-06-02T15:00' })]);
  await scene.tickAt('2027-06-01T06:01:00Z');
  await scene.tickAt('2027-06-01T06:02:01Z');
  const said = scene.platform.texts().at(-1) ?? '';
  expect(said).toContain(`14:00–17:00 ${ZONE}`);
  expect(said).toContain(`15:00–17:00 ${ZONE}`);
});

test('a day without an hour has no zone', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', events: [meetup({ start: '2027-06-02', end: null })], community: settings() });
  await scene.tickAt('2027-06-01T01:00:00Z');
  expect(scene.platform.texts()).toEqual([expect.not.stringContaining('Shanghai')]);
});
