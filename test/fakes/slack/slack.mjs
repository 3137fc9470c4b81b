// Slack on loopback, for tests and benches. It refuses what Slack refuses, by Slack's names, and keeps what it accepted.
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { handleApi } from './api.mjs';
import { Deliverer } from './deliver.mjs';
import { answerJson, Faults } from './faults.mjs';
import { Hub } from './hub.mjs';
import { Replies } from './replies.mjs';
import { DEFAULTS } from './settings.mjs';
import { Voices } from './voices.mjs';
import { now, World } from './world.mjs';

export async function startSlack({ port = 0, ...options } = {}) {
  const slack = new Slack({ ...structuredClone(DEFAULTS), ...options });
  await slack.listen(port);
  return slack;
}

class Slack extends EventEmitter {
  posts = [];
  updates = [];
  calls = [];
  /** Messages that only one person sees, by ts. */
  ephemerals = new Map();
  lastPosts = new Map();
  /** How many posts came too soon. */
  limited = 0;
  faults = new Faults();
  hub = new Hub(this);
  replies = new Replies(this);
  voices = new Voices(this);
  hook = undefined;
  /** 'account_inactive', 'token_revoked', …: what every token gets from now on. */
  tokenError = undefined;
  #deliverer = new Deliverer(this);
  #closing = new AbortController();
  #server = createServer((request, response) => void this.#handle(request, response));

  constructor(options) {
    super();
    Object.assign(this, options);
    this.world = new World(options);
    this.setMaxListeners(0);
  }

  async listen(port) {
    // A connection closed for idleness just as a request arrives is a reset too: only the faults asked for should happen.
    this.#server.keepAliveTimeout = 600_000;
    this.#server.on('upgrade', (request, socket, head) => this.hub.accept(request, socket, head));
    await new Promise((resolve, reject) => this.#server.once('error', reject).listen(port, '127.0.0.1', resolve));
    this.port = this.#server.address().port;
    this.url = `http://127.0.0.1:${this.port}/api/`;
  }

  async #handle(request, response) {
    const url = new URL(request.url, `http://127.0.0.1:${this.port}`);
    try {
      if (url.pathname.startsWith('/api/') && ['GET', 'POST'].includes(request.method))
        return await handleApi(this, request, response, url);
      if (url.pathname.startsWith('/commands/') && request.method === 'POST') return await this.replies.handle(request, response, url);
      answerJson(response, { ok: false, error: 'not_found' }, 404);
    } catch (error) {
      // A body that broke off, or a mistake in here: the caller sees it, Slack lives on.
      if (!response.headersSent) answerJson(response, { ok: false, error: 'internal_error', why: String(error?.stack) }, 500);
    }
  }

  keep(post) {
    this.posts.push({ ...post, at: now() });
    this.emit('post', this.posts.at(-1));
  }

  /** The post that fits, now or as soon as it comes. */
  posted(fits, withinMs = 30_000) {
    const wanted = typeof fits === 'number' ? () => this.posts.length >= fits : fits;
    const found = this.posts.find(wanted);
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const look = (post) => wanted(post) && end(() => resolve(post));
      const end = (settle) => {
        clearTimeout(timer);
        this.off('post', look);
        settle();
      };
      const why = () => new Error(`no such post within ${withinMs} ms; there are ${this.posts.length}`);
      const timer = setTimeout(() => end(() => reject(why())), withinMs);
      this.on('post', look);
    });
  }

  /** The bot's own posts come back to it as events. */
  echoed(channel, message, before) {
    if (!this.echo) return;
    const copy = structuredClone(message);
    if (before) void this.voices.changed(channel, copy, before);
    else for (const event of this.voices.eventsOf(channel, copy)) void this.voices.event(event);
  }

  dm = (user) => this.world.dm(user);
  fault = (method, fault, times = 1) => this.faults.add(method, fault, times);
  clearFaults = () => this.faults.clear();
  say = (said) => this.voices.say(said);
  edit = (said) => this.voices.edit(said);
  event = (event, options) => this.voices.happen(event, options);
  command = (given) => this.voices.command(given);
  click = (given) => this.voices.click(given);
  challenge = (word, options) => this.voices.challenge(word, options);
  rateLimited = (options) => this.voices.rateLimited(options);
  deliver = (payload, options) => this.#deliverer.deliver(payload, options);
  replay = (options) => this.hub.replay(options);
  goSilent = () => this.hub.silence('dumb');
  goMute = () => this.hub.silence('mute');
  dropSockets = () => this.hub.drop();
  disconnectNotice = (reason = 'refresh_requested', closeAfterMs = 10_000) => this.hub.notice(reason, closeAfterMs);

  get sockets() {
    return this.hub.connections;
  }
  get acks() {
    return this.hub.acks;
  }
  get noHello() {
    return this.hub.noHello;
  }
  set noHello(on) {
    this.hub.noHello = on;
  }

  /** False when Slack was closed meanwhile. */
  sleep(ms) {
    const { signal } = this.#closing;
    return new Promise((resolve) => {
      const done = (whole) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        resolve(whole);
      };
      const stop = () => done(false);
      const timer = setTimeout(done, ms, true);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop);
    });
  }

  close() {
    this.#closing.abort();
    this.hub.close();
    this.#deliverer.close();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
