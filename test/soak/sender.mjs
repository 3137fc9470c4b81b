// The ledger in a process of its own, made to be killed. Started by senders.mjs with one JSON argument.
// --crash=<point>:<n> kills it before or after the n-th call of that point (claim.before, send.after, …); --fail=<n> lets the n-th call
// of the store reject once, --fail-after=<n> the same after it was done, as when the answer of a commit is lost; --pause=<point>:<n> stops
// it there until somebody continues it. A running sender takes the same words as messages and counts from there. All of that lives here:
// the product knows nothing of it.
import { parseArgs } from 'node:util';
import { Ledger } from '../../dist/src/ledger/index.js';
import chat from '../fakes/chat-adapter.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { crash: { type: 'string' }, fail: { type: 'string' }, 'fail-after': { type: 'string' }, pause: { type: 'string' } },
});
/** deaf: the adapter does not hear that its time is up, and its answers come late. */
const { folder, url, timing, chatUrl, readBack = true, limits, deaf = false } = JSON.parse(positionals[0] ?? '{}');
const WATCHED = ['claim', 'record', 'expire', 'heartbeat', 'unresolved', 'resolve', 'settle'];

let armed;
function arm({ crash, pause, fail, 'fail-after': failAfter }) {
  const [point, n] = (crash ?? pause)?.split(':') ?? [];
  const signal = crash ? 'SIGKILL' : 'SIGSTOP';
  armed = { point, n: Number(n), signal, reached: 0, calls: 0, fail: Number(fail), failAfter: Number(failAfter) };
}
arm(values);

function pass(point) {
  if (point !== armed.point) return;
  armed.reached += 1;
  if (armed.reached === armed.n) process.kill(process.pid, armed.signal);
}

const watched = (name, work) =>
  async function watchedCall(...args) {
    pass(`${name}.before`);
    armed.calls += name === 'send' || name === 'seen' ? 0 : 1;
    const { calls, fail, failAfter } = armed;
    const asked = WATCHED.includes(name);
    if (asked && calls === fail) throw new Error(`the store fails once, at ${name}`);
    const result = await work(...args);
    if (asked && calls === failAfter) throw new Error(`the store has done it and fails once, at ${name}`);
    pass(`${name}.after`);
    // The moments that a pause can do most harm: something is ours and has not left; something looks as if it had not arrived.
    if (name === 'claim' && result.length > 0) pass('claimed');
    if (name === 'seen' && result.state === 'absent') pass('absent');
    return result;
  };

const line = (level) => (fields, text) => {
  const known = typeof fields === 'string' ? { text: fields } : { ...fields, err: fields.err?.stack, text };
  process.stderr.write(`${JSON.stringify({ level, pid: process.pid, ...known })}\n`);
};
const log = { debug: () => undefined, info: () => undefined, warn: line('warn'), error: line('error') };

// Hundreds are started one after the other: none loads what it does not need.
const open = {
  sqlite: async () => (await import('../../dist/src/store/sqlite/index.js')).openSqlite(folder, { lock: true }),
  postgres: async () => (await import('../../dist/src/store/postgres/index.js')).openPostgres(url, { log }),
};
const real = await open[url ? 'postgres' : 'sqlite']();
const store = new Proxy(real, {
  get: (target, name) => (WATCHED.includes(name) ? watched(name, (...args) => target[name](...args)) : target[name]),
});
const settings = { CHAT_URL: chatUrl, CHAT_LIMITS: limits, CHAT_GAP_MS: 0, CHAT_READ_BACK: readBack, CHAT_TIMEOUT_MS: timing.request * 3 };
const adapter = chat.create(settings, 'chat');
const send = adapter.send.bind(adapter);
adapter.send = watched('send', (to, wire, options) => send(to, wire, deaf ? { ...options, signal: undefined } : options));
if (adapter.seen) adapter.seen = watched('seen', adapter.seen);
await adapter.connect({ report: () => undefined });

const ledger = new Ledger({ store, log, timing, adapterOf: () => adapter, online: () => ['chat'] });
await ledger.start();
process.on('message', (message) => {
  const { calls } = armed;
  arm(message);
  process.send?.({ calls });
});
process.on('disconnect', () => process.exit(1));
process.once('SIGTERM', async () => {
  await ledger.stop();
  await store.close();
  process.exit(0);
});
process.send?.('ready');
