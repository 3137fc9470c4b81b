// Runs the built command line as a user would: a process of its own, real files, real exit codes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'dist/src/cli/main.js');
export const SAMPLE = join(ROOT, 'content');

export interface Run {
  stdout: string;
  stderr: string;
  code: number | null;
}

interface Options {
  env?: Record<string, string>;
  input?: string;
  cwd?: string;
}

/** Only what a fresh machine has: none of the caller's own settings. */
const environment = (env: Record<string, string> = {}) => ({ PATH: process.env.PATH ?? '', TZ: 'UTC', LANG: 'C', ...env });

export async function emcee(args: string[], options: Options = {}): Promise<Run> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: options.cwd ?? ROOT,
    env: environment(options.env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const run: Run = { stdout: '', stderr: '', code: null };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text;
  });
  child.stdin.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { ...run, code };
}

export interface StartedBot {
  url: string;
  child: ChildProcess;
  log(): string;
  stdout(): string;
  say(line: string): void;
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

/** `emcee start` on a free port; settles when it says that it is running. */
export async function startBot(env: Record<string, string>, options: { stdin?: 'pipe' | 'ignore' } = {}): Promise<StartedBot> {
  const child = spawn(process.execPath, [BIN, 'start'], {
    cwd: ROOT,
    env: environment({ PORT: '0', ...env }),
    stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
  });
  let log = '';
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const found = /"url":"([^"]+)"/.exec(log)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`emcee start ended with ${code}:\n${log}`)));
  });
  return {
    url,
    child,
    log: () => log,
    stdout: () => stdout,
    say: (line) => void child.stdin?.write(`${line}\n`),
    async kill(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

/** A folder that goes away with the test. */
export function temporaryFolder(): { path: string; write(file: string, text: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'emcee-'));
  return {
    path,
    write(file, text) {
      const full = join(path, file);
      writeFileSync(full, text);
      return full;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
