import { SettingsError } from '../config/environment.js';

/** Wrong use of a command: one sentence that says how to do it. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command says and how it ends. */
export interface Outcome {
  /** Printed to standard output, a line each; with --json one JSON text. */
  lines: string[];
  exitCode?: 0 | 1;
}

/** One whole JSON value on standard output. */
export function jsonOutcome(value: unknown, exitCode: 0 | 1 = 0): Outcome {
  return { lines: [JSON.stringify(value, null, 2)], exitCode };
}

/** Waits for a command, prints what it says, and sets the exit code: never `process.exit`, which would cut a long output off. */
export async function finish(command: Promise<Outcome>): Promise<void> {
  try {
    const { lines, exitCode = 0 } = await command;
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = exitCode;
  } catch (error) {
    fail(error);
  }
}

/** Says on standard error what went wrong: each mistake in words, never a stack for what the user can mend. */
export function fail(error: unknown): void {
  if (error instanceof SettingsError) {
    process.stderr.write(`${['These settings need mending:', ...error.mistakes.map((mistake) => `  ${mistake}`)].join('\n')}\n`);
    process.exitCode = 2;
  } else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else {
    const known = error instanceof Error && (error.name === 'StoreError' || 'code' in error);
    process.stderr.write(`emcee: ${known ? error.message : ((error as Error)?.stack ?? String(error))}\n`);
    process.exitCode = 1;
  }
}

// `emcee pages | head` closes the pipe: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
