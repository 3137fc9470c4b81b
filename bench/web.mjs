// The web chat: processor time per answered message against bare node:http, and what 1,000 open pages cost.
import { randomBytes } from 'node:crypto';
import { Agent, get, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { report } from './measure.mjs';
import { cpuMs, ended, residentMiB, started } from './processes.mjs';

const BIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const CONTENT = fileURLToPath(new URL('../content', import.meta.url));
const BARE = fileURLToPath(new URL('./bare-web.mjs', import.meta.url));
const ROUNDS = 7;
const MESSAGES = 3_000;
const SIDE_BY_SIDE = 16;
const PAGES = 1_000;

export async function benchWeb(dir) {
  if (process.platform !== 'linux') return;
  const bare = await started([BARE]);
  const emcee = await started([BIN, 'start'], { EMCEE_CONTENT: CONTENT, EMCEE_DATA: dir, PORT: '0' });
  try {
    const times = { bare: [], emcee: [], ratio: [] };
    await load(bare.url, MESSAGES);
    await load(emcee.url, MESSAGES);
    for (let round = 0; round < ROUNDS; round += 1) {
      const floor = await cpuPerMessage(bare);
      const ours = await cpuPerMessage(emcee);
      times.bare.push(floor);
      times.emcee.push(ours);
      times.ratio.push(ours / floor);
    }
    report('processor time of an answer on the web : bare node:http and a Map', times.ratio, 4);
    report('  bare', times.bare, undefined, 'µs', 0);
    report('  emcee (with its store)', times.emcee, undefined, 'µs', 0);
  } finally {
    await Promise.all([ended(bare.child), ended(emcee.child)]);
  }
  await openPages(`${dir}-pages`);
}

async function openPages(dir) {
  const { child, url } = await started([BIN, 'start'], { EMCEE_CONTENT: CONTENT, EMCEE_DATA: dir, PORT: '0' });
  const agent = new Agent({ maxSockets: PAGES });
  const responses = [];
  try {
    await load(url, 100);
    await quiet();
    const before = residentMiB(child);
    for (let page = 0; page < PAGES; page += 50)
      responses.push(...(await Promise.all(Array.from({ length: 50 }, () => openPage(url, agent)))));
    await quiet();
    report(`${PAGES.toLocaleString('en')} open pages, over idle`, [residentMiB(child) - before], 60, 'MiB', 0);
  } finally {
    for (const response of responses) response.destroy();
    await ended(child);
  }
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 3_000));
const newCookie = () => `emcee=${randomBytes(16).toString('base64url')}`;

function openPage(url, agent) {
  return new Promise((resolve, reject) => {
    get(`${url}/api/chat/stream`, { agent, headers: { Cookie: newCookie() } }, (response) => {
      response.once('data', () => resolve(response)).resume();
    }).on('error', reject);
  });
}

async function cpuPerMessage({ child, url }) {
  const before = cpuMs(child);
  await load(url, MESSAGES);
  return ((cpuMs(child) - before) * 1000) / MESSAGES;
}

/** Messages over a few kept connections; each visitor says fewer than the limit. */
async function load(url, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: SIDE_BY_SIDE });
  let left = count;
  const visitor = async () => {
    for (let cookie = newCookie(), said = 0; left > 0; said += 1) {
      left -= 1;
      if (said % 10 === 0) cookie = newCookie();
      await say(url, agent, cookie);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, visitor));
  agent.destroy();
}

function say(url, agent, cookie) {
  const body = JSON.stringify({ id: randomBytes(8).toString('hex'), text: '20231104' });
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Cookie: cookie };
    request(`${url}/api/chat/messages`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => (text.includes('https://example.org/slides/20231104') ? resolve() : reject(new Error(text))));
    })
      .on('error', reject)
      .end(body);
  });
}
