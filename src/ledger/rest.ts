import type { Capabilities, Limit } from '../adapter.js';
import { wallTime } from '../content/time-zone.js';
import type { SettledLimit } from '../store/port.js';

/** What rests now, as the platform's capabilities say: everything, or what the bot says by itself. Hours may span midnight. */
export function restOf({ stopped, hours }: Pick<Capabilities, 'stopped' | 'hours'>, now: number): 'all' | 'posts' | undefined {
  if (stopped !== undefined) return 'all';
  if (!hours) return undefined;
  const time = wallTime(now, hours.zone).slice(11);
  const { from, to } = hours;
  const isOpen = from < to ? from <= time && time < to : from <= time || time < to;
  return isOpen ? undefined : 'posts';
}

/** Any instant of a span is as likely as another: a steady beat is what gives a bot away. */
export function between([min, max]: readonly [number, number]): number {
  return Math.round(min + Math.random() * (max - min));
}

export function settled(limit: Limit): SettledLimit {
  const { per } = limit;
  return { ...limit, per: Array.isArray(per) ? between(per) : per };
}
