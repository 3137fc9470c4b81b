import { expect, test } from 'vitest';
import { instantOf } from '../../src/content/time-zone.js';

test.each([
  ['an ordinary hour', '2026-05-15T14:00', 'Asia/Shanghai', '2026-05-15T06:00Z'],
  ['a day is its first minute', '2026-05-15', 'Asia/Shanghai', '2026-05-14T16:00Z'],
  ['a gap: the first instant after it', '2026-03-08T02:30', 'America/New_York', '2026-03-08T07:00Z'],
  ['the last minute before a gap', '2026-03-08T01:59', 'America/New_York', '2026-03-08T06:59Z'],
  ['the first minute after a gap', '2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00Z'],
  ['an overlap: the first of the two', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30Z'],
  ['after an overlap', '2026-11-01T02:30', 'America/New_York', '2026-11-01T07:30Z'],
  ['a gap of half an hour', '2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['a gap at midnight', '2026-04-24T00:30', 'Africa/Cairo', '2026-04-23T22:00Z'],
  ['a day that was left out', '2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T10:00Z'],
])('%s', (_name, wall, zone, instant) => {
  expect(new Date(instantOf(wall, zone)).toISOString()).toBe(new Date(instant).toISOString());
});
