// Slack's markup (docs.slack.dev/messaging/formatting-message-text): what leaves is escaped once, what comes is read back.
import { cleanText, type Inline, misleads, parseMarkdown, safeUrl } from '../../src/adapter.js';

const WORD = /[\p{L}\p{N}]/u;

/** Only these three; anything else would be shown as it is written. */
export function escapeText(text: string): string {
  return cleanText(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** `<url|label>`; the bare address where there is no label, or where the label claims another address. */
export function linkTo(url: string, label = ''): string {
  const safe = safeUrl(url);
  if (!safe) return escapeText(label || url);
  // Between the angle brackets a bar ends the address.
  const target = escapeText(safe).replace(/\|/g, '%7C');
  const shown = label.replace(/\n+/g, ' ').trim();
  return shown === '' || shown === safe || misleads(shown, safe) ? `<${target}>` : `<${target}|${escapeText(shown)}>`;
}

/** Small Markdown as mrkdwn. Nothing in it can mention anybody. */
export function toMrkdwn(markdown: string): string {
  return parseMarkdown(cleanText(markdown))
    .map(({ is, number, content }) => `${is === 'plain' ? '' : number === undefined ? '• ' : `${number}. `}${content.map(inline).join('')}`)
    .join('\n')
    .trim();
}

function inline(part: Inline, at: number, all: readonly Inline[]): string {
  if (part.is === 'link') return linkTo(part.url, part.text);
  const text = escapeText(part.text);
  if (part.is === 'text') return text;
  const mark = part.is === 'bold' ? '*' : '`';
  // Slack takes a mark for one only at the edge of a word, and Chinese has no blanks between words.
  const before = WORD.test(all[at - 1]?.text.at(-1) ?? '') ? '\u200B' : '';
  const after = WORD.test(all[at + 1]?.text.at(0) ?? '') ? '\u200B' : '';
  return `${before}${mark}${text}${mark}${after}`;
}

/** mrkdwn as a person reads it, every address in full. */
export function readable(mrkdwn: string): string {
  const shown = mrkdwn.replace(/<([^<>]*)>/g, (_, token: string) => {
    const [target = '', label = ''] = split(token);
    if (target.startsWith('!date')) return label;
    if (target.startsWith('!')) return `@${target.slice(1)}`;
    if (target.startsWith('@')) return `@${label || target.slice(1)}`;
    return label === '' ? target : `${label} (${target})`;
  });
  return decode(shown).replace(/\u200B/g, '');
}

/** What a member said, from an event's text; `mention` is the bot's user id, whose mention is taken out. */
export function readSaid(text: string, mention: string): { text: string; addressed: boolean } {
  let addressed = false;
  const said = text.replace(/<([^<>]*)>/g, (_, token: string) => {
    const [target = '', label = ''] = split(token);
    if (target === `@${mention}`) {
      addressed = true;
      return ' ';
    }
    if (target.startsWith('!')) return target.startsWith('!date') ? label : ' ';
    if (target.startsWith('#') || target.startsWith('@')) return `${target[0]}${label || target.slice(1)}`;
    // A client may turn a number or a host's name into a link; the label is what was typed.
    return label || target;
  });
  return { text: decode(said).trim(), addressed };
}

function split(token: string): [string, string] {
  const bar = token.lastIndexOf('|');
  return bar < 0 ? [token, ''] : [token.slice(0, token.indexOf('|')), token.slice(bar + 1)];
}

function decode(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
