import { test } from 'vitest';
import { load } from '../../../adapters/wechaty/sdk.js';

const isInstalled = await load('wechaty-puppet-mock').then(
  () => true,
  () => false,
);

/** `test` where Wechaty is installed; else a file of such tests is one skipped line. */
export function whereInstalled(): typeof test {
  if (isInstalled) return test;
  test.skip('Wechaty is not installed: npm ci --prefix adapters/wechaty', () => undefined);
  return (() => undefined) as unknown as typeof test;
}
