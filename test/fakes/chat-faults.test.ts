import { expect, test } from 'vitest';
import { BAD_DAY, draw, faultOf } from './chat-faults.mjs';

test('the mix is drawn by seed, key and attempt: the same in each run, and as often as asked for', async () => {
  const faults = Array.from({ length: 20_000 }, (_, i) => faultOf(BAD_DAY, draw(7, `d${i}`, 1)));
  for (const [name, probability] of Object.entries(BAD_DAY)) {
    const share = faults.filter((fault) => fault === name).length / faults.length;
    expect(Math.abs(share - probability), name).toBeLessThan(0.25 * probability + 0.001);
  }
  expect(faults).toEqual(Array.from({ length: 20_000 }, (_, i) => faultOf(BAD_DAY, draw(7, `d${i}`, 1))));
  expect(faults).not.toEqual(Array.from({ length: 20_000 }, (_, i) => faultOf(BAD_DAY, draw(8, `d${i}`, 1))));
});

test('a fault that does not exist is said, not ignored', () => {
  expect(() => faultOf({ resset: 1 } as never, 0)).toThrow("there is no fault 'resset'");
});
