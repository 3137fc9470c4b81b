// A broadcast on a terminal: a bar that fills, and how to stop it.
import { setTimeout as wait } from 'node:timers/promises';
import type { Broadcasts } from '../broadcast/index.js';
import type { Report, RunningBroadcast } from '../broadcast/types.js';
import { progressText, reportText } from '../broadcast/words.js';
import { plainText } from '../render/index.js';

const LOOK_MS = 250;
const BAR_SIGNS = 24;
/** Nothing has moved for so long: no bot runs, or its platform is away. */
const QUIET_MS = 15_000;

interface Followed {
  report: Report;
  lines: string[];
}

/** Settles when nothing is left to do, or nobody wants to wait any longer: the broadcast goes on by itself then. */
export async function follow(
  id: string,
  broadcasts: Broadcasts,
  { isTerminal, stopIt }: { isTerminal: boolean; stopIt: string },
): Promise<Followed> {
  let left = false;
  const leave = () => {
    left = true;
  };
  process.once('SIGINT', leave);
  try {
    let running = await broadcasts.progress(id);
    for (
      let movedAt = Date.now(), open = running?.open ?? 0;
      running && running.open > 0 && !left;
      running = await broadcasts.progress(id)
    ) {
      if (running.open !== open) movedAt = Date.now();
      open = running.open;
      const isQuiet = Date.now() - movedAt > QUIET_MS;
      if (isQuiet && !isTerminal) break;
      if (isTerminal) process.stderr.write(`\r\x1b[K${bar(running)}${isQuiet ? '  (nothing moves: is `emcee start` running?)' : ''}`);
      await wait(LOOK_MS);
    }
    if (isTerminal) process.stderr.write('\r\x1b[K');
    const report = (await broadcasts.report(id)) as Report;
    const lines =
      report.open > 0
        ? [plainText({ text: progressText(report, 'en') }), `It goes on by itself while the bot runs. To stop it: ${stopIt}`]
        : [plainText({ text: reportText(report, 'en', (what, its) => `emcee broadcast ${what} ${its}`) })];
    return { report, lines };
  } finally {
    process.off('SIGINT', leave);
  }
}

/** `[#########---------------] 380/1000, about 12 seconds left` */
function bar(running: RunningBroadcast): string {
  const { total, open } = running;
  const filled = Math.round((BAR_SIGNS * (total - open)) / Math.max(1, total));
  const [, ...rest] = plainText({ text: progressText(running, 'en') }).split('; ');
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_SIGNS - filled)}] ${total - open}/${total}  ${rest.join('; ')}`;
}
