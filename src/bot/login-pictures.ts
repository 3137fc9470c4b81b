import type { Sessions } from '../adapter.js';
import type { Platform } from './platforms.js';

/** What has to be scanned so that these platforms come online. For signed-in organizers: whoever scans it decides whose account the bot is. */
export async function loginPictures(
  platforms: readonly Pick<Platform, 'instance' | 'module'>[],
  sessions: (instance: string) => Sessions,
): Promise<{ platform: string; svg: string }[]> {
  const found = await Promise.all(
    platforms.map(async ({ instance, module }) => ({ platform: instance, svg: await module.login?.(sessions(instance), 'svg') })),
  );
  return found.flatMap(({ platform, svg }) => (svg === undefined ? [] : [{ platform, svg }]));
}
