import { expect, test } from 'vitest';
import { watchRevision } from '../../src/store/revision.js';
import { until } from '../fakes/platform.js';

test('each change is read once, a reading that fails again at the next look, and a store that hangs is asked once', async () => {
  let revision = '1';
  let fails = false;
  let asked = 0;
  const read: string[] = [];
  const store = {
    revision: async () => {
      asked += 1;
      if (revision === 'hangs') await new Promise(() => undefined);
      return revision;
    },
  };
  const watch = watchRevision(
    store,
    async () => {
      if (fails) throw new Error('cannot be read');
      read.push(revision);
    },
    5,
  );
  await watch.look();
  await Promise.all([watch.look(), watch.look()]);
  expect(read).toEqual(['1']);
  revision = '2';
  await until(() => read.length === 2, 'the change');
  fails = true;
  revision = '3';
  await expect(watch.look()).rejects.toThrow('cannot be read');
  fails = false;
  await until(() => read.length === 3, 'the reading once more');
  revision = 'hangs';
  await until(() => asked > 0, 'a look');
  const before = asked;
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(asked - before).toBeLessThanOrEqual(1);
  watch.close();
  expect(read).toEqual(['1', '2', '3']);
});
