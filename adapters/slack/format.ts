// A message as Block Kit and as a complete text beside it: notifications, search and screen readers show only the text.
import {
  type Address,
  type Card,
  type Clock,
  cleanText,
  cutCharacters,
  type Link,
  misleads,
  type Outgoing,
  safeUrl,
  splitCharacters,
} from '../../src/adapter.js';
import { escapeText, linkTo, toMrkdwn } from './mrkdwn.js';

/** Limits: docs.slack.dev/reference/block-kit. */
const LONGEST_SECTION = 3_000;
const LONGEST_LABEL = 75;
const LONGEST_BUTTON_URL = 3_000;
const LONGEST_VALUE = 2_000;
const MOST_BUTTONS = 25;
const LONGEST_TEXT = 39_000;
/** All blocks together are refused near 13,200 (msg_blocks_too_long); the text gets what the rest leaves. */
const MOST_SIGNS = 12_800;
const LONGEST_PROSE = 9_000;
const LONGEST_CARD = 2_500;
/** Links may take all but this of what the text could have. */
const LEAST_PROSE = 1_500;
/** For “… +12” in place of lines that do not fit. */
const MORE_SIGNS = 10;
const LONGEST_CHOICES = 1_500;

export interface SlackWire {
  text: string;
  blocks: Block[];
}

export type Block =
  | { type: 'section'; text: { type: 'mrkdwn'; text: string; verbatim: true } }
  | { type: 'actions'; block_id: string; elements: Button[] };

interface Button {
  type: 'button';
  action_id: string;
  text: { type: 'plain_text'; text: string; emoji: false };
  url?: string;
  value?: string;
}

export function format({ text, card, choices = [], mention }: Outgoing): SlackWire {
  const password = /\p{Script=Han}/u.test(`${text}${card?.title ?? ''}`) ? '提取码' : 'Password (提取码)';
  const head = card ? headOf(card) : '';
  const links = (card?.links ?? []).flatMap(safeLink);
  // What was asked for stands there to be read and copied; everything else is to be tapped where that is enough.
  const others = links.slice(card?.asked ?? 0);
  const buttons = others.filter(isButton).slice(0, MOST_BUTTONS);
  const lines = links.map((link) => lineOf(link, password));
  const readAsText = lines.filter((_, index) => !buttons.includes(links[index] as Link));
  const offered = choices.slice(0, MOST_BUTTONS);
  const labels = offered.map(({ label }, index) => `${index + 1}. ${escapeText(oneLine(label))}`);
  const tapped = [
    ...actions('links', buttons.map(linkButton)),
    // A label that a button has to cut is told in full.
    ...(choices.some(({ label }) => oneLine(label).length > LONGEST_LABEL) ? lineSections(within(labels, LONGEST_CHOICES)) : []),
    ...actions('choices', offered.map(choiceButton)),
  ];
  const said = [mentions(mention), toMrkdwn(text)].filter(Boolean).join(' ');
  const room = MOST_SIGNS - lengthOf(tapped) - head.length;
  const listed = within(readAsText, room - Math.min(said.length, LEAST_PROSE));
  const prose = cutCharacters(said, Math.min(LONGEST_PROSE, room - listed.join('\n').length));
  return {
    text: cutCharacters([prose, head, lines.join('\n'), labels.join('\n')].filter(Boolean).join('\n\n'), LONGEST_TEXT),
    blocks: [...sections(prose), ...sections(head), ...lineSections(listed), ...tapped],
  };
}

function headOf({ title, lines = [], clock }: Card): string {
  const shown = lines.flatMap((line) => (clock && line === clock.line ? timeLines(clock) : [escapeText(oneLine(line))]));
  const heading = oneLine(title);
  return cutCharacters([heading && `*${escapeText(heading)}*`, ...shown].filter(Boolean).join('\n'), LONGEST_CARD);
}

/** The only way into Slack's mentions: a typed field that no page and no member can set. */
function mentions(mention: Outgoing['mention']): string {
  if (mention === 'everyone') return '<!channel>';
  return (mention ?? []).map(userOf).filter(Boolean).join(' ');
}

function userOf(address: Address): string {
  const [, kind, id = ''] = address.split(':');
  return kind === 'person' && /^[UW][A-Z0-9]+$/.test(id) ? `<@${id}>` : '';
}

/** The event's time with its zone, and the same by the reader's own clock; programs that cannot show that show the event's. */
function timeLines({ at, zoned, label }: Clock): string[] {
  const time = escapeText(oneLine(zoned));
  const alone = time.replace(/^[^:：]{1,20}[:：]\s*(?=\d)/, '');
  return [time, `${escapeText(label)}<!date^${Math.floor(at / 1000)}^{date_long_pretty} {time}|${alone}>`];
}

function safeLink(link: Link): Link[] {
  const url = safeUrl(link.url);
  return url ? [{ ...link, url, label: oneLine(link.label) }] : [];
}

/** A password and a note have to be read beside their link; and a label must not promise another address. */
function isButton({ label, url, password, note }: Link): boolean {
  return !password && !note && label !== '' && !misleads(label, url) && url.length <= LONGEST_BUTTON_URL;
}

function lineOf({ label, url, password, note }: Link, asks: string): string {
  const claims = label === '' || label === url || misleads(label, url);
  const more = [password && `${asks}: ${password}`, note].filter(Boolean).map((each) => escapeText(oneLine(String(each))));
  return [claims ? linkTo(url) : `${escapeText(label)}: ${linkTo(url)}`, ...more].join('  ');
}

function linkButton({ label, url }: Link, index: number): Button {
  return { type: 'button', action_id: `link-${index + 1}`, text: plain(label), url };
}

function choiceButton({ label, say }: { label: string; say: string }, index: number): Button {
  return { type: 'button', action_id: `choice-${index + 1}`, text: plain(label || say), value: cutCharacters(say, LONGEST_VALUE, '') };
}

/** plain_text is no markup: nothing in it is escaped. */
function plain(label: string): Button['text'] {
  return { type: 'plain_text', text: cutCharacters(oneLine(label), LONGEST_LABEL) || '…', emoji: false };
}

function actions(id: string, elements: Button[]): Block[] {
  return elements.length === 0 ? [] : [{ type: 'actions', block_id: id, elements }];
}

function sections(text: string): Block[] {
  return splitCharacters(text, LONGEST_SECTION)
    .filter((part) => part.trim() !== '')
    .map((part) => ({ type: 'section', text: { type: 'mrkdwn', text: part, verbatim: true } }));
}

/** As many whole lines as fit: half a link is none. What is left out is told. */
function within(lines: readonly string[], most: number): string[] {
  const fitting = lines.filter((line) => line.length <= LONGEST_SECTION);
  let length = 0;
  const end = fitting.findIndex((line, index) => {
    length += line.length + 1;
    return length > most - (index < lines.length - 1 ? MORE_SIGNS : 0);
  });
  const kept = end < 0 ? fitting : fitting.slice(0, end);
  return kept.length === lines.length ? kept : [...kept, `… +${lines.length - kept.length}`];
}

/** In sections of whole lines. */
function lineSections(lines: readonly string[]): Block[] {
  const parts: string[] = [];
  for (const line of lines) {
    const longer = parts.length === 0 ? line : `${parts.at(-1)}\n${line}`;
    if (parts.length > 0 && longer.length <= LONGEST_SECTION) parts[parts.length - 1] = longer;
    else parts.push(line);
  }
  return parts.flatMap(sections);
}

function lengthOf(blocks: readonly Block[]): number {
  const texts = blocks.flatMap((block) => (block.type === 'section' ? [block.text.text] : block.elements.map(({ text }) => text.text)));
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\n+/g, ' ').trim();
}
