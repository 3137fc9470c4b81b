// Official Accounts: replies a second and the slowest of them, against a bare node:http handler that keeps and checks nothing.
// 1,000 pages; every message has a new MsgId, and emcee has it in its store before it answers.
import { fileURLToPath } from 'node:url';
import { report } from './measure.mjs';
import { writePages } from './pages.mjs';
import { ended, started } from './processes.mjs';
import { messages, paced, throughput } from './wechat-load.mjs';

const BIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const BARE = fileURLToPath(new URL('./bare-wechat.mjs', import.meta.url));
const PAGES = 1_000;
const ROUNDS = 5;
const MESSAGES = 8_000;
const PER_SECOND = 100;
const PACED = 1_000;
/** Of emcee's time to the bare handler's: 0.5 and 0.6 of its replies a second. */
const BOUNDS = { plain: 1 / 0.5, safe: 1 / 0.6 };
const SLOWEST = 1.5;
const ACCOUNTS = {
  plain: { token: 'spamtest' },
  safe: { token: 'spamtest', appId: 'wx2c2769f8efd9abc2', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' },
};

export async function benchWeChat(dir) {
  writePages(dir, PAGES);
  for (const [mode, account] of Object.entries(ACCOUNTS)) await compare(mode, account, dir);
}

async function compare(mode, account, dir) {
  const { token, appId, aesKey } = account;
  const env = { WECHAT_TOKEN: token, ...(aesKey && { WECHAT_APP_ID: appId, WECHAT_AES_KEY: aesKey }) };
  const bare = await started([BARE, mode, String(PAGES)], env);
  const emcee = await started([BIN, 'start'], { ...env, EMCEE_CONTENT: dir, EMCEE_DATA: `${dir}-${mode}`, PORT: '0', LOG_LEVEL: 'info' });
  const isRight = (answer) => answer.startsWith('HTTP/1.1 200') && answer.includes(aesKey ? '<Encrypt>' : 'https://example.org/slides/');
  const made = (count) => messages(account, count, PAGES);
  try {
    for (const { url } of [bare, emcee]) await throughput(url, made(MESSAGES), isRight);
    const rates = { bare: [], emcee: [], ratio: [] };
    const slowest = { bare: [], emcee: [], ratio: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      // The first of a pair has the worse luck on a machine that warms up: they take turns.
      const [first, second] = round % 2 ? [emcee, bare] : [bare, emcee];
      const measured = new Map();
      for (const each of [first, second])
        measured.set(each, {
          rate: await throughput(each.url, made(MESSAGES), isRight),
          p99: percentile(await paced(each.url, made(PACED), PER_SECOND, isRight), 0.99),
        });
      const [floor, ours] = [measured.get(bare), measured.get(emcee)];
      rates.bare.push(floor.rate);
      rates.emcee.push(ours.rate);
      rates.ratio.push(floor.rate / ours.rate);
      slowest.bare.push(floor.p99);
      slowest.emcee.push(ours.p99);
      slowest.ratio.push(ours.p99 / floor.p99);
    }
    report(`WeChat, ${mode}: bare replies/s : emcee's, all kept`, rates.ratio, BOUNDS[mode]);
    report('  bare', rates.bare, undefined, '/s', 0);
    report('  emcee', rates.emcee, undefined, '/s', 0);
    report(`WeChat, ${mode}: p99 at ${PER_SECOND}/s, emcee's : bare`, slowest.ratio, SLOWEST);
    report('  bare', slowest.bare, undefined, 'ms');
    report('  emcee', slowest.emcee, undefined, 'ms');
  } finally {
    await Promise.all([ended(bare.child), ended(emcee.child)]);
  }
}

const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
