// How Slack reads text: `<…>` are links and mentions, `&amp; &lt; &gt;` are characters, everything else is what it is.

const decode = (text) => text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name]);
const split = (inside) => {
  const at = inside.indexOf('|');
  return at < 0 ? [inside, undefined] : [inside.slice(0, at), decode(inside.slice(at + 1))];
};

/** What `<inside>` is; undefined: Slack shows it as it stands. */
function special(inside) {
  const [target, label] = split(inside);
  const id = target.slice(1);
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { type: 'user', id, label };
  if (/^#[CGD][A-Z0-9]+$/.test(target)) return { type: 'channel', id, label };
  if (/^!subteam\^S[A-Z0-9]+$/.test(target)) return { type: 'usergroup', id: target.slice(9), label };
  if (/^!(here|channel|everyone|group)$/.test(target)) return { type: 'broadcast', range: id === 'group' ? 'channel' : id, label };
  const date = /^!date\^(-?\d+)\^([^^]+)(?:\^(.+))?$/.exec(target);
  // Without a fallback Slack does not show a date.
  if (date && label) return { type: 'date', timestamp: Number(date[1]), format: decode(date[2]), link: date[3] && decode(date[3]), label };
  if (/^(https?|ftp|slack):\/\/.|^(mailto|tel|sms):./i.test(target)) return { type: 'link', url: decode(target), label };
  return undefined;
}

/** `text`: decoded; the others with what they point to. A link that Slack makes of a bare address has `bare: true`. */
export function parseMrkdwn(text) {
  const tokens = [];
  const plain = (raw) => {
    if (raw === '') return;
    if (tokens.at(-1)?.type === 'text') tokens.at(-1).text += decode(raw);
    else tokens.push({ type: 'text', text: decode(raw) });
  };
  const found = /<([^<>\n]+)>|https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]]/gi;
  let upTo = 0;
  for (const match of text.matchAll(found)) {
    plain(text.slice(upTo, match.index));
    upTo = match.index + match[0].length;
    const token = match[1] === undefined ? { type: 'link', url: decode(match[0]), label: undefined, bare: true } : special(match[1]);
    if (token) tokens.push(token);
    else plain(match[0]);
  }
  plain(text.slice(upTo));
  return tokens;
}

const MENTIONS = ['user', 'usergroup', 'broadcast', 'channel'];

/** Tokens of every text that Slack reads as mrkdwn; a plain_text holds none. */
function* tokensOf(value) {
  if (Array.isArray(value)) for (const item of value) yield* tokensOf(item);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const { type, text } = value;
  if (type === 'plain_text') return;
  if ((type === 'mrkdwn' || type === 'markdown') && typeof text === 'string') return yield* parseMrkdwn(text);
  if (type === 'button' && value.url) yield { type: 'link', url: value.url, label: value.text?.text };
  if (type === 'link') yield { type, url: value.url, label: text };
  if (MENTIONS.includes(type)) yield { type, id: value.user_id ?? value.usergroup_id ?? value.channel_id, range: value.range };
  for (const inner of Object.values(value)) yield* tokensOf(inner);
}

function* attachmentTokens(attachments) {
  for (const attachment of attachments ?? []) {
    for (const text of [attachment.pretext, attachment.text, ...(attachment.fields ?? []).map((field) => field.value)])
      if (typeof text === 'string') yield* parseMrkdwn(text);
    if (attachment.title_link) yield { type: 'link', url: attachment.title_link, label: attachment.title };
    yield* tokensOf(attachment.blocks);
  }
}

const allTokens = ({ text, blocks, attachments }) => [...parseMrkdwn(text ?? ''), ...tokensOf(blocks), ...attachmentTokens(attachments)];

/** Whom and what a message mentions, in its text and in its blocks. */
export const mentionsIn = (message) => allTokens(message).filter(({ type }) => MENTIONS.includes(type));

/** Where a message leads, by links and by buttons. */
export const linksIn = (message) => allTokens(message).flatMap((token) => token.url ?? token.link ?? []);

const shown = (token) => {
  if (token.type === 'text') return token.text;
  if (token.type === 'link') return token.label === undefined || token.label === token.url ? token.url : `${token.label} (${token.url})`;
  if (token.type === 'user') return `@${token.label ?? token.id}`;
  if (token.type === 'channel') return `#${token.label ?? token.id}`;
  return token.type === 'broadcast' ? `@${token.range}` : (token.label ?? `@${token.id}`);
};

/** Marks stand only between spaces or signs: in `中*粗*文` the stars stay, as on Slack. */
const MARKS = /(^|[\s([{"'.,;:!?-])([*_~`])(?=\S)([^\n]*?\S)\2(?=$|[\s)\]}"'.,;:!?-])/gm;

function readMrkdwn(text) {
  const kept = [];
  // What is in the way of marks is put aside: an address may hold stars, and a link may stand between two of them.
  const bare = parseMrkdwn(text)
    .map((token) => (token.type === 'text' ? token.text : String.fromCodePoint(0xf0000 + kept.push(shown(token)) - 1)))
    .join('');
  let stripped = bare;
  for (let before; before !== stripped; ) {
    before = stripped;
    stripped = before.replace(MARKS, '$1$3');
  }
  return stripped.replace(/[\u{f0000}-\u{ffffd}]/gu, (sign) => kept[sign.codePointAt(0) - 0xf0000] ?? sign);
}

const read = (object) => (object?.type === 'mrkdwn' ? readMrkdwn(object.text) : (object?.text ?? object?.alt_text ?? ''));
const button = ({ text, url }) => (url ? `${text?.text} (${url})` : `[${text?.text}]`);
const elementText = (element) => (element.type === 'button' ? button(element) : read(element));

function blockText(block) {
  if (block.type === 'section')
    return [block.text && read(block.text), ...(block.fields ?? []).map(read), block.accessory && elementText(block.accessory)]
      .filter(Boolean)
      .join('\n');
  if (block.type === 'header') return read(block.text);
  if (block.type === 'context' || block.type === 'actions') return block.elements.map(elementText).join(' ');
  if (block.type === 'image') return [block.title?.text, block.alt_text].filter(Boolean).join('\n');
  if (block.type === 'markdown') return block.text;
  return block.type === 'divider' ? '---' : '';
}

/** The message as a person reads it; links as "label (url)", buttons without one as "[label]". With blocks, `text` is not shown. */
export function textOf({ text = '', blocks }) {
  if (blocks?.length > 0) return blocks.map(blockText).filter(Boolean).join('\n');
  return readMrkdwn(text);
}
