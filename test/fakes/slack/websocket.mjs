// The server's side of RFC 6455, as much as Slack's sockets use: text, ping, pong, close. A client that breaks the rules is cut off.
import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const LONGEST = 1_000_000;

/** Answers the handshake; undefined when it was none, and then the caller has its 400. */
export function acceptSocket(request, socket, head) {
  const key = request.headers['sec-websocket-key'];
  if (request.headers.upgrade?.toLowerCase() !== 'websocket' || request.headers['sec-websocket-version'] !== '13' || !key) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return undefined;
  }
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  return new Connection(socket, head);
}

/** Emits 'text', 'ping', 'pong' and, once, 'close'. While `dumb`, it reads and answers nothing at all. */
class Connection extends EventEmitter {
  dumb = false;
  open = true;
  #socket;
  #received;
  #parts = [];

  constructor(socket, head) {
    super();
    this.#socket = socket;
    this.#received = head;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk)).on('error', () => {});
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      this.open = false;
      this.emit('close');
    });
    // What came with the handshake is read when the owner listens.
    setImmediate(() => this.#read(Buffer.alloc(0)));
  }

  send(value) {
    this.#frame(TEXT, Buffer.from(JSON.stringify(value)));
  }

  ping(text) {
    this.#frame(PING, Buffer.from(text));
  }

  close(code = 1000, reason = '') {
    if (!this.open) return;
    this.open = false;
    this.#frame(CLOSE, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]));
    this.#socket.end();
  }

  /** Gone without a word, as when a cable is pulled. */
  destroy() {
    this.open = false;
    this.#socket.resetAndDestroy();
  }

  #frame(opcode, payload) {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    let header = [0x80 | opcode, payload.length];
    if (payload.length > 65_535)
      header = [0x80 | opcode, 127, 0, 0, 0, 0, ...Buffer.from(new Uint32Array([payload.length]).buffer).reverse()];
    else if (payload.length > 125) header = [0x80 | opcode, 126, payload.length >> 8, payload.length & 255];
    this.#socket.write(Buffer.concat([Buffer.from(header), payload]));
  }

  #read(chunk) {
    if (this.dumb) return;
    this.#received = this.#received.length > 0 ? Buffer.concat([this.#received, chunk]) : chunk;
    for (let frame = this.#next(); frame && this.open; frame = this.#next()) this.#take(frame);
  }

  /** The first whole frame, taken from what has come. */
  #next() {
    const bytes = this.#received;
    if (!this.open || bytes.length < 2) return undefined;
    // Clients mask, and no extension was agreed on.
    if (!(bytes[1] & 0x80) || bytes[0] & 0x70) return this.close(1002, 'protocol error');
    let length = bytes[1] & 0x7f;
    const extra = length === 126 ? 2 : length === 127 ? 8 : 0;
    const start = 2 + extra + 4;
    if (bytes.length < start) return undefined;
    if (extra === 2) length = bytes.readUInt16BE(2);
    if (extra === 8) length = Number(bytes.readBigUInt64BE(2));
    if (length > LONGEST) return this.close(1009, 'too long');
    if (bytes.length < start + length) return undefined;
    const mask = bytes.subarray(start - 4, start);
    const payload = Buffer.from(bytes.subarray(start, start + length));
    for (let n = 0; n < length; n++) payload[n] ^= mask[n & 3];
    this.#received = bytes.subarray(start + length);
    return { opcode: bytes[0] & 0x0f, last: (bytes[0] & 0x80) !== 0, payload };
  }

  #take({ opcode, last, payload }) {
    if (opcode === PING) {
      this.#frame(PONG, payload);
      this.emit('ping');
    } else if (opcode === PONG) this.emit('pong');
    else if (opcode === CLOSE) {
      this.#frame(CLOSE, payload.subarray(0, 2));
      this.open = false;
      this.#socket.end();
    } else if (opcode > 2 || (opcode === 0) !== this.#parts.length > 0) this.close(1002, 'protocol error');
    else {
      this.#parts.push(payload);
      if (!last) return;
      const whole = Buffer.concat(this.#parts).toString('utf8');
      this.#parts = [];
      this.emit('text', whole);
    }
  }
}
