import type { Open, Store } from '../store/port.js';
import type { Platform } from './platforms.js';

/** The details of /healthz: each platform's state, when it was last heard and written to, and what waits. */
export async function status(
  platforms: readonly Platform[],
  store: Pick<Store, 'open'>,
  more: Record<string, number>,
  paused: (instance: string) => string | undefined = () => undefined,
): Promise<Record<string, unknown>> {
  const open = await store.open().catch((): Open[] => []);
  const count = (instance: string, ...states: Open['state'][]) =>
    open.filter((each) => each.instance === instance && states.includes(each.state)).reduce((sum, each) => sum + each.count, 0);
  const adapters = platforms.map(({ instance, state, lastHeard, lastSent }) => [
    instance,
    {
      // What is scanned to sign in is for organizers' eyes.
      ...(state.is === 'waiting-for-login' ? { is: state.is } : state),
      // Who paused it is for organizers' eyes, too.
      ...(paused(instance) !== undefined && { paused: true }),
      lastHeard: lastHeard && new Date(lastHeard),
      lastSent: lastSent && new Date(lastSent),
      queued: count(instance, 'pending', 'sending'),
      held: count(instance, 'held'),
      unknown: count(instance, 'unknown'),
    },
  ]);
  return { ...more, adapters: Object.fromEntries(adapters) };
}
