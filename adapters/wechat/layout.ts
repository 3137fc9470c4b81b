// A message as one text of WeChat: what was asked for first, then the rest as far as 2,048 bytes go.
import { type Card, cutBytes, type Link, type Outgoing, splitBytes } from '../../src/adapter.js';
import { oneLine, plainMarkdown, printable } from './markup.js';
import { type Phrases, phrasesFor } from './phrases.js';

/** Bytes of UTF-8. No document says so; longer texts have been seen to vanish (facts: MamaShip/Observer#77). */
const MOST_BYTES = 2048;
/** A longer address would leave no room for anything else, and no page would ever end. */
const LONGEST_URL = 1_000;
/** Of a title, a line, a label; of a password or a note. */
const LONGEST_FIELD = 300;
const LONGEST_EXTRA = 120;
/** A list of choices takes at most so much: the lead has to stand above it. */
const CHOICES_BYTES = 1_400;

/** A piece that is shown whole or goes into the rest. */
interface Piece {
  show: string;
  /** Line ends before it. */
  gap: 0 | 1 | 2;
  keep?(rest: Rest): void;
}

interface Rest {
  text: string[];
  card: { lines: string[]; links: Link[]; asked: number };
}

export interface Laid {
  text: string;
  /** How to get what comes after this text. */
  nextPage?: string;
  rest?: Outgoing;
}

/** Pure; `rest` holds what did not fit. */
export function layOut(message: Outgoing): Laid {
  const { card } = message;
  const say = phrasesFor(message.text || (card?.title ?? ''));
  const { choices, turnsPage } = choicesOf(message);
  const pieces = piecesOf(message, say);
  const reserved = choices === '' ? 0 : size(choices) + 2;
  const nextPage = size(say.nextPage) + 2;
  const whole = pieces.reduce((sum, piece) => sum + size(piece.show) + piece.gap, reserved);
  const room = MOST_BYTES - reserved - (turnsPage || whole > MOST_BYTES ? nextPage : 0);
  const { text, left } = fill(pieces, room);
  const shown = [text, choices].filter(Boolean).join('\n\n');
  const rest = left.length > 0 ? restOf(left, message, say, turnsPage) : undefined;
  return { text: shown, ...((rest || turnsPage) && { nextPage: say.nextPage }), ...(rest && { rest }) };
}

function piecesOf({ text, card }: Outgoing, say: Phrases): Piece[] {
  const asked = card?.links.slice(0, card.asked ?? 0) ?? [];
  const lines = text.split('\n');
  // Above the links stands nothing, so what introduces them goes beneath.
  const lead = asked.length > 0 ? lines.pop() : undefined;
  return [...askedPieces(asked, lead, say), ...lines.flatMap(textPieces), ...(card ? cardPieces(card, asked.length, say) : [])].filter(
    ({ show }) => show !== '',
  );
}

function askedPieces(links: readonly Link[], lead: string | undefined, say: Phrases): Piece[] {
  if (links.length === 0) return [];
  const several = links.length > 1;
  const caption = several ? '' : plainMarkdown(lead ?? '').replace(/[:：]$/, '');
  return [
    ...links.map((link): Piece => {
      const printed = printable(link.label, link.url);
      const label = several && printed?.label ? `↑ ${cutBytes(printed.label, LONGEST_FIELD)}` : '';
      return {
        show: [printed?.url ?? field(link.label), ...extras(link, say), label].filter(Boolean).join('\n'),
        gap: 2,
        keep: ({ card }) => {
          card.links.push(link);
          card.asked += 1;
        },
      };
    }),
    { show: say.openElsewhere, gap: 1 },
    { show: caption && `↑ ${caption}`, gap: 1 },
  ];
}

/** A line of the text; an empty one only parts what stands around it. */
function textPieces(line: string, index: number, lines: readonly string[]): Piece[] {
  const shown = plainMarkdown(line);
  const gap = index > 0 && lines[index - 1]?.trim() === '' ? 2 : 1;
  const parts = size(shown) > MOST_BYTES / 4 ? splitBytes(shown, MOST_BYTES / 4) : [shown];
  return parts.map((show, part) => ({
    show,
    gap: part === 0 ? (index === 0 ? 2 : gap) : 0,
    keep: ({ text }) => void text.push(parts.length > 1 ? show : line),
  }));
}

function cardPieces(card: Card, asked: number, say: Phrases): Piece[] {
  return [
    { show: field(card.title), gap: 2 },
    ...(card.lines ?? []).map((line): Piece => ({ show: field(line), gap: 1, keep: ({ card }) => void card.lines.push(line) })),
    ...card.links.slice(asked).map((link, index): Piece => {
      const printed = printable(link.label, link.url);
      const label = printed ? cutBytes(printed.label, LONGEST_FIELD) : field(link.label);
      return {
        show: [label, printed && printed.url.length > LONGEST_URL ? '' : printed?.url, ...extras(link, say)].filter(Boolean).join('\n'),
        gap: index === 0 ? 2 : 1,
        keep: ({ card }) => void card.links.push(link),
      };
    }),
  ];
}

function extras({ password, note }: Link, say: Phrases): string[] {
  // Some notes in slides.yaml say what is said under the links anyway.
  const said = note === undefined || /手机.*打不开.*浏览器/.test(note);
  const short = (text: string) => cutBytes(oneLine(text), LONGEST_EXTRA);
  return [password ? `${say.password}${short(password)}` : '', said ? '' : short(note)];
}

/** Numbered; the one that turns the page is said in words instead. */
function choicesOf({ choices = [] }: Outgoing): { choices: string; turnsPage: boolean } {
  const turnsPage = /^(?:更多|more)$/.test(choices.at(-1)?.say ?? '');
  const numbered = (turnsPage ? choices.slice(0, -1) : choices).map(({ label }, index) => `${index + 1}. ${oneLine(label)}`);
  const text = numbered.join('\n');
  if (size(text) <= CHOICES_BYTES) return { choices: text, turnsPage };
  // Every number has to be there to be chosen by.
  const each = Math.floor(CHOICES_BYTES / numbered.length) - 1;
  return { choices: numbered.map((line) => cutBytes(line, each)).join('\n'), turnsPage };
}

function fill(pieces: readonly Piece[], room: number): { text: string; left: Piece[] } {
  let text = '';
  let used = 0;
  for (const [index, piece] of pieces.entries()) {
    const gap = text === '' ? '' : '\n'.repeat(piece.gap);
    if (used + gap.length + size(piece.show) <= room) {
      text += gap + piece.show;
      used = size(text);
    } else if (text === '') {
      // Alone it is too long already: nothing would ever come after it.
      text = cutBytes(piece.show, room);
      used = size(text);
    } else return { text, left: pieces.slice(index).filter(({ keep }) => keep) };
  }
  return { text, left: [] };
}

function restOf(left: readonly Piece[], { card, choices }: Outgoing, say: Phrases, turnsPage: boolean): Outgoing {
  const rest: Rest = { text: [], card: { lines: [], links: [], asked: 0 } };
  for (const piece of left) piece.keep?.(rest);
  const { lines, links, asked } = rest.card;
  return {
    text: rest.text.join('\n') || say.rest,
    ...(card && lines.length + links.length > 0 && { card: { title: card.title, lines, links, asked } }),
    ...(turnsPage && choices && { choices: choices.slice(-1) }),
  };
}

const field = (text: string) => cutBytes(oneLine(text), LONGEST_FIELD);
const size = (text: string) => Buffer.byteLength(text);
