// Which zones there are, and wall time in them; asked once a name, for `Intl` is slow to set up.
const zones = new Map<string, Intl.DateTimeFormat | null>();

/** IANA names with a region, and UTC. Abbreviations such as CST mean different zones in different places and are none. */
export function isZone(name: string): boolean {
  return (/^[A-Z][A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2}$/.test(name) || name === 'UTC') && clockOf(name) !== null;
}

/** Wall time of an instant in a zone, `YYYY-MM-DDTHH:mm`. @throws RangeError when there is no such zone */
export function wallTime(instantMs: number, zone: string): string {
  const clock = clockOf(zone);
  if (!clock) throw new RangeError(`There is no zone ${zone}.`);
  // `06/02/2027, 14:00`: reading the text is several times faster than asking for its parts.
  const [month, day, year, hour, minute] = clock.format(instantMs).split(/\D+/);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** Instant in milliseconds of a wall time, `YYYY-MM-DDTHH:mm` or a day (its first minute): the first of an overlap, in a gap the first after it. */
export function instantOf(wall: string, zone: string): number {
  const asUtc = Date.parse(`${wall.length === 10 ? `${wall}T00:00` : wall}:00Z`);
  const offsetAt = (instant: number) => Date.parse(`${wallTime(instant, zone)}:00Z`) - Math.floor(instant / 60_000) * 60_000;
  const before = offsetAt(asUtc - 24 * 3600_000);
  const after = offsetAt(asUtc + 24 * 3600_000);
  for (const offset of [before, after]) if (offsetAt(asUtc - offset) === offset) return asUtc - offset;
  // No clock showed it: the two offsets enclose the instant at which the clock was put forward.
  let [inside, past] = [asUtc - after, asUtc - before];
  while (past - inside > 60_000) {
    const middle = Math.floor((inside + past) / 120_000) * 60_000;
    if (offsetAt(middle) === before) inside = middle;
    else past = middle;
  }
  return past;
}

function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  let clock: Intl.DateTimeFormat | null = null;
  try {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  } catch {
    // The name is not known: that is the answer.
  }
  zones.set(zone, clock);
  return clock;
}
