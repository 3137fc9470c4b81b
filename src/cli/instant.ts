import { instantOf } from '../content/time-zone.js';
import { UsageError } from './output.js';

const WRITTEN = /^(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?\s?(Z|[+-]\d\d:?[0-5]\d)?)?$/;

/**
 * An instant as written on the command line; a day is its first minute.
 * @param zone the community's: without an offset it is meant, for this machine's differs from one to the next
 * @throws UsageError
 */
export function instant(written: string, zone: string, option: string): number {
  const [, day, clock = '00:00', second = '00', offset] = WRITTEN.exec(written.trim()) ?? [];
  if (day === undefined)
    throw new UsageError(`${option}: '${written}' is no instant. Write it as 2026-03-01, 2026-03-01T12:00 or 2026-03-01T12:00+08:00.`);
  const asUtc = Date.parse(`${day}T00:00Z`);
  // A Date rolls 31 February over into March: only what comes back unchanged was a real day.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(day)) throw new UsageError(`${option}: there is no day ${day}.`);
  if (day < '1970' || day >= '2970') throw new UsageError(`${option}: '${day}' is not between 1970 and 2969.`);
  if (offset === undefined) return instantOf(`${day}T${clock}`, zone) + Number(second) * 1_000;
  return Date.parse(`${day}T${clock}:${second}${offset.replace(/(\d\d):?(\d\d)$/, '$1:$2')}`);
}
