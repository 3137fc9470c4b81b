// Due instants against an implementation that shares nothing with ours: Python's zoneinfo.
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { dueOf } from '../../src/schedule/due.js';
import { event } from '../answer/scene.js';
import { DAY } from './scene.js';

const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Apia',
  'Asia/Tehran',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Kwajalein',
  'Asia/Beirut',
];
const RULES = ['before: 7d', 'before: 1d', 'before: 2w', 'before: 90m', 'at: start', 'after: 1d'];
/** 400 days from each: clocks put forward at midnight, by half an hour, zones that give it up, and the days that Samoa and Kwajalein left out. */
const BEGINS: Record<string, string> = {
  'Pacific/Apia': '2011-01-01',
  'Pacific/Kwajalein': '1993-02-01',
  'America/Sao_Paulo': '2018-02-01',
  'Asia/Tehran': '2022-01-01',
};
const HOURS = ['00:00', '00:30', '01:45', '02:30', '09:00', '23:59'];

const PYTHON = `
import json, sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
utc = timezone.utc
def instant(wall, zone):
    # fold=0: the first of two; a wall time that no clock shows lies between two offsets: the first instant after is the transition
    z = ZoneInfo(zone)
    at = wall.replace(tzinfo=z, fold=0).astimezone(utc)
    if at.astimezone(z).replace(tzinfo=None) == wall:
        return at
    lo = int((at - timedelta(days=2)).timestamp()) // 60
    hi = int((at + timedelta(days=2)).timestamp()) // 60
    # the first minute at which the wall clock is past what was asked for
    def past(m): return datetime.fromtimestamp(m * 60, z).replace(tzinfo=None) >= wall
    while hi - lo > 1:
        mid = (lo + hi) // 2
        if past(mid): hi = mid
        else: lo = mid
    return datetime.fromtimestamp(hi * 60, utc)
out = []
for zone, start, end, rule in json.load(sys.stdin):
    s, e = datetime.fromisoformat(start), datetime.fromisoformat(end)
    key, span = rule.split(': ')
    base, sign = (e, 1) if key == 'after' else (s, -1)
    if key == 'at': at = instant(s, zone)
    elif span[-1] in 'dw': at = instant(base + sign * timedelta(days=int(span[:-1]) * (7 if span[-1] == 'w' else 1)), zone)
    else: at = instant(base, zone) + sign * timedelta(minutes=int(span[:-1]) * (60 if span[-1] == 'h' else 1))
    out.append(int(at.timestamp()))
json.dump(out, sys.stdout)
`;

const python = spawnSync('python3', ['-c', 'import zoneinfo; zoneinfo.ZoneInfo("Pacific/Apia")']);
if (python.status !== 0) test.skip('there is no python3 with zoneinfo: due instants are not compared', () => undefined);

test.runIf(python.status === 0)('400 days × 12 zones × 6 rules are due when Python says', () => {
  const cases = ZONES.flatMap((zone) =>
    Array.from({ length: 400 }, (_, at) => {
      const begin = Date.parse(BEGINS[zone] ?? '2026-01-01') + at * DAY;
      const start = `${new Date(begin).toISOString().slice(0, 10)}T${HOURS[at % HOURS.length]}`;
      const end = new Date(Date.parse(`${start}Z`) + 3 * 3600_000).toISOString().slice(0, 16);
      return RULES.map((rule) => [zone, start, end, rule] as const);
    }).flat(),
  );
  const run = spawnSync('python3', ['-c', PYTHON], { input: JSON.stringify(cases), maxBuffer: 64 << 20, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  const expected = JSON.parse(run.stdout) as number[];
  const other = cases.flatMap(([timezone, start, end, rule], index) => {
    const [key = '', value = ''] = rule.split(': ');
    const due = dueOf(event({ title: 'x', start, end, timezone }), { [key]: value }, '09:00');
    const told = expected[index] as number;
    return due?.at === told * 1000
      ? []
      : [`${timezone} ${start} ${rule}: ${new Date(due?.at ?? 0).toISOString()}, not ${new Date(told * 1000).toISOString()}`];
  });
  expect(cases).toHaveLength(400 * 12 * 6);
  expect(other).toEqual([]);
});

const due = (start: string, rule: Parameters<typeof dueOf>[1], end: string | null = null, timezone = 'Asia/Shanghai') => {
  const found = dueOf(event({ title: 'x', start, end, timezone }), rule, '09:00');
  return found && [new Date(found.at).toISOString(), new Date(found.until).toISOString()];
};

describe('by hand', () => {
  test.each([
    ['a day without an hour is reminded of in the morning', '2027-06-02', { before: '1d' }, null, '2027-06-01T01:00', '2027-06-01T02:00'],
    ['and begins in the morning', '2027-06-02', { at: 'start' }, null, '2027-06-02T01:00', '2027-06-02T02:00'],
    ['its recap comes the morning after', '2027-06-02', { after: '1d' }, '2027-06-03', '2027-06-04T01:00', '2027-06-05T01:00'],
    ['also where hours are counted', '2027-06-02', { after: '2h' }, null, '2027-06-03T01:00', '2027-06-04T01:00'],
    [
      'of several days the last one ends it',
      '2027-06-02T09:00',
      { after: '1d' },
      '2027-06-04T18:00',
      '2027-06-05T10:00',
      '2027-06-06T10:00',
    ],
    ['without an end the start counts', '2027-06-02T09:00', { after: '2h' }, null, '2027-06-02T03:00', '2027-06-03T03:00'],
    [
      'a reminder is never sent past the start',
      '2027-06-02T09:00',
      { before: '30m', late: '2h' },
      null,
      '2027-06-02T00:30',
      '2027-06-02T01:00',
    ],
    ['the start may be told a while after', '2027-06-02T09:00', { at: 'start', late: '10m' }, null, '2027-06-02T01:00', '2027-06-02T01:10'],
    ['weeks are days', '2027-06-02T09:00', { before: '2 w' }, null, '2027-05-19T01:00', '2027-05-19T02:00'],
  ])('%s', (_name, start, rule, end, at, until) => {
    expect(due(start, rule, end)).toEqual([`${at}:00.000Z`, `${until}:00.000Z`]);
  });

  test('an hour before a day that has no hour is no instant', () => {
    expect(due('2027-06-02', { before: '1h' })).toBeUndefined();
    expect(due('2027-06-02T10:00', { on: 'published' })).toBeUndefined();
    expect(dueOf(event({ title: 'x', start: null }), { before: '1d' }, '09:00')).toBeUndefined();
  });
});
