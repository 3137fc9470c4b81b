// Random schedules of the delivery state machine: `MODEL_SEED=… npx vitest run test/ledger/model.test.ts` replays one of them.
import { afterAll, expect, test } from 'vitest';
import { play } from './model.js';
import { ModelStore, type Planted } from './model-store.js';

const SCHEDULES = Number(process.env.MODEL_SCHEDULES ?? 100_000);
const only = process.env.MODEL_SEED;
const store = new ModelStore();
afterAll(() => store.close());

/** The first seed that breaks a law. */
function search(on: ModelStore, to: number, sleeper = false): number | undefined {
  for (let seed = 0; seed < to; seed += 1) if (play(on, seed, { sleeper }).fault) return seed;
  return undefined;
}

function told(on: ModelStore, seed: number): string {
  const { fault, log } = play(on, seed, { trace: true });
  return [`MODEL_SEED=${seed}: ${fault}`, ...log].join('\n  ');
}

test.runIf(only !== undefined)('the schedule that was asked for', () => {
  console.log(told(store, Number(only)));
  expect(play(store, Number(only)).fault).toBeUndefined();
});

test.runIf(only === undefined)('no schedule breaks a law', { timeout: 300_000 }, () => {
  const seed = search(store, SCHEDULES);
  if (seed !== undefined) expect.fail(told(store, seed));
});

const FAULTS: Record<string, Planted> = {
  'a dead process’s delivery goes out again': [
    "SET state = 'unknown', reason = 'the process",
    "SET state = 'pending', reason = 'the process",
  ],
  'a receipt counts without its fence': ["AND delivery.fence = ended.fence AND delivery.state = 'sending'", ''],
  'a claim does not look whether its lane is busy': ['l.sending IS NULL AND ', ''],
  'read-back before it is quiet': ['attempt_ended_at <= ?', 'attempt_ended_at - 50 <= ?'],
  'read-back resolves what is no longer unknown': [
    "AND state = 'unknown' AND fence = COALESCE(CAST(? AS BIGINT), fence)",
    'AND 0 IS NOT ?',
  ],
  'read-back gives a newer attempt back': ['AND fence = COALESCE(CAST(? AS BIGINT), fence)', 'AND 0 IS NOT ?'],
  'a cancelled post takes what is under way': [
    "state IN ('pending', 'held') RETURNING",
    "state IN ('pending', 'held', 'sending') RETURNING",
  ],
  'a limit leaves room for one more': ['LIMIT 1 OFFSET ?', 'LIMIT 1 OFFSET ? + 1'],
  'a lane goes on without its gap': ['AND free_at < ?', 'AND free_at < 0 * ?'],
  'an app’s rest is not kept': ['address IN (?, ?) AND free_at > ?', 'address IN (?, ?) AND free_at < 0 * ?'],
  'an app’s rest is not kept by replies': ['app.address = ? AND app.free_at > ?', 'app.address = ? AND app.free_at < 0 * ?'],
  'a reply does not look whether its lane is busy': [
    'WHERE address = ? AND sending IS NULL AND free_at <= ?',
    'WHERE address = ? AND free_at <= ?',
  ],
  'a reply does not keep the gap': ['AND sending IS NULL AND free_at <= ?', 'AND sending IS NULL AND 0 * free_at < ?'],
  'a reply passes an older one': [
    "AND d.state = 'pending' AND d.priority = ? AND d.id <> ?",
    "AND d.state = 'pending' AND d.priority = ? AND d.id = 0 || ?",
  ],
  'the order of a lane is turned round': ['ORDER BY e.priority, e.seq', 'ORDER BY e.priority, e.seq DESC'],
  'a late “sent” is not believed': ["(state IN ('unknown', 'sent')", "(state = 'sent'"],
};

test.runIf(only === undefined).each(Object.entries(FAULTS))('planted: %s', { timeout: 60_000 }, (_, fault) => {
  const faulty = new ModelStore(fault);
  const seed = search(faulty, 40_000);
  expect(faulty.planted, 'the text is in no statement any more').toBe(true);
  expect(seed, 'no schedule has found it').toBeDefined();
  faulty.close();
});

test.runIf(only === undefined)('planted: a process that has slept through its lease sends all the same', { timeout: 60_000 }, () => {
  expect(search(store, 20_000, true), 'no schedule has found it').toBeDefined();
});
