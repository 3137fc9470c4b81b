// Slack: processor time, latency and memory against a bare Bolt app, over one fake Slack in a process of its own; and a large broadcast.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { report } from './measure.mjs';
import { codeOf, writePages } from './pages.mjs';
import { cpuMs, ended, residentMiB, started } from './processes.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BIN = here('../dist/src/cli/main.js');
const ROUNDS = 7;
const MESSAGES = 1_500;
const PAGES = 1_000;
const CHANNELS = 500;
const POSTS_EACH = 20;

export async function benchSlack(dir) {
  if (process.platform !== 'linux') return;
  const slack = await startFake({ gapMs: 0 });
  const content = join(dir, 'content');
  writePages(content, PAGES);
  const env = { SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: 'xoxb-test-token', SLACK_SIGNING_SECRET: 'test-signing-secret' };
  const bare = await started([here('./bare-slack.mjs')], { CONTENT: content, ...env });
  const startEmcee = async (from, data) =>
    started([BIN, 'start'], { EMCEE_CONTENT: from, EMCEE_DATA: join(dir, data), PORT: '0', WEB_CHAT: 'off', ...env });
  const emcee = await startEmcee(content, 'data');
  const bots = { bare: { ...bare, hook: `${bare.url}/slack/events` }, emcee: { ...emcee, hook: `${emcee.url}/hooks/slack` } };
  try {
    const drive = driver(slack);
    for (const bot of Object.values(bots)) await drive(bot, { text: codeOf(7), atOnce: 32 });
    await paired(bots, 'processor time of an answer on Slack : bare Bolt and a Map', 1, (bot) =>
      drive(bot, { text: codeOf(7), atOnce: 32 }),
    );
    await paired(bots, 'processor time of a message that is not for us : bare Bolt', 0.7, (bot) =>
      drive(bot, { text: 'nice weather', channel: 'CGENERAL', count: 4_000, atOnce: 32 }),
    );
    await latency(bots, drive);
    report('resident memory after load : bare Bolt', [residentMiB(bots.emcee.child) / residentMiB(bots.bare.child)], 1);
    for (const [name, { child }] of Object.entries(bots)) report(`  ${name}`, [residentMiB(child)], undefined, 'MiB', 0);
    await acknowledgements(slack, bots.emcee, drive);
    await repeats(slack, bots.emcee);
    await codes(dir, startEmcee, drive);
  } finally {
    await Promise.all([ended(bare.child), ended(emcee.child)]);
    await slack.end();
  }
  await broadcast(dir, env);
}

/** Each to the bot alone, from a person of their own: what one person hears in a second is limited. */
const driver = (slack) => async (bot, given) => {
  await slack.ask({ set: { hook: bot.hook } });
  const before = cpuMs(bot.child);
  const result = await slack.ask({
    drive: { count: MESSAGES, users: MESSAGES, waitMs: given.channel ? 0 : 5_000, ...given },
  });
  // On a busy machine an acknowledgement may be late now and then; an answer must not be missing.
  if (result.failed > result.sent / 100 || (!given.channel && result.missing > 0)) throw new Error(JSON.stringify(result));
  return { ...result, cpu: ((cpuMs(bot.child) - before) * 1_000) / result.sent };
};

async function paired(bots, name, bound, run) {
  const times = { bare: [], emcee: [], ratio: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const floor = (await run(bots.bare)).cpu;
    const ours = (await run(bots.emcee)).cpu;
    times.bare.push(floor);
    times.emcee.push(ours);
    times.ratio.push(ours / floor);
  }
  report(name, times.ratio, bound);
  report('  bare', times.bare, undefined, 'µs', 0);
  report('  emcee (with its store)', times.emcee, undefined, 'µs', 0);
}

async function latency(bots, drive) {
  const times = { bare: [], emcee: [], ratio: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const floor = (await drive(bots.bare, { text: codeOf(7), perSecond: 100, count: 500 })).answer.p50;
    const ours = (await drive(bots.emcee, { text: codeOf(7), perSecond: 100, count: 500 })).answer.p50;
    times.bare.push(floor);
    times.emcee.push(ours);
    times.ratio.push(ours / floor);
  }
  report('from a message to its answer at 100 a second, p50 : bare Bolt', times.ratio, 1);
  report('  bare', times.bare, undefined, 'ms');
  report('  emcee', times.emcee, undefined, 'ms');
}

async function acknowledgements(slack, bot, drive) {
  await slack.ask({ fault: ['chat.postMessage', 'hang', 64] });
  const { ack } = await drive(bot, { text: codeOf(8), perSecond: 100, count: 300, waitMs: 0 }).catch(({ message }) => JSON.parse(message));
  await slack.ask({ do: ['clearFaults'] });
  // What hangs holds its place until its time is up.
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  report('longest acknowledgement while Slack’s API hangs', [ack.max], 3_000, 'ms', 0);
}

async function repeats(slack, bot) {
  await slack.ask({ set: { hook: bot.hook } });
  const before = (await slack.ask({ state: {} })).posts;
  for (let i = 0; i < 60; i += 1) {
    const text = codeOf(i);
    const { ts } = await slack.ask({ say: { channel: `UDRIVE${i}`, user: `UDRIVE${i}`, text } });
    const event = { type: 'message', channel: `DUDRIVE${i}`, channel_type: 'im', user: `UDRIVE${i}`, text, ts, team: 'TEMCEE' };
    for (let again = 1; again < 3; again += 1)
      await slack.ask({ deliver: { type: 'event_callback', team_id: 'TEMCEE', event_id: `Ev${i}`, event } });
  }
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  report('60 messages, delivered 3 times each: answers', [(await slack.ask({ state: {} })).posts - before], 60, '', 0);
}

async function codes(dir, startEmcee, drive) {
  const sizes = { few: 10, many: 10_000 };
  const bots = {};
  for (const [name, count] of Object.entries(sizes)) {
    const content = join(dir, `content-${name}`);
    writePages(content, 10);
    writeFileSync(
      join(content, 'slides.yaml'),
      Array.from({ length: count }, (_, i) => `'${codeOf(i)}': https://example.org/slides/${i}\n`).join(''),
    );
    const bot = await startEmcee(content, `data-${name}`);
    bots[name] = { ...bot, hook: `${bot.url}/hooks/slack` };
  }
  try {
    for (const bot of Object.values(bots)) await drive(bot, { text: codeOf(7), atOnce: 32 });
    const ratios = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const few = (await drive(bots.few, { text: codeOf(7), atOnce: 32 })).cpu;
      ratios.push((await drive(bots.many, { text: codeOf(7), atOnce: 32 })).cpu / few);
    }
    report('processor time of an answer, 10,000 codes : 10', ratios, 1.05);
  } finally {
    await Promise.all(Object.values(bots).map(({ child }) => ended(child)));
  }
}

/** One message a second in each channel is all that Slack allows: from the first post to the last is the bound. */
async function broadcast(dir, env) {
  const { openSqlite } = await import('../dist/src/store/sqlite/index.js');
  const { default: module } = await import('../dist/adapters/slack/index.js');
  const channels = Array.from({ length: CHANNELS }, (_, i) => ({ id: `C${1000 + i}`, name: `c${i}`, is_member: true }));
  const slack = await startFake({ channels, gapMs: 1_000 });
  const data = join(dir, 'broadcast');
  const bot = await started([BIN, 'start'], { ...env, SLACK_API_URL: slack.url, EMCEE_DATA: data, PORT: '0', WEB_CHAT: 'off' });
  try {
    const store = await openSqlite(data, { lock: false });
    const wire = module.format({ text: 'A reminder: the meetup begins at 14:00.' });
    const until = Date.now() + 3600_000;
    for (let n = 0; n < POSTS_EACH; n += 1) {
      const targets = channels.map(({ id, name }) => ({ channel: name, address: `slack:room:${id}`, wire, at: 0, until }));
      await store.post({ id: `b${n}`, kind: 'broadcast', by: 'bench' }, targets, Date.now());
    }
    await store.close();
    const count = CHANNELS * POSTS_EACH;
    for (const deadline = Date.now() + 120_000; (await slack.ask({ state: {} })).posts < count && Date.now() < deadline; )
      await new Promise((resolve) => setTimeout(resolve, 500));
    const posts = await slack.ask({ posts: { from: 0 } });
    const { limited } = await slack.ask({ state: {} });
    const tookMs = posts.at(-1).at - posts[0].at;
    report(`a broadcast of ${posts.length} to ${CHANNELS} channels : what Slack allows`, [tookMs / ((POSTS_EACH - 1) * 1_000)], 1 / 0.95);
    report('  posts that came too soon (429)', [limited], 0, '', 0);
    if (posts.length !== count) throw new Error(`${posts.length} of ${count} posts arrived`);
  } finally {
    await ended(bot.child);
    await slack.end();
  }
}

/** The fake Slack of the tests, in a process of its own: its work must not be counted. */
async function startFake(options) {
  const child = spawn(process.execPath, [here('../test/fakes/slack/main.mjs'), JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = new Map();
  let ids = 0;
  let ready;
  const url = new Promise((resolve) => {
    ready = resolve;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, url: at, result, error } = JSON.parse(line);
    if (at) return ready(at);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(result);
  });
  const ask = (command) =>
    new Promise((resolve, reject) => {
      ids += 1;
      waiting.set(ids, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id: ids, ...command })}\n`);
    });
  return { url: await url, ask, end: () => ended(child) };
}
