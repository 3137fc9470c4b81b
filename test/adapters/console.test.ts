import { PassThrough } from 'node:stream';
import { test } from 'vitest';
import consoleModule, { consoleOver } from '../../adapters/console/index.js';
import { adapterContract } from '../contracts/adapter.js';

let input = new PassThrough();
let output = new PassThrough();

const subject = {
  module: consoleModule,
  create() {
    input = new PassThrough();
    output = new PassThrough();
    return consoleOver({ input, output });
  },
  address: 'console:person:local' as const,
  arrived: () => [String(output.read() ?? '')],
  say: (text: string) => void input.write(`${text}\n`),
  breakNextSend: () => void output.destroy(new Error('hung up')),
};

for (const { name, run } of adapterContract(subject)) test(name, run);
