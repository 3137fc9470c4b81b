import { afterEach, describe, expect, test } from 'vitest';
import { announce, at, chengdu, DAY, meetup, openScene, type Scene, settings } from './scene.js';

let scene: Scene | undefined;
const open = async (options: Parameters<typeof openScene>[0]) => {
  scene = await openScene(options);
  return scene;
};
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

test('a page is announced, reminded of, and recapped when there is something to see', async () => {
  const { tickAt, platform, pages, notices } = await open({ now: '2027-05-20T00:00:00Z' });
  await tickAt('2027-05-20T00:00:00Z');
  expect(platform.texts()).toEqual([]);
  await tickAt('2027-06-01T05:59:59Z');
  expect(platform.texts()).toEqual([]);
  await tickAt('2027-06-01T06:00:00Z');
  expect(platform.texts()).toEqual([expect.stringMatching(/^Tomorrow:\n\nMeetup\n.*2027-06-02/)]);
  await tickAt('2027-06-02T05:00:00Z');
  expect(platform.texts()[1]).toMatch(/^Starts in 1 hour:\n\nMeetup/);
  // No slides yet: organizers are asked, and the recap waits.
  await tickAt('2027-06-03T09:00:01Z');
  expect(platform.texts()).toHaveLength(2);
  expect(notices).toEqual([expect.stringMatching(/"Meetup" is over.*20270602: https/)]);
  pages([meetup({ videos: ['https://example.org/v'] })]);
  await tickAt('2027-06-03T20:00:00Z');
  expect(platform.texts()[2]).toMatch(/^Looking back:\nSend 20270602 to get the slides\.\n\nMeetup[\s\S]*https:\/\/example\.org\/v/);
  await tickAt('2027-06-05T00:00:00Z');
  expect(platform.texts()).toHaveLength(3);
});

test('a second tick, a restart and a clock that goes back make nothing twice', async () => {
  const { tickAt, platform, restart } = await open({ now: '2027-05-20T00:00:00Z' });
  await tickAt('2027-05-20T00:00:00Z');
  for (const instant of ['2027-06-01T06:00:05Z', '2027-06-01T06:00:05Z', '2027-06-01T05:00:05Z', '2027-06-01T06:10:00Z']) {
    await tickAt(instant);
    await restart();
  }
  expect(platform.texts()).toHaveLength(1);
});

describe('late', () => {
  test('within the limit it goes out with words that fit', async () => {
    const { tickAt, platform, restart } = await open({ now: '2027-05-20T00:00:00Z' });
    await tickAt('2027-05-20T00:00:00Z');
    await restart();
    await tickAt('2027-06-02T05:35:00Z');
    expect(platform.texts()).toEqual([expect.stringMatching(/^Starts in 25 minutes:/)]);
  });

  test('later it is missed: recorded, and told to organizers in one sentence, once', async () => {
    const { tickAt, platform, restart, rows, notices } = await open({ now: '2027-05-20T00:00:00Z' });
    await tickAt('2027-05-20T00:00:00Z');
    await restart();
    await tickAt('2027-06-02T07:00:00Z');
    expect(platform.texts()).toEqual([]);
    expect(await rows()).toEqual(['meetup:before-1d:2027-06-02 announce missed', 'meetup:before-1h:2027-06-02 announce missed']);
    expect(notices).toEqual([expect.stringMatching(/^2 posts missed.*before: 1d.*before: 1h/)]);
    await restart();
    await tickAt('2027-06-02T07:00:05Z');
    expect(notices).toHaveLength(1);
  });

  test('at the first start an old one is neither sent nor missed; one within its limit is sent', async () => {
    const { tickAt, platform, rows } = await open({ now: '2027-06-02T05:10:00Z' });
    await tickAt('2027-06-02T05:10:00Z');
    expect(platform.texts()).toEqual([expect.stringMatching(/^Starts in 50 minutes/)]);
    expect(await rows()).toHaveLength(1);
  });

  test('227 old pages at the first start: nothing', async () => {
    const old = Array.from({ length: 227 }, (_, at) =>
      meetup({ id: `old-${at}`, title: `Old ${at}`, start: `20${10 + (at % 16)}-0${1 + (at % 9)}-05T14:00`, end: null }),
    );
    const { tickAt, platform, rows, notices } = await open({
      now: '2027-01-01T00:00:00Z',
      events: old,
      community: settings({
        reminders: [
          { on: 'published', to: ['announce'] },
          { before: '7d', to: ['announce'] },
          { after: '1d', to: ['announce'] },
        ],
      }),
    });
    await tickAt('2027-01-01T00:00:00Z');
    await tickAt('2027-01-01T00:00:01Z');
    expect([platform.texts(), await rows(), notices]).toEqual([[], [], []]);
  });
});

describe('on: published', () => {
  const rules = settings({ reminders: [{ on: 'published', to: ['announce'] }] });

  test('what is new is announced once; what was there, renamed, translated or moved is not', async () => {
    const { tickAt, platform, pages, restart } = await open({ now: '2027-05-01T00:00:00Z', community: rules });
    await tickAt('2027-05-01T00:00:00Z');
    expect(platform.texts()).toEqual([]);
    const fresh = meetup({ id: 'fresh', title: 'Fresh', start: '2027-07-01T10:00', codes: ['fresh'], pages: ['events/fresh.md'] });
    pages([meetup(), fresh]);
    await tickAt('2027-05-01T00:01:00Z');
    expect(platform.texts()).toEqual([expect.stringMatching(/^New event:\n\nFresh/)]);
    const renamed = { ...fresh, id: 'fresh-2', pages: ['events/fresh-2.md'] };
    for (const events of [
      [meetup({ pages: ['events/recap.md', 'events/meetup.md'], id: 'recap' }), renamed],
      [meetup({ titles: { en: 'Meetup', zh: '聚会' } }), { ...renamed, start: '2027-07-08T10:00' }],
    ]) {
      pages(events);
      await tickAt('2027-05-01T00:02:00Z');
    }
    await restart();
    await tickAt('2027-05-01T00:03:00Z');
    expect(platform.texts()).toHaveLength(1);
  });

  test('a start that is a guess is announced when it has become sure', async () => {
    const { tickAt, platform, pages, notices } = await open({ now: '2027-05-01T00:00:00Z', community: rules, events: [] });
    await tickAt('2027-05-01T00:00:00Z');
    pages([meetup({ startBasis: 'guess' })]);
    await tickAt('2027-05-01T00:01:00Z');
    expect(platform.texts()).toEqual([]);
    expect(notices).toEqual([expect.stringMatching(/rests on one place.*confirm 20270602/)]);
    pages([meetup()]);
    await tickAt('2027-05-03T00:01:00Z');
    expect(platform.texts()).toHaveLength(1);
  });
});

describe('the page changes', () => {
  test('another day arms the reminders anew; within the day what is unsent moves', async () => {
    const { tickAt, platform, pages } = await open({ now: '2027-05-20T00:00:00Z', community: settings({ changesAfter: '10m' }) });
    await tickAt('2027-05-20T00:00:00Z');
    await tickAt('2027-06-01T06:00:00Z');
    pages([meetup({ start: '2027-06-09T15:00', end: null, status: 'moved' })]);
    await tickAt('2027-06-01T06:01:00Z');
    await tickAt('2027-06-01T06:12:00Z');
    expect(platform.texts()).toHaveLength(2);
    expect(platform.texts()[1]).toMatch(/^This has changed[\s\S]*Before, it was: 2027-06-02[\s\S]*2027-06-09/);
    await tickAt('2027-06-08T07:00:00Z');
    expect(platform.texts()[2]).toMatch(/^Tomorrow:/);
    pages([meetup({ start: '2027-06-09T18:00', end: null, status: 'moved' })]);
    await tickAt('2027-06-09T06:00:00Z');
    expect(platform.texts()).toHaveLength(3);
    await tickAt('2027-06-09T06:10:00Z');
    expect(platform.texts()[3]).toMatch(/^This has changed/);
    await tickAt('2027-06-09T09:00:00Z');
    expect(platform.texts()[4]).toMatch(/^Starts in 1 hour/);
    expect(platform.texts()).toHaveLength(5);
  });

  test('cancelled: no more reminders, one notice, only where it was told', async () => {
    const { tickAt, platform, pages, restart } = await open({
      now: '2027-05-20T00:00:00Z',
      community: settings({
        channels: [announce, chengdu],
        reminders: [
          { before: '1d', to: ['announce'] },
          { before: '1h', to: ['announce', '成都'] },
        ],
      }),
    });
    await tickAt('2027-05-20T00:00:00Z');
    await tickAt('2027-06-01T06:00:00Z');
    pages([meetup({ status: 'cancelled' })]);
    await tickAt('2027-06-01T07:00:00Z');
    await restart();
    await tickAt('2027-06-01T07:05:00Z');
    await tickAt('2027-06-01T07:16:00Z');
    await restart();
    await tickAt('2027-06-02T05:00:00Z');
    expect(platform.arrived.map(({ to }) => to)).toEqual(['fake:room:1', 'fake:room:1']);
    expect(platform.texts()[1]).toMatch(/^Meetup is cancelled/);
  });

  test('what only became more exact is no news; a page that is being worked on waits', async () => {
    const { tickAt, platform, pages } = await open({ now: '2027-05-20T00:00:00Z', events: [meetup({ location: '成都市', end: null })] });
    await tickAt('2027-06-01T06:00:00Z');
    pages([meetup({ location: '成都市高新区天府五街', end: '2027-06-02T17:30' })]);
    await tickAt('2027-06-01T06:01:00Z');
    await tickAt('2027-06-01T07:00:00Z');
    expect(platform.texts()).toHaveLength(1);
    for (const [minute, title] of [
      [1, 'a'],
      [8, 'b'],
      [16, 'c'],
    ] as const) {
      pages([meetup({ location: '深圳市', title })]);
      await tickAt(at('2027-06-01T08:00:00Z') + minute * 60_000);
    }
    expect(platform.texts()).toHaveLength(1);
    await tickAt('2027-06-01T08:26:30Z');
    expect(platform.texts()[1]).toMatch(/at: 成都市/);
  });

  test('an organizer stops a notice, or sends it at once', async () => {
    const { tickAt, platform, pages, schedule, notices, rows } = await open({ now: '2027-05-20T00:00:00Z' });
    await tickAt('2027-06-01T06:00:00Z');
    pages([meetup({ start: '2027-06-02T15:00' })]);
    await tickAt('2027-06-01T06:01:00Z');
    expect(notices).toEqual([expect.stringMatching(/"Meetup" has changed: .*14:00.*→.*15:00.*In 10 minutes the channel that was told/)]);
    expect(await schedule.decide('meetup', 'stop')).toBe(true);
    await tickAt('2027-06-01T06:20:00Z');
    expect(platform.texts()).toHaveLength(1);
    expect((await rows()).at(-1)).toMatch(/cancelled$/);
    pages([meetup({ start: '2027-06-02T16:00' })]);
    await tickAt('2027-06-01T06:21:00Z');
    expect(await schedule.decide('meetup', 'send')).toBe(true);
    await tickAt('2027-06-01T06:22:00Z');
    expect(platform.texts()).toHaveLength(2);
    expect(await schedule.decide('meetup', 'send')).toBe(false);
  });

  test('a page that is gone holds its posts, organizers hear it, and it goes on when it is back', async () => {
    const { tickAt, platform, pages, notices } = await open({ now: '2027-05-20T00:00:00Z' });
    await tickAt('2027-05-20T00:00:00Z');
    pages([]);
    await tickAt('2027-05-31T00:00:00Z');
    await tickAt('2027-05-31T00:02:00Z');
    await tickAt('2027-06-01T06:00:00Z');
    expect(platform.texts()).toEqual([]);
    expect(notices).toEqual([expect.stringMatching(/The page of "Meetup", events\/meetup\.md, is gone/)]);
    pages([meetup()]);
    await tickAt('2027-06-01T06:20:00Z');
    expect(platform.texts()).toHaveLength(1);
  });
});

test('quiet hours: at their end, or before them where that would be too late; exact goes at once', async () => {
  const community = settings({
    channels: [{ ...announce, quiet: '22:00-08:00' }],
    reminders: [
      { before: '6h', to: ['announce'], late: '2h' },
      { before: '7h', to: ['announce'], late: '30m' },
      { before: '8h', to: ['announce'], exact: true },
    ],
  });
  // 06:00Z is 14:00 in Shanghai: six hours before is 08:00, seven 07:00, eight 06:00.
  const { tickAt, platform } = await open({ now: '2027-05-20T00:00:00Z', community, events: [meetup({ start: '2027-06-02T13:30' })] });
  await tickAt('2027-05-20T00:00:00Z');
  await tickAt('2027-06-01T13:59:00Z');
  expect(platform.texts()).toHaveLength(1);
  await tickAt('2027-06-01T21:30:00Z');
  expect(platform.texts()).toHaveLength(2);
  await tickAt('2027-06-01T23:59:00Z');
  expect(platform.texts()).toHaveLength(2);
  await tickAt('2027-06-02T00:00:00Z');
  expect(platform.texts()).toHaveLength(3);
});

test('digests: what comes, in a zone; none when nothing comes', async () => {
  const community = settings({ reminders: [], digests: [{ cron: '30 2 * * 0', to: ['announce'], zone: 'America/New_York' }] });
  const { tickAt, platform, pages, restart, notices } = await open({ now: '2027-03-10T00:00:00Z', community });
  await tickAt('2027-03-10T00:00:00Z');
  // 02:30 does not exist on 14 March 2027 in New York: it is 03:00 there, 07:00Z.
  await tickAt('2027-03-14T06:59:59Z');
  expect(platform.texts()).toEqual([]);
  await tickAt('2027-03-14T07:00:00Z');
  expect(platform.texts()).toEqual([expect.stringMatching(/^Coming up:\n• Meetup/)]);
  await restart();
  await tickAt('2027-04-06T07:00:00Z');
  expect(platform.texts()).toHaveLength(1);
  expect(notices).toEqual([expect.stringMatching(/^3 posts missed|^\d posts missed/)]);
  pages([]);
  await tickAt('2027-04-11T06:30:00Z');
  expect(platform.texts()).toHaveLength(1);
});

test('a channel whose name is no address yet, and one whose platform is not there', async () => {
  const community = settings({
    channels: [
      { ...announce, address: 'fake:#events' },
      { ...chengdu, tags: ['announce'], address: 'elsewhere:room:1' },
    ],
  });
  const { tickAt, platform, settings: change, rows } = await open({ now: '2027-05-20T00:00:00Z', community });
  await tickAt('2027-06-01T06:00:00Z');
  expect(platform.texts()).toEqual([]);
  change({ channels: [announce, { ...chengdu, tags: ['announce'], address: 'elsewhere:room:1' }] });
  await tickAt('2027-06-01T06:10:00Z');
  expect(platform.texts()).toHaveLength(1);
  // The clock has jumped: what is too late by it is recorded a moment later.
  await tickAt('2027-06-01T07:00:01Z');
  await tickAt('2027-06-01T07:00:06Z');
  expect(await rows()).toContain('meetup:before-1d:2027-06-02 chengdu missed');
});

test('sample content posts nothing', async () => {
  const { tickAt, platform, rows } = await open({ now: '2027-05-20T00:00:00Z', community: settings({ sample: true }) });
  await tickAt('2027-05-20T00:00:00Z');
  await tickAt('2027-06-01T06:00:00Z');
  expect([platform.texts(), await rows()]).toEqual([[], []]);
});

test.each([1, -1])('the clock jumps by a day (%d) and back: nothing twice, nothing lost', async (direction) => {
  const { tickAt, platform } = await open({ now: '2027-05-20T00:00:00Z' });
  await tickAt('2027-05-31T06:30:00Z');
  await tickAt(at('2027-05-31T06:30:00Z') + direction * DAY);
  await tickAt('2027-05-31T06:30:01Z');
  await tickAt('2027-06-01T06:00:00Z');
  await tickAt('2027-06-02T05:00:00Z');
  expect(platform.texts()).toHaveLength(2);
});

test('a notice of a change waits for the end of quiet hours, where there are some; one that was refused is not tried again', async () => {
  const { tickAt, platform, pages, restart } = await open({
    now: '2027-05-20T00:00:00Z',
    community: settings({
      channels: [
        { ...announce, quiet: '22:00-08:00' },
        { ...chengdu, tags: ['announce'] },
      ],
      reminders: [{ before: '2d', to: ['announce'] }],
    }),
  });
  await tickAt('2027-05-31T06:00:00Z');
  expect(platform.texts()).toHaveLength(2);
  pages([meetup({ location: '深圳市' })]);
  await tickAt('2027-05-31T14:30:00Z');
  pages([meetup({ location: '深圳市', start: '2027-06-02T19:00', end: null })]);
  await tickAt('2027-05-31T14:31:00Z');
  platform.moods.push('refuse');
  await tickAt('2027-05-31T14:42:00Z');
  expect(platform.texts()).toHaveLength(2);
  await restart();
  await tickAt('2027-05-31T14:43:00Z');
  await tickAt('2027-05-31T23:59:00Z');
  expect(platform.texts()).toHaveLength(2);
  await tickAt('2027-06-01T00:00:00Z');
  expect(platform.arrived.slice(2).map(({ to }) => to)).toEqual(['fake:room:1']);
  expect(platform.texts()[2]).toMatch(/2027-06-02 \(Wed\) 14:00[\s\S]*19:00/);
});
