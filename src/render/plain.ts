import type { Card, Link, Outgoing } from '../adapter.js';
import { type Inline, parseMarkdown } from './markdown.js';
import { cleanText, misleads, safeUrl, withoutMentions } from './safe.js';

/** The message as plain text: every link is printed, whatever the platform makes of the rest. Pure. */
export function plainText(message: Outgoing): string {
  const chinese = /\p{Script=Han}/u.test(`${message.text}${message.card?.title ?? ''}`);
  const blocks = [
    plainMarkdown(message.text),
    message.card && plainCard(message.card, chinese),
    message.choices?.map((choice, index) => `${index + 1}. ${plain(choice.label)}`).join('\n'),
  ];
  return blocks.filter(Boolean).join('\n\n');
}

/** Small Markdown without its marks; links as `label address`. */
export function plainMarkdown(markdown: string): string {
  return parseMarkdown(cleanText(markdown))
    .map((line) => (line.is === 'plain' ? '' : line.number === undefined ? '• ' : `${line.number}. `) + inline(line.content))
    .join('\n')
    .trim();
}

/** A link in lines of its own: label and address, then the password that a netdisk asks for, then the note. */
export function plainLink(link: Link, chinese = true): string {
  const url = safeUrl(link.url);
  const label = plain(link.label);
  const lines = [!url ? label : label === '' || label === url || misleads(label, url) ? url : `${label}: ${url}`];
  if (link.password) lines.push(`  ${chinese ? '提取码' : 'Password (提取码)'}: ${plain(link.password)}`);
  if (link.note) lines.push(`  ${plain(link.note)}`);
  return lines.join('\n');
}

function plainCard(card: Card, chinese: boolean): string {
  const head = [card.title, ...(card.lines ?? [])].map(plain).filter(Boolean).join('\n');
  const links = card.links.map((link) => plainLink(link, chinese)).join('\n');
  return [head, links].filter(Boolean).join('\n\n');
}

function inline(parts: Inline[]): string {
  return parts
    .map((part, index) => {
      if (part.is !== 'link') return withoutMentions(part.text);
      const shown = part.text === part.url || misleads(part.text, part.url) ? part.url : `${withoutMentions(part.text)} ${part.url}`;
      const next = parts[index + 1]?.text[0];
      // Programs that find addresses in plain text would take the next sign for a part of it.
      return next === undefined || ' .,;!?'.includes(next) ? shown : `${shown} `;
    })
    .join('');
}

// Card fields and labels are one line each.
function plain(text: string): string {
  return withoutMentions(cleanText(text)).replace(/\n+/g, ' ').trim();
}
