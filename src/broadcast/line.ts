import type { Done } from '../store/desk.js';
import type { Maker } from './types.js';

/** For the audit log: an account that is not called as the person is, a signed-in web chat for one, is told too. */
export function lineOf({ person, account }: Maker, did: string, about: Record<string, unknown>): Done {
  return { did, about: { ...about, ...(account !== undefined && account !== person && { account }) } };
}
