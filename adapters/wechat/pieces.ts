// What a message consists of, piece by piece.
import { type Card, cutBytes, type Link, type Outgoing, splitBytes } from '../../src/adapter.js';
import { literally, oneLine, plainMarkdown, printable } from './markup.js';
import type { Phrases } from './phrases.js';

/** Bytes of UTF-8. No document says so; longer texts have been seen to vanish (facts: MamaShip/Observer#77). */
export const MOST_BYTES = 2048;
/** Of a title, a line, a label; of a password or a note. */
const LONGEST_FIELD = 300;
const LONGEST_EXTRA = 120;

/** A piece that is shown whole or goes into the rest; without `keep` it is a heading, or belongs to what stands above it. */
export interface Piece {
  show: string;
  /** For where it is too long even alone, the best first. */
  shorter?: string[];
  /** Line ends before it. */
  gap: 0 | 1 | 2;
  keep?(rest: Rest): void;
}

export interface Rest {
  /** `of`: the line that this is a part of. */
  lines: { text: string; of: object }[];
  card: { lines: string[]; links: Link[]; asked: number };
}

/** What the message consists of, in the order in which it is shown. */
export function piecesOf({ text, card }: Outgoing, say: Phrases): Piece[] {
  const asked = card?.links.slice(0, card.asked ?? 0) ?? [];
  const lines = text.split('\n');
  // Above the links stands nothing, so what introduces them goes beneath.
  const lead = asked.length > 0 ? lines.pop() : undefined;
  // What only says that this is a second page is a heading, too.
  const body = text === say.rest ? lines.map((show): Piece => ({ show, gap: 2 })) : lines.flatMap(textPieces);
  return [...askedPieces(asked, lead, say), ...body, ...(card ? cardPieces(card, asked.length, say) : [])].filter(
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
        show: lined(printed?.url ?? field(link.label), ...extras(link, say), label),
        shorter: shorter(link, say),
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
    keep: ({ lines }) => {
      const last = lines.at(-1);
      if (last?.of === parts) last.text += literally(show);
      // A part was read already: what it shows now is meant as it stands.
      else lines.push({ text: parts.length > 1 ? literally(show) : line, of: parts });
    },
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
        show: lined(label, printed?.url ?? '', ...extras(link, say)),
        shorter: shorter(link, say),
        gap: index === 0 ? 2 : 1,
        keep: ({ card }) => void card.links.push(link),
      };
    }),
  ];
}

/** Address and password alone; else at least the password, and why there is no address. */
function shorter(link: Link, say: Phrases): string[] {
  const printed = printable(link.label, link.url);
  if (!printed) return [];
  const [password = ''] = extras(link, say);
  return [lined(printed.url, password), lined(cutBytes(printed.label, LONGEST_FIELD), say.tooLong, password)];
}

function extras({ password, note }: Link, say: Phrases): string[] {
  // Some notes in slides.yaml say what is said under the links anyway.
  const said = note === undefined || /手机.*打不开.*浏览器/.test(note);
  const short = (text: string) => cutBytes(oneLine(text), LONGEST_EXTRA);
  return [password ? `${say.password}${short(password)}` : '', said ? '' : short(note)];
}

const lined = (...lines: string[]) => lines.filter(Boolean).join('\n');
const field = (text: string) => cutBytes(oneLine(text), LONGEST_FIELD);
export const size = (text: string) => Buffer.byteLength(text);
