// The adapter of the chat platform in chat-server.mjs, plain JavaScript that a started bot loads: EMCEE_ADAPTERS=…/chat-adapter.mjs.
import { Agent } from 'node:http';
import { ask, retryAfterMs } from './chat-request.mjs';

const LONGEST_TEXT = 4_000;
/** The errors that say for certain that nothing was posted; any other is as good as no answer. */
const REASONS = {
  unknown_target: 'unknown-target',
  not_in_room: 'not-allowed',
  window_closed: 'window-closed',
  signed_out: 'signed-out',
  too_long: 'too-long',
  blocked: 'refused',
  malformed: 'refused',
};

const sendError = (reason, maybeSent, message, more) =>
  Object.assign(new Error(message), { name: 'SendError', reason, maybeSent, ...more });

function jsonOf(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function format({ text, card, choices = [] }) {
  const links = (card?.links ?? []).map(({ label, url, password, note }) =>
    [`${label}: ${url}`, password && `(${password})`, note].filter(Boolean).join(' '),
  );
  const said = [text, card?.title, ...(card?.lines ?? [])].filter(Boolean).join('\n');
  const kept = [...links, ...choices.map(({ label, say }) => `${say}: ${label}`)].join('\n');
  // What can be clicked or typed stays whole; the text before it gives way.
  const room = Math.max(0, LONGEST_TEXT - [...kept].length - 1);
  return { text: [[...said].slice(0, room).join(''), kept].filter(Boolean).join('\n') };
}

class ChatAdapter {
  #settings;
  #instance;
  #host;
  #agent = new Agent({ keepAlive: true });
  #underWay = new Set();
  webhook = { maxBytes: 64_000, handle: (request) => this.#take(request) };

  constructor(settings, instance) {
    this.#settings = settings;
    this.#instance = instance;
    if (settings.CHAT_READ_BACK) this.seen = (_to, deliveryId) => this.#seen(deliveryId);
  }

  async connect(host) {
    this.#host = host;
    host.report({ is: 'online' });
  }

  async close() {
    await Promise.allSettled(this.#underWay);
    this.#agent.destroy();
  }

  capabilities() {
    const { CHAT_LIMITS = [], CHAT_GAP_MS } = this.#settings;
    return { proactive: 'always', rooms: true, choices: false, limits: CHAT_LIMITS, gapMs: [CHAT_GAP_MS, CHAT_GAP_MS] };
  }

  send(to, wire, { deliveryId, signal } = {}) {
    const sending = this.#send(to, wire, deliveryId, signal).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
    return sending;
  }

  async #send(to, wire, key, signal) {
    const target = to.startsWith(`${this.#instance}:`) ? to.slice(this.#instance.length + 1) : '';
    if (target === '') throw sendError('unknown-target', false, `${to} is not of this platform`);
    const body = JSON.stringify({ target, text: wire.text, key });
    const answer = await this.#ask('/send', { method: 'POST', body, signal }).catch((error) => {
      throw sendError('unreachable', error.left !== false, error.message);
    });
    if (answer.status === 429)
      throw sendError('rate-limited', false, 'too many posts', { retryAfterMs: retryAfterMs(answer.headers['retry-after']) });
    const { id, error } = jsonOf(answer.text);
    const reason = answer.status === 200 || answer.status === 400 ? REASONS[error] : undefined;
    if (reason) throw sendError(reason, false, `the platform says ${error}`);
    if (answer.status === 200 && typeof id === 'string') return { platformId: id, state: 'accepted', at: new Date() };
    throw sendError('unreachable', true, `no clear answer: status ${answer.status} ${error ?? answer.text.slice(0, 40)}`);
  }

  /** Rejects when there is no answer; an answer that cannot be read is `cannot-tell`. */
  async #seen(deliveryId) {
    const { status, text } = await this.#ask(`/history?key=${encodeURIComponent(deliveryId)}`, {});
    const { found, id } = status === 200 ? jsonOf(text) : {};
    if (found === true && typeof id === 'string') return { state: 'sent', platformId: id };
    return { state: found === false ? 'absent' : 'cannot-tell' };
  }

  async #take({ body }) {
    const { id, from, room, text } = jsonOf(body.toString('utf8'));
    if (![id, from, text].every((each) => typeof each === 'string' && each !== '')) return { status: 400 };
    const where = `${this.#instance}:${room ? `room:${room}` : `person:${from}`}`;
    const said = text.replace(/^@emcee\s+/, '');
    const message = { id, where, sender: { id: from, isBot: false }, text: said, addressed: !room || said !== text, at: new Date() };
    // Not kept, so not acknowledged: the platform says it again.
    return this.#host.receive(message).then(
      () => ({ status: 200 }),
      () => ({ status: 503 }),
    );
  }

  #ask(path, options) {
    const { CHAT_URL, CHAT_TIMEOUT_MS } = this.#settings;
    return ask(new URL(path, CHAT_URL), { agent: this.#agent, timeoutMs: CHAT_TIMEOUT_MS, ...options });
  }
}

const milliseconds = (value) => {
  const number = Number(value);
  if (!(number >= 0)) throw new Error('Give a number of milliseconds.');
  return number;
};

export default {
  name: 'chat',
  settings: {
    CHAT_URL: { description: 'Where the chat platform answers, for example http://127.0.0.1:8080.' },
    CHAT_LIMITS: { description: 'What the platform allows: JSON, a list of limits.', optional: true, parse: (value) => JSON.parse(value) },
    CHAT_GAP_MS: { description: 'Pause between two posts to one target, in milliseconds.', default: '0', parse: milliseconds },
    CHAT_READ_BACK: { description: 'Whether posts can be looked up: yes or no.', default: 'yes', parse: (value) => value === 'yes' },
    CHAT_TIMEOUT_MS: { description: 'How long an answer may take, in milliseconds.', default: '2000', parse: milliseconds },
  },
  format,
  preview: (wire) => wire.text,
  create: (settings, instance) => new ChatAdapter(settings, instance),
};
