// A message as Block Kit and as a complete text beside it: notifications, search and screen readers show only the text.
import { type Address, cleanText, cutCharacters, type Link, misleads, type Outgoing, safeUrl, splitCharacters } from '../../src/adapter.js';
import { escapeText, linkTo, toMrkdwn } from './mrkdwn.js';

/** Limits: docs.slack.dev/reference/block-kit; all blocks together are refused near 13,200 characters. */
const LONGEST_SECTION = 3_000;
const LONGEST_LABEL = 75;
const LONGEST_BUTTON_URL = 3_000;
const LONGEST_VALUE = 2_000;
const MOST_BUTTONS = 25;
const LONGEST_TEXT = 39_000;
/** For the text and the card's lines; links and buttons have what is left. */
const LONGEST_PROSE = 6_000;
const LONGEST_CARD = 2_900;
const LONGEST_LINKS = 2_900;

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
  style?: 'primary';
}

export function format({ text, card, choices = [], mention }: Outgoing): SlackWire {
  const prose = cutCharacters([mentions(mention), toMrkdwn(text)].filter(Boolean).join(' '), LONGEST_PROSE);
  const links = (card?.links ?? []).flatMap(safeLink);
  const password = /\p{Script=Han}/u.test(`${text}${card?.title ?? ''}`) ? '提取码' : 'Password (提取码)';
  const linkLine = (link: Link) => lineOf(link, password);
  const clock = card?.clock && escapeText(card.clock.label) + date(card.clock.at, card.clock.text);
  const title = card ? `*${escapeText(oneLine(card.title))}*` : '';
  const head = cutCharacters(
    [title, ...(card?.lines ?? []).map((line) => escapeText(oneLine(line))), clock].filter(Boolean).join('\n'),
    LONGEST_CARD,
  );
  const buttons = links.filter(isButton).slice(0, MOST_BUTTONS);
  const listed = within(links.filter((link) => !buttons.includes(link)).map(linkLine), LONGEST_LINKS);
  const labels = choices.slice(0, MOST_BUTTONS).map(({ label }, index) => `${index + 1}. ${escapeText(oneLine(label))}`);
  const long = choices.some(({ label }) => oneLine(label).length > LONGEST_LABEL);
  return {
    text: cutCharacters([prose, head, links.map(linkLine).join('\n'), labels.join('\n')].filter(Boolean).join('\n\n'), LONGEST_TEXT),
    blocks: [
      ...sections(prose),
      ...sections(head),
      ...sections(listed.join('\n')),
      ...actions('links', buttons.map(linkButton)),
      ...(long ? sections(within(labels, LONGEST_LINKS).join('\n')) : []),
      ...actions('choices', choices.slice(0, MOST_BUTTONS).map(choiceButton)),
    ],
  };
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

/** By the reader's own clock; programs that cannot show that get the event's. */
function date(at: number, text: string): string {
  return `<!date^${Math.floor(at / 1000)}^{date_long_pretty} {time}|${escapeText(text)}> = ${escapeText(text)}`;
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
  return { type: 'button', action_id: `link-${index + 1}`, text: plain(label), url, ...(index === 0 && { style: 'primary' }) };
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

/** As many whole lines as fit: half a link is none. */
function within(lines: readonly string[], most: number): string[] {
  let length = 0;
  return lines.filter((line) => {
    length += line.length + 1;
    return length <= most;
  });
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\n+/g, ' ').trim();
}
