// Channels that are renamed, or not there yet.
import { afterEach, expect, test } from 'vitest';
import { announce, chengdu, closeScenes, meetup, openScene, settings } from './scene.js';

afterEach(closeScenes);

test('a digest whose channel is not there yet does not keep the next one back', async () => {
  const digests = [
    { cron: '0 9 * * 1', to: ['announce'] },
    { cron: '0 10 * * 1', to: ['成都'] },
  ];
  const channels = [{ ...announce, address: 'fake:#events' }, chengdu];
  const it = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ channels, reminders: [], digests }) });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-05-24T01:00:00Z');
  await it.tickAt('2027-05-24T02:00:00Z');
  await it.tickAt('2027-05-24T02:01:00Z');
  expect(it.platform.arrived.map(({ to }) => to)).toEqual(['fake:room:2']);
});

// A room is known by its address.
test('a channel that gets another name gets nothing again', async () => {
  const it = await openScene({
    now: '2027-05-20T00:00:00Z',
    community: settings({ reminders: [], digests: [{ cron: '0 9 * * 1', to: ['announce'] }] }),
  });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-05-24T01:00:00Z');
  it.settings({ channels: [{ ...announce, name: 'Announcements' }] });
  await it.tickAt('2027-05-24T08:00:00Z');
  expect(it.platform.texts()).toHaveLength(1);
});

test('a channel that got another name hears of a change once', async () => {
  const reminders = [
    { before: '2d', to: ['announce'] },
    { before: '1d', to: ['announce'] },
  ];
  const it = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ reminders }) });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-05-31T06:00:00Z');
  it.settings({ channels: [{ ...announce, name: 'Announcements' }] });
  await it.tickAt('2027-06-01T06:00:00Z');
  it.pages([meetup({ start: '2027-06-02T19:00', end: null })]);
  await it.tickAt('2027-06-01T07:00:00Z');
  await it.tickAt('2027-06-01T07:11:00Z');
  expect(it.platform.texts().filter((text) => text.startsWith('This has changed'))).toHaveLength(1);
});

// The other channel's post went out meanwhile: that does not settle this one.
test('what waited for its channel until it was too late is recorded as missed, also over a restart', async () => {
  const channels = [announce, { ...chengdu, tags: ['announce'], address: 'elsewhere:room:1' }];
  const it = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ channels }) });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-06-01T06:00:00Z');
  await it.restart();
  await it.tickAt('2027-06-01T07:00:01Z');
  expect(await it.rows()).toContain('meetup:before-1d:2027-06-02 chengdu missed');
});
