import type { Logger } from '../adapter.js';
import { loadAdapters } from '../adapters.js';
import {
  type AdapterSettings,
  type Environment,
  readAdapterSettings,
  readEnvironment,
  SettingsError,
  secretsOf,
} from '../config/environment.js';
import { createLog } from '../log.js';
import { type Running, start } from '../main.js';
import { fail } from './output.js';

const greeting = (page: string | undefined) =>
  `emcee (司仪) answers here${page ? ` and on ${page}` : ''}. Type 20231104, 成都, next or help; Ctrl-C ends it.`;

/** A bot that is still starting holds nothing that a stop could lose. */
const EARLY_STOP_MS = 1_000;
const LONGEST_STOP_MS = 30_000;

/** `emcee start`: runs until SIGINT or SIGTERM; a second one ends at once. */
export async function startCommand(): Promise<void> {
  try {
    const environment = readEnvironment();
    const { modules, errors } = await loadAdapters(environment.adapters, process.cwd());
    const wrong = errors.filter(({ fault }) => fault === 'settings');
    if (wrong.length > 0) throw new SettingsError(wrong.map(({ message }) => message));
    const adapters = readAdapterSettings(modules);
    const log = createLog(environment.logLevel ?? (process.stdin.isTTY ? 'warn' : 'info'), secretsOf(modules));
    // An adapter whose own code is broken does not keep the others away.
    for (const { message } of errors) log.error({}, message);
    if (process.stdin.isTTY) process.stderr.write(`${greeting(pageOf(environment, adapters))}\n\n`);
    const starting = start({ environment, adapters, log });
    // Before anything is awaited: a signal may come while adapters connect.
    stopOnSignals(starting, log);
    await starting;
  } catch (error) {
    fail(error);
    // An adapter's own timers must not keep a bot alive that did not start.
    process.stderr.write('', () => process.exit());
  }
}

/** Where the web chat is, when that is known before the port is taken. */
function pageOf({ host, port, publicUrl }: Environment, adapters: readonly AdapterSettings[]): string | undefined {
  if (!adapters.some(({ module }) => module.name === 'web')) return undefined;
  const local = port === 0 ? undefined : `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return publicUrl ?? local;
}

/** The first signal stops in good order, a second one ends at once. */
function stopOnSignals(starting: Promise<Running>, log: Logger): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(130);
    stopping = true;
    log.info({ signal }, 'emcee is stopping');
    const end = setTimeout(() => process.exit(1), LONGEST_STOP_MS);
    const early = setTimeout(() => process.exit(130), EARLY_STOP_MS);
    starting
      .then((running) => {
        clearTimeout(early);
        return running.stop();
      })
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
      .finally(() => clearTimeout(end));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Whoever read the log is gone: telling that needs the log, and fails again, for ever.
  process.stderr.on('error', () => undefined);
  // A fault in one message or adapter is logged; the bot and the other adapters go on.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was left alone with its error'));
  process.on('uncaughtException', (error) => log.error({ err: error }, 'an error nobody caught'));
}
