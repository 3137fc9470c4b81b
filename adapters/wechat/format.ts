import { cutBytes, type Outgoing, type Wire as PlatformWire, safeUrl } from '../../src/adapter.js';
import { type Laid, layOut } from './layout.js';
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

/** Answers to codes are handed out again and again. */
const laid = new WeakMap<Outgoing, Laid>();

export function format(message: Outgoing): Wire {
  const { text, nextPage } = layOutOnce(message);
  const news = newsOf(message);
  return { text, ...(nextPage && { nextPage }), ...(news && { news }) };
}

export function rest(message: Outgoing): Outgoing | undefined {
  return layOutOnce(message).rest;
}

/** The whole text, as a member sees it. */
export function textOf(wire: PlatformWire): string {
  const { text, nextPage } = wire as Wire;
  return nextPage ? `${text}\n\n${nextPage}` : text;
}

function layOutOnce(message: Outgoing): Laid {
  if (!Object.isFrozen(message)) return layOut(message);
  const known = laid.get(message) ?? layOut(message);
  laid.set(message, known);
  return known;
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
