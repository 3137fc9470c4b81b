// What a request of WeChat says: a message, an event that is as good as one, a finished mass send, or nothing to answer.
import { createHash } from 'node:crypto';
import type { Incoming } from '../../src/adapter.js';

/** WeChat waits five seconds for the answer. */
const ANSWER_WITHIN_MS = 5_000;
const LONGEST_ID = 128;
/** Of a message: as WeChat writes it, it does not fit into a number. Whatever else stands there is none. */
const MESSAGE_ID = /^\d{1,20}$/;
/** What WeChat sends for stickers and whatever else has no form here. */
const UNSUPPORTED = '【收到不支持的消息类型，暂无法显示】';

export type Fields = ReadonlyMap<string, string>;

export interface FinishedJob {
  id: string;
  /** `send success`, `send fail`, `err(40001)` … */
  status: string;
  counts: Record<string, number>;
}

export interface Meaning {
  /** The same on every redelivery. */
  key: string;
  /** The member's OpenID and the account's own id. */
  from: string;
  to: string;
  message?: Incoming;
  finished?: FinishedJob;
}

/** Reads the fields of a message; undefined when it lacks what every message has. `now`: milliseconds. */
export function meaningOf(fields: Fields, instance: string, now: number): Meaning | undefined {
  const from = detached(fields.get('FromUserName') ?? '');
  const to = fields.get('ToUserName') ?? '';
  const type = fields.get('MsgType') ?? '';
  const created = fields.get('CreateTime') ?? '';
  if (![from, to, type].every((each) => each !== '' && each.length <= LONGEST_ID) || !/^\d{1,12}$/.test(created)) return undefined;
  const event = type === 'event' ? (fields.get('Event') ?? '').toLowerCase() : undefined;
  const key = keyOf(fields, event === undefined ? undefined : `${from}:${created}:${fields.get('Event')}:${fields.get('EventKey') ?? ''}`);
  const meaning: Meaning = { key, from, to };
  const message = (said: Pick<Incoming, 'text'> & Partial<Incoming>): Incoming => ({
    id: key,
    where: `${instance}:person:${from}`,
    sender: { id: from, isBot: false },
    addressed: true,
    at: new Date(Number(created) * 1000),
    answerBefore: new Date(now + ANSWER_WITHIN_MS),
    ...said,
  });
  if (event === undefined) return { ...meaning, message: message({ text: textOf(type, fields) }) };
  switch (event) {
    case 'subscribe':
    case 'scan':
    case 'click': {
      const eventKey = fields.get('EventKey')?.trim() ?? '';
      // Whoever follows by way of a QR code has its scene behind a prefix, and else nothing that was chosen.
      const text = event === 'subscribe' ? (/^qrscene_(.*)$/s.exec(eventKey)?.[1] ?? '') : eventKey;
      // A QR code with a mere number, or none: nobody chose anything, so it is a greeting.
      const greets = event !== 'click' && /^\d{0,3}$/.test(text);
      return { ...meaning, message: message({ text: greets ? '' : text, ...(greets && { arrived: true }), opensWindow: false }) };
    }
    case 'masssendjobfinish':
      return { ...meaning, finished: finishedJob(fields) };
    default:
      return meaning;
  }
}

/** Text that can be looked for. What is only seen or heard has none, and gets the hint how to ask. */
function textOf(type: string, fields: Fields): string {
  switch (type) {
    case 'text': {
      const text = fields.get('Content') ?? '';
      return text === UNSUPPORTED ? '' : text;
    }
    case 'voice':
      return fields.get('Recognition') ?? '';
    case 'location':
      return fields.get('Label') ?? '';
    case 'link':
      return fields.get('Title') ?? '';
    default:
      return '';
  }
}

/** Events have no MsgId. */
function keyOf(fields: Fields, ofEvent: string | undefined): string {
  const id = fields.get('MsgId') ?? '';
  const key = ofEvent ?? (MESSAGE_ID.test(id) ? id : `${fields.get('FromUserName')}:${fields.get('CreateTime')}:${fields.get('MsgType')}`);
  return key.length <= 2 * LONGEST_ID ? detached(key) : createHash('sha256').update(key).digest('base64url');
}

/** A copy: a piece of a string keeps the whole of it in memory, and these are remembered for a while. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}

function finishedJob(fields: Fields): FinishedJob {
  const counts: Record<string, number> = {};
  for (const [name, field] of [
    ['total', 'TotalCount'],
    ['filtered', 'FilterCount'],
    ['sent', 'SentCount'],
    ['failed', 'ErrorCount'],
  ] as const) {
    const written = fields.get(field);
    if (written !== undefined && /^\d{1,10}$/.test(written)) counts[name] = Number(written);
  }
  return { id: fields.get('MsgID') ?? fields.get('MsgId') ?? '', status: fields.get('Status') ?? '', counts };
}
