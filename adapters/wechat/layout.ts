// A message as one text of WeChat: what was asked for first, then the rest as far as 2,048 bytes go.
import { cutBytes, type Outgoing } from '../../src/adapter.js';
import { oneLine } from './markup.js';
import { type Phrases, phrasesFor } from './phrases.js';
import { MOST_BYTES, type Piece, piecesOf, type Rest, size } from './pieces.js';

/** A list of choices takes at most so much: the lead has to stand above it. */
const CHOICES_BYTES = 1_400;

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
  let goesOn = false;
  for (const [index, piece] of pieces.entries()) {
    const gap = text === '' ? '' : '\n'.repeat(piece.gap);
    const fits = used + gap.length + size(piece.show) <= room;
    if (fits) text += gap + piece.show;
    // Under a heading alone, or under nothing, it would never fit, and no page would ever end: it stands alone.
    else if (!goesOn) text = [piece.show, ...(piece.shorter ?? [])].find((show) => size(show) <= room) ?? cutBytes(piece.show, room);
    else return { text, left: pieces.slice(index).filter(({ keep }) => keep) };
    used = size(text);
    goesOn ||= !fits || piece.keep !== undefined;
  }
  return { text, left: [] };
}

function restOf(left: readonly Piece[], { card, choices }: Outgoing, say: Phrases, turnsPage: boolean): Outgoing {
  const rest: Rest = { lines: [], card: { lines: [], links: [], asked: 0 } };
  for (const piece of left) piece.keep?.(rest);
  const { lines, links, asked } = rest.card;
  return {
    text: rest.lines.map(({ text }) => text).join('\n') || say.rest,
    ...(card && lines.length + links.length > 0 && { card: { title: card.title, lines, links, asked } }),
    ...(turnsPage && choices && { choices: choices.slice(-1) }),
  };
}
