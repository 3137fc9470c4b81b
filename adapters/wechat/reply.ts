// The answer in the response to a message (Passive_user_reply_message); sealed where the account wants that.
import { randomBytes } from 'node:crypto';
import type { Envelope } from './envelope.js';
import { textOf, type Wire } from './format.js';
import { sign } from './signature.js';
import { element } from './xml.js';

/** `to` the member's OpenID, `from` the account's id; `now` in milliseconds. */
export function replyXml(wire: Wire, { to, from }: { to: string; from: string }, now: number): string {
  const head = `${element('ToUserName', to)}${element('FromUserName', from)}<CreateTime>${seconds(now)}</CreateTime>`;
  return `<xml>${head}${contentXml(wire)}</xml>`;
}

/** The same for everybody who asks for the same. */
const contents = new WeakMap<Wire, string>();

function contentXml(wire: Wire): string {
  const known = contents.get(wire);
  if (known !== undefined) return known;
  const xml = wire.news ? newsXml(wire.news) : `${element('MsgType', 'text')}${element('Content', textOf(wire))}`;
  contents.set(wire, xml);
  return xml;
}

export function sealedXml(xml: string, envelope: Envelope, token: string, now: number): string {
  const sealed = envelope.seal(xml);
  const timestamp = seconds(now);
  const nonce = randomBytes(8).readBigUInt64BE().toString();
  const signature = element('MsgSignature', sign(token, timestamp, nonce, sealed));
  return `<xml>${element('Encrypt', sealed)}${signature}<TimeStamp>${timestamp}</TimeStamp>${element('Nonce', nonce)}</xml>`;
}

function newsXml({ title, description, image, url }: NonNullable<Wire['news']>): string {
  const item = [element('Title', title), element('Description', description), element('PicUrl', image), element('Url', url)].join('');
  return `${element('MsgType', 'news')}<ArticleCount>1</ArticleCount><Articles><item>${item}</item></Articles>`;
}

const seconds = (now: number) => String(Math.floor(now / 1000));
