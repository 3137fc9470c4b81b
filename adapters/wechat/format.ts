import { cutBytes, type Outgoing, type Wire as PlatformWire, safeUrl } from '../../src/adapter.js';
import { layOut } from './layout.js';
import { oneLine, plainMarkdown } from './markup.js';

const LONGEST_TITLE = 192;
const LONGEST_DESCRIPTION = 480;

/** What WeChat gets, as plain JSON. */
export interface Wire {
  text: string;
  /** Stands under the text where the member can turn the page. */
  nextPage?: string;
  /** The same as a card with a picture, for where one is taken. */
  news?: News;
}

export interface News {
  title: string;
  description: string;
  image: string;
  url: string;
}

interface Formatted {
  wire: Wire;
  rest?: Outgoing;
}

/** Answers to codes are handed out again and again. */
const formatted = new WeakMap<Outgoing, Formatted>();

export function format(message: Outgoing): Wire {
  return formatOnce(message).wire;
}

export function rest(message: Outgoing): Outgoing | undefined {
  return formatOnce(message).rest;
}

/** The whole text, as a member sees it. */
export function textOf(wire: PlatformWire): string {
  const { text, nextPage } = wire as Wire;
  return nextPage ? `${text}\n\n${nextPage}` : text;
}

function formatOnce(message: Outgoing): Formatted {
  const known = formatted.get(message);
  if (known) return known;
  const { text, nextPage, rest } = layOut(message);
  const news = newsOf(message);
  const wire = Object.freeze({ text, ...(nextPage && { nextPage }), ...(news && { news }) });
  const made = { wire, ...(rest && { rest }) };
  if (Object.isFrozen(message)) formatted.set(message, made);
  return made;
}

/** A card shows one link only: its page. Where there is more to copy or to choose, a text serves better. */
function newsOf({ text, card, choices = [] }: Outgoing): News | undefined {
  const page = card?.page && safeUrl(card.page);
  const image = card?.image && safeUrl(card.image);
  if (!card || !page || !image || !/^https?:/.test(page) || !/^https?:/.test(image)) return undefined;
  // A greeting, or a notice to an organizer, would be lost in the few lines that a card shows.
  if (text.includes('\n')) return undefined;
  if (card.asked || choices.length > 0 || card.links.some(({ url, password, note }) => safeUrl(url) !== page || password || note))
    return undefined;
  const description = [plainMarkdown(text), ...(card.lines ?? []).map(oneLine)].filter(Boolean).join('\n');
  return { title: cutBytes(oneLine(card.title), LONGEST_TITLE), description: cutBytes(description, LONGEST_DESCRIPTION), image, url: page };
}
