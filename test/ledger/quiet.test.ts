import { expect, test } from 'vitest';
import { outsideQuietHours } from '../../src/ledger/quiet.js';

const HOUR = 3600_000;
const at = (instant: string) => Date.parse(instant);
const shifted = (due: string, lateHours: number, hours = '22:00-08:00', zone = 'Asia/Shanghai') =>
  new Date(outsideQuietHours(at(due), at(due) + lateHours * HOUR, { hours, zone })).toISOString();

test.each([
  ['outside them a post goes when it is due', '2026-03-01T12:00:00+08:00', 24, '2026-03-01T04:00:00.000Z'],
  ['in them it goes at their end', '2026-03-01T23:30:00+08:00', 24, '2026-03-02T00:00:00.000Z'],
  ['also after midnight', '2026-03-02T03:00:00+08:00', 24, '2026-03-02T00:00:00.000Z'],
  ['at their first instant they hold', '2026-03-01T22:00:00+08:00', 24, '2026-03-02T00:00:00.000Z'],
  ['at their last they are over', '2026-03-02T08:00:00+08:00', 24, '2026-03-02T00:00:00.000Z'],
  ['what would be too late by then goes just before they begin', '2026-03-02T07:00:00+08:00', 0.5, '2026-03-01T13:59:00.000Z'],
])('%s', (_name, due, late, expected) => {
  expect(shifted(due, late)).toBe(expected);
});

test('quiet hours within a day, and over a change of the clock', () => {
  expect(shifted('2026-03-01T13:00:00Z', 9, '12:00-14:00', 'UTC')).toBe('2026-03-01T14:00:00.000Z');
  // New York puts its clocks forward on 8 March 2026: that night is an hour shorter.
  expect(shifted('2026-03-08T01:00:00-05:00', 24, '22:00-07:00', 'America/New_York')).toBe('2026-03-08T11:00:00.000Z');
  expect(outsideQuietHours(5, 10, undefined)).toBe(5);
});
