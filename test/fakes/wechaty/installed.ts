import { load } from '../../../adapters/wechaty/sdk.js';

/** Wechaty is there only where its own folder was installed: npm ci --prefix adapters/wechaty */
export const isInstalled = await load('wechaty-puppet-mock').then(
  () => true,
  () => false,
);
export const NOT_INSTALLED = 'Wechaty is not installed (npm ci --prefix adapters/wechaty): its tests are not run';
