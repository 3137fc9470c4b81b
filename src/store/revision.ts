// What organizers change in a chat lives in the memory of every replica; each looks whether another one has changed it.
import type { Store } from './port.js';

export interface RevisionWatch {
  /** Reads again at once if something has changed; rejects when the store, or the reading, fails. */
  look(): Promise<void>;
  close(): void;
}

/**
 * Calls `onChange` after each change of the store's revision, and at the first look: whoever starts it has read nothing yet. A reading
 * that fails is tried again at the next look; what was read before serves until then.
 */
export function watchRevision(store: Pick<Store, 'revision'>, onChange: () => unknown, everyMs = 1_000): RevisionWatch {
  let seen: string | undefined;
  let looking: Promise<void> | undefined;
  const look = (): Promise<void> => {
    // One that is under way may have read the revision before the change that this caller knows of.
    const mine: Promise<void> = (looking ?? Promise.resolve())
      .catch(() => undefined)
      .then(async () => {
        const revision = await store.revision();
        if (revision === seen) return;
        await onChange();
        seen = revision;
      })
      .finally(() => {
        if (looking === mine) looking = undefined;
      });
    looking = mine;
    return mine;
  };
  const timer = setInterval(() => {
    // A store that hangs must not gather a queue of looks. That it fails is told by those who need it.
    if (!looking) void look().catch(() => undefined);
  }, everyMs);
  timer.unref();
  return { look, close: () => clearInterval(timer) };
}
