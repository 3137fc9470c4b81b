// WeChat's side of /hooks/wechat: signs, seals, sends and opens as its servers do. Written from the published rules, not from our code.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export interface Account {
  token: string;
  appId?: string;
  aesKey?: string;
  mode?: 'plain' | 'compatible' | 'safe';
}

export interface Answer {
  status: number;
  type: string;
  /** As it came. */
  body: string;
  /** The reply's own fields, opened where it was sealed; empty when it is none. */
  fields: Record<string, string>;
}

export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
export const APP_ID = 'wx2c2769f8efd9abc2';
export const TOKEN = 'spamtest';

let made = 0;
export const nowSeconds = () => Math.floor(Date.now() / 1000);
/** Beyond 2^53, as WeChat's are. */
export const newMsgId = () => String(7_400_000_000_000_000_000n + BigInt(Date.now()) * 100_000n + BigInt(++made));
export const newNonce = () => randomBytes(5).readUIntBE(0, 5).toString();
export const sha1 = (...parts: string[]) => createHash('sha1').update(parts.sort().join('')).digest('hex');
export const cdata = (name: string, value: string) => `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;

/** The XML of a message; fields with digits only stand bare, as WeChat writes them. */
export function messageXml(fields: Record<string, string>): string {
  const given = { ToUserName: 'gh_10f6c3c3ac5a', FromUserName: 'oMember', CreateTime: String(nowSeconds()), ...fields };
  const bare = new Set(['CreateTime', 'MsgId', 'MsgID', 'TotalCount', 'FilterCount', 'SentCount', 'ErrorCount']);
  return `<xml>${Object.entries(given)
    .map(([name, value]) => (bare.has(name) ? `<${name}>${value}</${name}>` : cdata(name, value)))
    .join('')}</xml>`;
}

export const text = (content: string, more: Record<string, string> = {}) =>
  messageXml({ MsgType: 'text', Content: content, MsgId: newMsgId(), ...more });
export const event = (name: string, more: Record<string, string> = {}) => messageXml({ MsgType: 'event', Event: name, ...more });

/** What may be wrong with an envelope; each is sealed and signed like a good one. */
export interface Faults {
  appId?: string;
  key?: string;
  /** Added to the true length. */
  lengthOff?: number;
  /** The bytes at the end instead of the right padding. */
  padding?: Buffer;
  random?: Buffer;
}

export function seal(xml: string, { aesKey = AES_KEY, appId = APP_ID }: Partial<Account>, faults: Faults = {}): string {
  const key = Buffer.from(`${faults.key ?? aesKey}=`, 'base64');
  const message = Buffer.from(xml);
  const length = Buffer.alloc(4);
  length.writeInt32BE(message.length + (faults.lengthOff ?? 0));
  const plain = Buffer.concat([faults.random ?? randomBytes(16), length, message, Buffer.from(faults.appId ?? appId)]);
  const fill = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const filled = Buffer.concat([plain, faults.padding ? fitted(faults.padding, plain.length) : Buffer.alloc(fill, fill)]);
  return Buffer.concat([cipher.update(filled), cipher.final()]).toString('base64');
}

/** A padding of any content, repeated in front so that whole AES blocks come out. */
function fitted(padding: Buffer, before: number): Buffer {
  const missing = (16 - ((before + padding.length) % 16)) % 16;
  return Buffer.concat([Buffer.alloc(missing, padding[0] ?? 0), padding]);
}

export function open(sealed: string, { aesKey = AES_KEY, appId = APP_ID }: Partial<Account>): string {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const filled = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  const plain = filled.subarray(0, filled.length - (filled.at(-1) ?? 0));
  const end = 20 + plain.readUInt32BE(16);
  if (plain.subarray(end).toString() !== appId) throw new Error('sealed for another account');
  return plain.subarray(20, end).toString();
}

export interface Request {
  query: Record<string, string>;
  body: string;
}

/** A request as WeChat makes it for this message; the parts may then be changed before it is sent. */
export function request(account: Account, xml: string, given: { timestamp?: string; nonce?: string; sealed?: string } = {}): Request {
  const { timestamp = String(nowSeconds()), nonce = newNonce() } = given;
  const query: Record<string, string> = { signature: sha1(account.token, timestamp, nonce), timestamp, nonce, openid: 'oMember' };
  const mode = account.mode ?? (account.aesKey ? 'safe' : 'plain');
  if (mode === 'plain') return { query, body: xml };
  const sealed = given.sealed ?? seal(xml, account);
  const encrypt = cdata('Encrypt', sealed);
  Object.assign(query, { encrypt_type: 'aes', msg_signature: sha1(account.token, timestamp, nonce, sealed) });
  const body =
    mode === 'safe' ? `<xml>${cdata('ToUserName', 'gh_10f6c3c3ac5a')}${encrypt}</xml>` : xml.replace('</xml>', `${encrypt}</xml>`);
  return { query, body };
}

/** Posts it to /hooks/wechat of a bot. */
export async function post(
  url: string,
  { query, body }: { query: Record<string, string> | string; body: BodyInit },
  account?: Account,
): Promise<Answer> {
  const search = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  const response = await fetch(`${url}/hooks/wechat?${search}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml' },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit);
  const came = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: came, fields: fieldsOf(came, account) };
}

/** Says something as a member does, and reads the answer. */
export function say(url: string, account: Account, xml: string, given?: Parameters<typeof request>[2]): Promise<Answer> {
  return post(url, request(account, xml, given), account);
}

function fieldsOf(body: string, account?: Account): Record<string, string> {
  if (!body.startsWith('<xml>')) return {};
  const outer = parse(body);
  if (outer.Encrypt === undefined || !account) return outer;
  const { Encrypt, MsgSignature, TimeStamp = '', Nonce = '' } = outer;
  if (sha1(account.token, TimeStamp, Nonce, Encrypt) !== MsgSignature) throw new Error('the reply is signed wrongly');
  return parse(open(Encrypt, account));
}

/** As an XML parser reads it: sections that were split are one text again. Throws where it is no XML. */
function parse(xml: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const inner = /^<xml>([\s\S]*)<\/xml>$/.exec(xml)?.[1];
  if (inner === undefined) throw new Error(`no XML: ${xml}`);
  const path: string[] = [];
  for (let at = 0; at < inner.length; ) {
    const rest = inner.slice(at);
    const section = /^<!\[CDATA\[([\s\S]*?)\]\]>/.exec(rest);
    const tag = /^<(\/?)(\w+)>/.exec(rest);
    const bare = /^[^<]+/.exec(rest);
    if (section || bare) {
      const name = path.join('.');
      fields[name] = (fields[name] ?? '') + (section ? section[1] : bare?.[0]);
    } else if (tag?.[1]) {
      if (path.pop() !== tag[2]) throw new Error(`no XML: ${xml}`);
    } else if (tag?.[2]) path.push(tag[2]);
    else throw new Error(`no XML at ${rest.slice(0, 40)}`);
    at += (section ?? bare ?? tag)?.[0].length ?? 1;
  }
  return fields;
}
