// The word that a broadcast needs, asked for on a terminal.
import { createInterface } from 'node:readline/promises';
import type { Broadcasts } from '../broadcast/index.js';
import type { Broadcast, Draft, Maker } from '../broadcast/types.js';
import { refusalText } from '../broadcast/words.js';
import { plainText } from '../render/index.js';
import { shown } from './broadcast.js';
import { UsageError } from './output.js';

/** Undefined: it is not wanted; the draft is gone then. */
export async function askForWord(draft: Draft, broadcasts: Broadcasts, maker: () => Maker): Promise<Broadcast | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const left = new AbortController();
  terminal.once('SIGINT', () => left.abort());
  terminal.once('close', () => left.abort());
  try {
    for (let current = draft; ; ) {
      show(current);
      const result = await confirmed(current);
      if (!result || 'post' in result) return result;
      current = result;
    }
  } finally {
    terminal.close();
  }

  function show({ plan }: Draft): void {
    process.stderr.write(`${shown(plan).join('\n')}\n`);
  }

  /** The next draft is what it has become meanwhile. */
  async function confirmed({ id, number, plan, needsCount }: Draft): Promise<Broadcast | Draft | undefined> {
    const count = plan.targets.length;
    for (;;) {
      const answer = await asked(needsCount ? `It goes to ${count} channels. Type ${count} to send it: ` : `Type ${number} to send it: `);
      if (answer === undefined || answer === '') {
        await broadcasts.discard(id, maker());
        return undefined;
      }
      const word = needsCount ? { id, number, count: /^\d{1,9}$/.test(answer) ? Number(answer) : -1 } : { id, number: answer };
      const result = await broadcasts.confirm(word, maker());
      if (result.is === 'confirmed' || result.is === 'taken') return result.broadcast;
      if (result.is === 'changed') {
        process.stderr.write('\nThe text, the channels or the page have changed, so nothing has gone out. This is how it is now:\n\n');
        return result.draft;
      }
      if (result.is === 'refused') throw new UsageError(plainText({ text: refusalText(result.why, 'en') }));
      if (result.is !== 'wrong') throw new UsageError('It was not confirmed in time. Nothing has gone out; please start again.');
      process.stderr.write(`That is not it; nothing has gone out. ${result.triesLeft} left; Enter alone ends it.\n`);
    }
  }

  async function asked(question: string): Promise<string | undefined> {
    try {
      return (await terminal.question(question, { signal: left.signal })).trim();
    } catch {
      return undefined;
    }
  }
}
