// Start to first answer with 1,000 pages, against a bare Node program that reads the files and answers; memory of the idle bot.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paired, report } from './measure.mjs';
import { codeOf, writePages } from './pages.mjs';

const BIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const BARE = fileURLToPath(new URL('./bare-start.mjs', import.meta.url));
const PAGES = 1_000;
const code = codeOf(700);

export async function benchStart(dir) {
  writePages(dir, PAGES);
  const bare = async () => ended(await run([BARE, dir, code], {}));
  const env = { EMCEE_CONTENT: dir, EMCEE_DATA: join(dir, 'data'), PORT: '0', LOG_LEVEL: 'error' };
  const emcee = async () => ended(await run([BIN, 'start'], env, `${code}\n`));
  const { a, b, ratio } = await paired(9, bare, emcee);
  report(`start to first answer with ${PAGES} pages : a bare program`, ratio, 2);
  report('  the bare program', a, undefined, 'ms', 0);
  report('  emcee', b, undefined, 'ms', 0);
  await memory(env);
}

/** Starts a program; settles when the answer has appeared on its standard output. */
async function run(args, env, input = '') {
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(input);
  let output = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk;
    if (output.includes('https://example.org/slides/700')) return child;
  }
  throw new Error(`no answer: ${output}`);
}

/** Ends a program outside the measured time. */
const ended = (child) => async () => {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
};

async function memory(env) {
  if (process.platform !== 'linux') return;
  const bot = await run([BIN, 'start'], env, `${code}\n`);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const pages = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${bot.pid}/status`, 'utf8'))?.[1]);
  report(`resident memory, idle, with ${PAGES} pages`, [pages / 1024], 110, 'MiB', 0);
  await ended(bot)();
}
