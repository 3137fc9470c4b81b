// Socket Mode: tickets, connections, and envelopes that are sent until somebody acknowledges them.
import { randomUUID } from 'node:crypto';
import { acceptSocket } from './websocket.mjs';
import { now, Refusal } from './world.mjs';

const MOST_SOCKETS = 10;
/** Slack tries an event four times in all. */
const RETRIES = 3;
const KEPT = 1_000;
const HOST = 'applink-fake-0';

export class Hub {
  connections = [];
  acks = [];
  noHello = false;
  #slack;
  #tickets = new Set();
  /** Envelopes nobody has acknowledged, and the last ones that were. */
  #waiting = new Map();
  #done = [];
  #turn = 0;

  constructor(slack) {
    this.#slack = slack;
  }

  /** The answer of apps.connections.open: an address that is good for one connection. */
  ticket() {
    if (this.connections.length >= MOST_SOCKETS) throw new Refusal('too_many_websockets');
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `ws://127.0.0.1:${this.#slack.port}/link/?ticket=${ticket}&app_id=${this.#slack.appId}`;
  }

  accept(request, socket, head) {
    const { pathname, searchParams } = new URL(request.url, 'http://slack');
    if (!/^\/link\/?$/.test(pathname) || !this.#tickets.delete(searchParams.get('ticket'))) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const connection = acceptSocket(request, socket, head);
    if (!connection) return;
    connection.mute = false;
    this.connections.push(connection);
    connection.on('text', (text) => this.#answered(text));
    const beat = setInterval(() => connection.mute || connection.dumb || connection.ping(`Ping from ${HOST}`), this.#slack.pingMs);
    connection.once('close', () => {
      clearInterval(beat);
      this.connections.splice(this.connections.indexOf(connection), 1);
    });
    if (this.noHello) return;
    connection.send({
      type: 'hello',
      num_connections: this.connections.length,
      debug_info: { host: HOST, build_number: 124, approximate_connection_time: 18_060 },
      connection_info: { app_id: this.#slack.appId },
    });
  }

  /** Settles with the acknowledgement, or without one when all tries were in vain: `{ status: 0 }`. */
  send(type, payload, accepts_response_payload) {
    const envelope = { envelope_id: randomUUID(), type, payload, accepts_response_payload };
    if (type === 'events_api') Object.assign(envelope, { retry_attempt: 0, retry_reason: '' });
    return new Promise((settle) => {
      const entry = { envelope, settle, from: now(), tries: 0 };
      this.#waiting.set(envelope.envelope_id, entry);
      this.#try(entry);
    });
  }

  #try(entry) {
    clearTimeout(entry.timer);
    entry.tries += 1;
    this.#write(entry.envelope);
    entry.timer = setTimeout(() => {
      const isEvent = entry.envelope.type === 'events_api';
      // Only events are tried again; who gave a command sees that the app did not answer.
      if (!isEvent || entry.envelope.retry_attempt >= RETRIES) return this.#giveUp(entry);
      entry.envelope = { ...entry.envelope, retry_attempt: entry.envelope.retry_attempt + 1, retry_reason: 'timeout' };
      this.#try(entry);
    }, this.#slack.socketRetryMs);
  }

  /** To one connection, in turn. A silent one swallows it: Slack cannot tell. */
  #write(envelope) {
    const open = this.connections.filter((connection) => connection.open && !connection.leaving);
    const connection = open[this.#turn++ % Math.max(1, open.length)];
    if (connection && !connection.mute && !connection.dumb) connection.send(envelope);
  }

  #giveUp({ envelope, settle, from, tries }) {
    settle({ status: 0, body: '', error: 'not acknowledged', ms: now() - from, envelopeId: envelope.envelope_id, tries });
  }

  #answered(text) {
    let answer;
    try {
      answer = JSON.parse(text);
    } catch {
      return;
    }
    const id = answer.envelope_id;
    this.acks.push(id);
    const entry = this.#waiting.get(id);
    if (!entry) return;
    clearTimeout(entry.timer);
    this.#waiting.delete(id);
    this.#done.push(entry);
    if (this.#done.length > KEPT) this.#done.shift();
    const body = entry.envelope.accepts_response_payload && answer.payload ? JSON.stringify(answer.payload) : '';
    entry.settle({ status: 200, body, ms: now() - entry.from, envelopeId: id, tries: entry.tries });
  }

  /** Once more, with the same ids and as if for the first time: what nobody acknowledged, and so many of the last that somebody did. */
  replay({ acked = 0 } = {}) {
    const again = [...this.#waiting.values(), ...(acked > 0 ? this.#done.slice(-acked) : [])];
    for (const { envelope } of again)
      this.#write(envelope.type === 'events_api' ? { ...envelope, retry_attempt: 0, retry_reason: '' } : envelope);
    return again.map(({ envelope }) => envelope.envelope_id);
  }

  silence(how) {
    for (const connection of this.connections) connection[how] = true;
  }

  drop() {
    for (const connection of [...this.connections]) connection.destroy();
  }

  /** Slack closes such a connection itself after a while. */
  notice(reason, closeAfterMs) {
    for (const connection of this.connections) {
      connection.leaving = true;
      connection.send({ type: 'disconnect', reason, debug_info: { host: HOST } });
      setTimeout(() => connection.close(1000), closeAfterMs).unref();
    }
  }

  close() {
    for (const entry of this.#waiting.values()) {
      clearTimeout(entry.timer);
      this.#giveUp(entry);
    }
    this.#waiting.clear();
    this.drop();
  }
}
