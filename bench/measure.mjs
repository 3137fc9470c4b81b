// Paired measurements: A and B take turns, so that a machine that slows down slows both; ratios are taken pair by pair.

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Runs both in turn after a warm-up; returns milliseconds of each and the ratios b/a.
 * What a run returns is called afterwards, outside the measured time.
 */
export async function paired(rounds, a, b) {
  await timed(a);
  await timed(b);
  const times = { a: [], b: [], ratio: [] };
  for (let round = 0; round < rounds; round += 1) {
    const first = await timed(a);
    const second = await timed(b);
    times.a.push(first);
    times.b.push(second);
    times.ratio.push(second / first);
  }
  return times;
}

async function timed(work) {
  const before = performance.now();
  const after = await work();
  const took = performance.now() - before;
  await after?.();
  return took;
}

/** `1.02 (0.97–1.08)`: median, then the least and the greatest. */
function spread(values, digits = 2) {
  const show = (value) => value.toFixed(digits);
  return `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}

const results = [];

/** Prints a figure beside its bound. */
export function report(name, values, bound, unit = '×', digits = 2) {
  const held = bound === undefined ? '' : median(values) <= bound ? 'held' : 'NOT HELD';
  results.push({ name, held });
  console.log(
    `${name.padEnd(72)} ${`${spread(values, digits)} ${unit}`.padEnd(28)} ${bound === undefined ? '' : `bound ${bound} ${unit}: ${held}`}`,
  );
}

/** True when every bound held. */
export const allHeld = () => results.every(({ held }) => held !== 'NOT HELD');
