// A chat platform on loopback, as unfriendly as real ones. It keeps what it accepted: the other half of every check on deliveries.
import { createServer } from 'node:http';
import { answerWith, messageOf, readBody, sleepUnless } from './chat-answers.mjs';
import { draw, FAULTS, faultOf, pick } from './chat-faults.mjs';
import { retryAfterHeader, Windows } from './chat-limits.mjs';
import { Watch } from './chat-watch.mjs';

const LONGEST_TEXT = 4_000;
const DEFAULTS = {
  targets: ['room:1', 'room:2', 'room:3', 'person:ann'],
  limits: {},
  faults: {},
  next: [],
  historyFault: 0,
  historyLagMs: 0,
  refusals: ['not_in_room', 'unknown_target', 'blocked'],
  lateMs: 1_500,
  slowMs: 500,
};

export async function startChatServer({ seed = 1, port = 0, ...given } = {}) {
  const platform = new ChatPlatform(seed, { ...structuredClone(DEFAULTS), ...given });
  const server = createServer((request, response) => void platform.handle(request, response));
  // A connection closed for idleness just as a request arrives is a reset too: only the faults asked for should happen.
  server.keepAliveTimeout = 600_000;
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const { posts, settings, counts, watch } = platform;
  const close = () =>
    new Promise((resolve) => {
      platform.closing.abort();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}`, posts, violations: watch.violations, settings, counts, close };
}

class ChatPlatform {
  posts = [];
  watch = new Watch();
  /** `requests`, `ambiguous` (the sender cannot know what became of the post) and one number for each fault that happened. */
  counts = { requests: 0, ambiguous: 0 };
  closing = new AbortController();
  #windows = new Windows();
  /** How often each key was tried. */
  #tries = new Map();
  /** Posts by key: the read-back has to stay quick when there are many. */
  #byKey = new Map();
  #reads = 0;

  constructor(seed, settings) {
    this.seed = seed;
    this.settings = settings;
  }

  async handle(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://chat');
    const route = `${request.method} ${pathname}`;
    try {
      if (route === 'POST /send') {
        response.once('close', () => {
          if (!response.writableFinished || response.ambiguous) this.counts.ambiguous += 1;
        });
        return await this.#send(await readBody(request), response);
      }
      if (route === 'GET /history') return this.#history(searchParams.get('key') ?? '', response);
      if (route === 'GET /posts') return response.end(this.posts.map((post) => `${JSON.stringify(post)}\n`).join(''));
      if (route === 'GET /report') return answerWith(response, 'json', { violations: this.watch.violations, counts: this.counts });
      if (route === 'POST /settings') {
        Object.assign(this.settings, JSON.parse(await readBody(request)));
        return answerWith(response, 'json', this.settings);
      }
      answerWith(response, 'json', { error: 'no_such_method' }, 404);
    } catch (error) {
      // A body that broke off, or a test that set something impossible: the caller sees it, the platform lives on.
      answerWith(response, 'json', { error: 'malformed', why: String(error) }, 400);
    }
  }

  async #send(body, response) {
    const arrived = { arrival: ++this.counts.requests, arrivedAt: Date.now() };
    const message = messageOf(body);
    if (!message) return answerWith(response, 'json', { error: 'malformed' }, 400);
    const { target, text, key } = message;
    this.watch.overlap(message, response);
    const tries = (this.#tries.get(key) ?? 0) + 1;
    this.#tries.set(key, tries);
    const word = key ?? `request ${arrived.arrival}`;
    const name = this.settings.next.shift() ?? faultOf(this.settings.faults, draw(this.seed, word, tries));
    const { accept, answer, wait } = FAULTS[name];
    if (name !== 'none') this.counts[name] = (this.counts[name] ?? 0) + 1;
    const tooMany = () => retryAfterHeader(this.settings.retryAfter, 1_000, Date.now());
    if (answer === '429') return answerWith(response, '429', tooMany());
    if (answer === 'refused')
      return answerWith(response, 'json', { error: pick(this.settings.refusals, draw(this.seed, word, tries, 'why')) });
    if (accept) {
      if (!this.settings.targets.includes(target)) return answerWith(response, 'json', { error: 'unknown_target' });
      if ([...text].length > LONGEST_TEXT) return answerWith(response, 'json', { error: 'too_long' });
      const broken = this.#windows.broken(this.settings.limits, target, arrived.arrivedAt);
      if (broken) {
        this.watch.rate(broken, message);
        return answerWith(response, '429', retryAfterHeader(this.settings.retryAfter, broken.waitMs, arrived.arrivedAt));
      }
      this.#windows.note(target, arrived.arrivedAt, this.settings.limits);
      this.watch.order(this.settings.order, message);
      // The platform's own queue: it posts also when nobody listens any more.
      if (wait === 'late' && !(await sleepUnless(this.closing.signal, this.settings.lateMs))) return;
      const id = `p${this.posts.length + 1}`;
      const post = { id, target, text, key, at: Date.now(), ...arrived };
      this.posts.push(post);
      if (key !== undefined && !this.#byKey.has(key)) this.#byKey.set(key, post);
      if (wait === 'slow' && !(await sleepUnless(this.closing.signal, this.settings.slowMs))) return;
      if (answer === 'ok') return answerWith(response, 'json', { id });
    }
    response.ambiguous = true;
    answerWith(response, answer);
  }

  /** Read-back, which lags behind and fails like everything else. */
  #history(key, response) {
    const chance = draw(this.seed, 'history', key, ++this.#reads);
    if (chance < this.settings.historyFault)
      return answerWith(response, pick(['500', 'html', 'reset', 'cut', 'fatal', 'none'], chance / this.settings.historyFault));
    const post = this.#byKey.get(key);
    const found = post !== undefined && post.at + this.settings.historyLagMs <= Date.now();
    answerWith(response, 'json', found ? { found, id: post.id } : { found });
  }
}
