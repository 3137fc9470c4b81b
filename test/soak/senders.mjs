// Starts senders (sender.mjs) as processes of their own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SENDER = fileURLToPath(new URL('./sender.mjs', import.meta.url));

/** Settles when it runs, or has ended before it did. */
export async function startSender(given, ...flags) {
  const child = fork(SENDER, [...flags, JSON.stringify(given)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log = (log + text).slice(-100_000);
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  const sender = {
    child,
    log: () => log,
    ended,
    running: () => child.exitCode === null && child.signalCode === null,
    async arm(words) {
      child.send(words);
      const [{ calls }] = await once(child, 'message');
      return calls;
    },
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
  await Promise.race([once(child, 'message'), ended]);
  return sender;
}
