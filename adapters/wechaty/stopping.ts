import type { Memory } from './memory.js';
import type { Bot } from './sdk.js';
import { within } from './within.js';

/** What wechat4u's puppet holds inside. */
interface Inside {
  wechat4u?: { logout?: unknown; removeAllListeners?(): unknown; on?(event: string, listener: () => void): unknown };
  getContactInterval?: NodeJS.Timeout;
}

/** Stops a puppet and keeps its login for the next start, as the end of a killed process would. */
export async function stopKeepingLogin(bot: Bot, puppet: object, memory: Memory, limitMs: number): Promise<void> {
  memory.freeze();
  holdLogin(puppet);
  await within(limitMs, bot.stop());
}

/** Stopping wechat4u signs the account out at WeChat, and begins a new login in a puppet that is gone. */
function holdLogin(puppet: Inside): void {
  const { wechat4u } = puppet;
  if (!wechat4u) return;
  clearInterval(puppet.getContactInterval);
  wechat4u.logout = async () => undefined;
  wechat4u.removeAllListeners?.();
  // An error that nobody listens to ends the process.
  wechat4u.on?.('error', () => undefined);
}
