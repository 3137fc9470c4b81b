// Strangers on the HTTP port: visitors with their cookies, streams of events, and raw bytes on a socket.
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';

let made = 0;
export const newId = () => `message-${++made}`;
/** A cookie such as the bot gives out, without having to ask for one. */
export const newCookie = (name = 'emcee') => `${name}=visitor-${String(++made).padStart(14, '0')}`;

export interface Said {
  status: number;
  headers: Headers;
  body: { id?: string; reply?: { text: string } | null; error?: string };
}

/** POST /api/chat/messages; a `body` is sent as it is. */
export async function say(
  url: string,
  said: { text?: string; id?: string; language?: string; body?: BodyInit; cookie?: string; headers?: Record<string, string> } = {},
): Promise<Said> {
  const { text = 'help', id = newId(), language = 'en', body, cookie = newCookie(), headers = {} } = said;
  const response = await fetch(`${url}/api/chat/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(cookie && { Cookie: cookie }), ...headers },
    body: body ?? JSON.stringify({ id, text, language }),
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit);
  const answer = await response.text();
  return { status: response.status, headers: response.headers, body: answer.startsWith('{') ? JSON.parse(answer) : { error: answer } };
}

export interface OpenStream {
  status: number;
  text(): string;
  posts(): { seq: number; message: { text: string } }[];
  ended(): boolean;
  close(): void;
}

export function openStream(url: string, cookie: string, query = '', headers: Record<string, string> = {}): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/api/chat/stream${query}`, { agent: false, headers: { Cookie: cookie, ...headers } });
    request.once('error', reject);
    request.once('response', (response: IncomingMessage) => {
      let text = '';
      let ended = false;
      response.setEncoding('utf8').on('data', (more: string) => {
        text += more;
      });
      for (const end of ['end', 'error', 'close'] as const)
        response.on(end, () => {
          ended = true;
        });
      request.off('error', reject).on('error', () => undefined);
      resolve({
        status: response.statusCode ?? 0,
        text: () => text,
        posts: () => [...text.matchAll(/^data: (\{"seq".*)$/gm)].map(([, data = '']) => JSON.parse(data)),
        ended: () => ended,
        close: () => request.destroy(),
      });
    });
  });
}

/** A machine with much to do answers late. */
const FIRST_BYTE_MS = 5_000;

/** Bytes as they are, and what came back until the other side closed, or was quiet for `quietMs` after it had begun. */
export function raw(url: string, bytes: string, quietMs = 300): Promise<string> {
  return new Promise((resolve) => {
    const socket = openSocket(url, bytes);
    let got = '';
    socket.setEncoding('latin1').on('data', (more: string) => {
      got += more;
      socket.setTimeout(quietMs);
    });
    socket.setTimeout(Math.max(quietMs, FIRST_BYTE_MS), () => socket.destroy());
    socket.once('close', () => resolve(got));
  });
}

export function openSocket(url: string, bytes: string | Buffer): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(bytes);
  return socket;
}

/** Resident memory of a process in MB; only where there is a /proc. */
export function memoryOf(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
