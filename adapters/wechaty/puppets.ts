// What is known of each puppet (docs/wechaty.md says what it costs and risks).
import { isPath, packageOf } from './sdk.js';

interface Puppet {
  /** Whether a person's id is the same after the next login; unknown: that depends on what stands behind it. */
  ids: 'last' | 'change' | 'unknown';
  needsToken?: true;
}

const KNOWN: Record<string, Puppet> = {
  'wechaty-puppet-wechat4u': { ids: 'change' },
  'wechaty-puppet-wechat': { ids: 'change' },
  'wechaty-puppet-xp': { ids: 'last' },
  'wechaty-puppet-padlocal': { ids: 'last', needsToken: true },
  'wechaty-puppet-service': { ids: 'unknown', needsToken: true },
};
const OTHER: Puppet = { ids: 'unknown' };

export const puppetOf = (name: string): Puppet => (isPath(name) ? OTHER : (KNOWN[packageOf(name)] ?? OTHER));

/** `stated`: the operator has seen that they last. Of a puppet whose ids are known to change that is not believed. */
export function idsLast(name: string, stated: boolean): boolean {
  const { ids } = puppetOf(name);
  return ids === 'last' || (ids === 'unknown' && stated);
}
