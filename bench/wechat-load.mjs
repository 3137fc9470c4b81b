// WeChat's side of a measurement: messages made before the clock runs, and as little work as possible while it does.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { codeOf } from './pages.mjs';

const SIDE_BY_SIDE = 32;
const IDLE_MS = 3_000;
let made = 0;

/** So many new messages as bytes, signed now, each with its own MsgId. */
export function messages(account, count, pages) {
  return Array.from({ length: count }, () => {
    made += 1;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const nonce = String(1_000_000_000 + made);
    const xml = `<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName><FromUserName><![CDATA[oMember${made % 2_000}]]></FromUserName><CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${codeOf((made * 7) % pages)}]]></Content><MsgId>${BigInt(Date.now()) * 1_000_000n + BigInt(made)}</MsgId></xml>`;
    const query = `signature=${sign(account.token, timestamp, nonce)}&timestamp=${timestamp}&nonce=${nonce}&openid=oMember`;
    if (!account.aesKey) return post(query, xml);
    const sealed = seal(xml, account);
    const signature = sign(account.token, timestamp, nonce, sealed);
    const body = `<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
    return post(`${query}&encrypt_type=aes&msg_signature=${signature}`, body);
  });
}

const post = (query, body) =>
  Buffer.from(
    `POST /hooks/wechat?${query} HTTP/1.1\r\nHost: bench\r\nContent-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
const sign = (...parts) => createHash('sha1').update(parts.sort().join('')).digest('hex');

function seal(xml, { aesKey, appId }) {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const text = Buffer.from(xml);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([randomBytes(16), length, text, Buffer.from(appId)]);
  const fill = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(fill, fill)])), cipher.final()]).toString('base64');
}

/** Replies a second, all messages one after another over 32 connections. */
export async function throughput(url, prepared, isRight) {
  const connections = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => Connection.open(url)));
  let next = 0;
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (next < prepared.length) check(await connection.ask(prepared[next++]), isRight);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const connection of connections) connection.close();
  return prepared.length / seconds;
}

/** Milliseconds of each answer while they are sent at this pace, whatever the answers do. */
export async function paced(url, prepared, perSecond, isRight) {
  const free = [];
  const began = performance.now();
  const times = await Promise.all(
    prepared.map(async (message, index) => {
      const due = began + (index * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const last = free.pop();
      // The other side closes what is idle for five seconds, perhaps just as the next message leaves.
      const fresh = last && performance.now() - last.since < IDLE_MS;
      if (last && !fresh) last.connection.close();
      const connection = fresh ? last.connection : await Connection.open(url);
      const asked = performance.now();
      check(await connection.ask(message), isRight);
      const answered = performance.now();
      free.push({ connection, since: answered });
      return answered - asked;
    }),
  );
  for (const { connection } of free) connection.close();
  return times.sort((a, b) => a - b);
}

function check(answer, isRight) {
  if (!isRight(answer)) throw new Error(`a wrong answer: ${answer.slice(0, 400)}`);
}

/** One kept connection; one question at a time. */
class Connection {
  #socket;
  #chunks = [];
  #length = 0;
  #whole = -1;
  #settle;

  static open(url) {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname, () => resolve(new Connection(socket)));
      socket.setNoDelay(true).once('error', reject);
    });
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.once('close', () => this.#settle?.('closed'));
  }

  ask(message) {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#socket.write(message);
    });
  }

  close() {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #take(chunk) {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#whole < 0) {
      const head = Buffer.concat(this.#chunks).toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#whole = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    }
    if (this.#length < this.#whole) return;
    const answer = Buffer.concat(this.#chunks).toString('utf8');
    this.#chunks = [];
    this.#length = 0;
    this.#whole = -1;
    this.#settle?.(answer);
  }
}
