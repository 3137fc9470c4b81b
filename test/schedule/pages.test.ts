// Pages that are used again, renamed, translated, deleted, or behind: which event they are of, and what waits for a platform.
import { afterEach, expect, test } from 'vitest';
import { withDefaults } from '../../src/config/community-defaults.js';
import { buildCatalog } from '../../src/content/build-catalog.js';
import type { CommunityEvent } from '../../src/content/catalog.js';
import { NOTHING } from '../../src/content/refused.js';
import { NO_SLIDES } from '../../src/content/slides.js';
import type { Page } from '../../src/content/types.js';
import { closeScenes, meetup, openScene, saidAfter, settings, TOLD, told } from './scene.js';

afterEach(closeScenes);
const MINUTE = 60_000;

// Whoever was there in June has heard of that event all there is to hear.
test('a page that is used again for the next event tells nobody that the last one has moved', async () => {
  const it = await told();
  it.pages([meetup({ title: 'Meetup in July', start: '2027-07-07T14:00', end: '2027-07-07T17:00', codes: ['20270707'] })]);
  await it.tickAt('2027-06-10T00:00:00Z');
  await it.tickAt('2027-06-10T00:11:00Z');
  expect(it.platform.texts().slice(1)).toEqual([]);
});

// The new page stands where the old one stood, and has its id and what was told about it no more.
test('a page that is renamed while a new one takes its name stays the same event', async () => {
  const it = await told(meetup({ id: 'next', pages: ['events/next.md'] }), {
    reminders: [
      { on: 'published', to: ['announce'] },
      { before: '1d', to: ['announce'] },
    ],
  });
  const renamed = meetup({ id: '2027-06', pages: ['events/2027-06.md'] });
  const fresh = meetup({ id: 'next', title: 'July', start: '2027-07-07T14:00', end: null, codes: ['20270707'], pages: ['events/next.md'] });
  const texts = await saidAfter(it, [renamed, fresh]);
  expect(texts).toEqual([expect.stringMatching(/^New event:\n\nJuly/)]);
});

// The page with the list of talks leads, so its words for the place hold.
test('a translation with a list of talks is no change of place', async () => {
  const page = (file: string, over: Partial<Page>): Page => ({
    ...NOTHING(),
    ...{
      file,
      kind: 'event',
      language: 'zh',
      problems: [],
      startBasis: 'key',
      start: '2027-06-02T14:00',
      end: '2027-06-02T17:00',
      codes: ['20270602'],
    },
    ...over,
  });
  const own = page('events/meetup.md', { language: 'zh', title: '聚会', location: '成都市高新区' });
  const talks = [{ title: 'One', speakers: [], video: null, slides: null }];
  const translated = page('events/meetup.en.md', { language: 'en', title: 'Meetup', location: 'High-tech Zone, Chengdu', talks });
  const events = (pages: Page[]) => [...buildCatalog(pages, withDefaults({ language: 'zh' }, 'zh'), NO_SLIDES, TOLD).events];
  expect(events([own, translated])).toHaveLength(1);
  const it = await told(events([own])[0]);
  expect(await saidAfter(it, events([own, translated]))).toEqual([]);
});

// It is in the ledger and waits for its platform.
test('a page that is deleted also holds what already waits for a platform that is away', async () => {
  const scene = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ reminders: [{ before: '1d', to: ['announce'] }] }) });
  await scene.tickAt('2027-05-20T00:00:00Z');
  const post = 'meetup:before-1d:2027-06-02';
  const facts = { title: 'Meetup', start: '2027-06-02T14:00', end: null, timezone: 'Asia/Shanghai', location: null, status: 'scheduled' };
  const target = {
    channel: 'announce',
    address: 'fake:room:1',
    wire: 'Tomorrow: Meetup',
    at: TOLD + 15 * MINUTE,
    until: TOLD + 60 * MINUTE,
  };
  await scene.store.post({ id: post, kind: 'reminder', by: 'before: 1d', about: 'meetup', facts }, [target], TOLD);
  scene.pages([]);
  await scene.tickAt(TOLD + MINUTE);
  await scene.tickAt(TOLD + 16 * MINUTE);
  expect(scene.platform.texts()).toEqual([]);
});

// Nothing else tells the channel: it was never told, so that no notice concerns it.
test('an event that is cancelled by mistake for a minute keeps the reminder that waits for its platform', async () => {
  const scene = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ reminders: [{ before: '1d', to: ['announce'] }] }) });
  await scene.tickAt('2027-05-20T00:00:00Z');
  scene.platform.moods.push({ retryAfterMs: 5 * MINUTE });
  await scene.schedule.tick(TOLD);
  scene.pages([meetup({ status: 'cancelled' })]);
  await scene.tickAt(TOLD + MINUTE);
  scene.pages([meetup()]);
  await scene.tickAt(TOLD + 2 * MINUTE);
  // The platform says "in five minutes" when it is asked, which may be only now.
  await scene.tickAt(TOLD + 8 * MINUTE);
  expect(scene.platform.texts()).toHaveLength(1);
});

// It reads what was told before: it looks as if the change was taken back, though nobody has written 14:00 again.
test('a replica whose pages are an hour behind tells nobody that a change was taken back', async () => {
  const it = await told(meetup({ end: null }));
  const behind = await openScene({
    now: '2027-06-01T06:00:30Z',
    events: [meetup({ end: null })],
    community: it.community,
    store: it.store,
  });
  try {
    expect(await saidAfter(it, [meetup({ start: '2027-06-02T16:00', end: null })])).toHaveLength(1);
    await behind.tickAt(TOLD + 20 * MINUTE);
    await behind.tickAt(TOLD + 31 * MINUTE);
    expect(behind.platform.texts()).toEqual([]);
  } finally {
    await behind.close();
  }
});

test('organizers hear of a page that is gone a second time', async () => {
  const scene = await openScene({ now: '2027-05-01T00:00:00Z' });
  await scene.tickAt('2027-05-01T00:00:00Z');
  for (const day of ['02', '20']) {
    scene.pages([]);
    await scene.tickAt(`2027-05-${day}T00:00:00Z`);
    await scene.tickAt(`2027-05-${day}T00:02:00Z`);
    scene.pages([meetup()]);
    await scene.tickAt(`2027-05-${day}T01:00:00Z`);
  }
  expect(scene.notices).toHaveLength(2);
});

test('a page that is used again for the next event is announced and reminded of as that event', async () => {
  const it = await told(meetup(), {
    reminders: [
      { on: 'published', to: ['announce'] },
      { before: '1d', to: ['announce'] },
    ],
  });
  const next = meetup({ title: 'Meetup in July', start: '2027-07-07T14:00', end: '2027-07-07T17:00', codes: ['20270707'] });
  it.pages([next]);
  await it.tickAt('2027-06-10T00:00:00Z');
  await it.restart();
  await it.tickAt('2027-06-10T01:00:00Z');
  await it.tickAt('2027-07-06T06:00:00Z');
  expect(it.platform.texts().slice(1)).toEqual([
    expect.stringMatching(/^New event:\n\nMeetup in July/),
    expect.stringMatching(/^Tomorrow:\n\nMeetup in July/),
  ]);
});

test('two pages that swap their names, and one that is moved to another day and renamed later, stay the events they were', async () => {
  const one = meetup({ id: 'a', pages: ['events/a.md'] });
  const two = meetup({ id: 'b', title: 'Other', start: '2027-06-20T14:00', end: null, codes: ['20270620'], pages: ['events/b.md'] });
  const scene = await openScene({ now: '2027-05-20T00:00:00Z', events: [one, two] });
  await scene.tickAt('2027-05-20T00:00:00Z');
  const swapped = [
    { ...one, id: 'b', pages: two.pages },
    { ...two, id: 'a', pages: one.pages },
  ];
  scene.pages(swapped);
  await scene.tickAt('2027-05-20T01:00:00Z');
  expect(swapped.map((each) => scene?.schedule.idOf(each))).toEqual(['a', 'b']);
  const moved = { ...one, id: 'b', pages: two.pages, start: '2027-06-03T14:00', end: null };
  scene.pages([moved, swapped[1] as CommunityEvent]);
  await scene.tickAt('2027-05-20T02:00:00Z');
  expect(scene.schedule.idOf(moved)).toBe('a');
  const renamed = { ...moved, id: 'c', pages: ['events/c.md'] };
  scene.pages([renamed, swapped[1] as CommunityEvent]);
  await scene.tickAt('2027-05-20T03:00:00Z');
  expect(scene.schedule.idOf(renamed)).toBe('a');
});

test('what waits goes on when its page is back, unless it is too late by then', async () => {
  const scene = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ reminders: [{ before: '1d', to: ['announce'] }] }) });
  await scene.tickAt('2027-05-20T00:00:00Z');
  scene.platform.moods.push({ retryAfterMs: 20 * MINUTE });
  await scene.tickAt(TOLD);
  for (const [minute, events] of [
    [1, []],
    [2, [meetup()]],
    [3, [meetup({ startBasis: 'guess' })]],
    [4, [meetup()]],
  ] as const) {
    scene.pages([...events]);
    await scene.tickAt(TOLD + minute * MINUTE);
    const waits = events.some(({ startBasis }) => startBasis === 'key');
    expect([minute, await scene.rows()]).toEqual([minute, [`meetup:before-1d:2027-06-02 announce ${waits ? 'pending' : 'cancelled'}`]]);
  }
  await scene.tickAt(TOLD + 21 * MINUTE);
  expect(scene.platform.texts()).toHaveLength(1);
});

test('a change that is taken back on the page is told when that is still; one that nobody saw being taken back, hours later', async () => {
  const it = await told(meetup({ end: null }));
  const moved = meetup({ start: '2027-06-02T16:00', end: null });
  expect(await saidAfter(it, [moved], [meetup({ end: null })], [moved])).toHaveLength(3);
  await it.restart();
  it.catalog = { ...it.catalog, events: [meetup({ end: null })] };
  await it.tickAt(TOLD + 60 * MINUTE);
  await it.tickAt(TOLD + 90 * MINUTE);
  expect(it.platform.texts()).toHaveLength(4);
  expect(it.notices.at(-1)).toMatch(/In 120 minutes/);
  await it.tickAt(TOLD + 181 * MINUTE);
  expect(it.platform.texts()).toHaveLength(5);
});
