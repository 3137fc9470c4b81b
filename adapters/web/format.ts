import { type Card, cleanText, cutCharacters, type Link, misleads, type Outgoing, safeUrl } from '../../src/adapter.js';

const LONGEST_TEXT = 8_000;
const LONGEST_LINE = 300;
const MOST_LINES = 60;

/** What the page gets: the message itself, clean, cut, and with links that are safe to show. */
export function format({ text, card, choices }: Outgoing): Outgoing {
  return {
    text: cutCharacters(cleanText(text), LONGEST_TEXT),
    ...(card && { card: formatCard(card) }),
    ...(choices && { choices: choices.slice(0, MOST_LINES).map(({ label, say }) => ({ label: line(label), say: line(say) })) }),
  };
}

/** Without the image: the page asks no other host for anything. */
function formatCard({ title, lines, links }: Card): Card {
  return {
    title: line(title),
    ...(lines && { lines: lines.slice(0, MOST_LINES).map(line) }),
    links: links.slice(0, MOST_LINES).flatMap(formatLink),
  };
}

function formatLink({ label, url, password, note }: Link): Link[] {
  const safe = safeUrl(url);
  if (!safe) return [];
  const shown = line(label);
  return [
    {
      label: shown === '' || misleads(shown, safe) ? safe : shown,
      url: safe,
      ...(password && { password: line(password) }),
      ...(note && { note: line(note) }),
    },
  ];
}

function line(text: string): string {
  return cutCharacters(cleanText(text).replace(/\n+/g, ' ').trim(), LONGEST_LINE);
}
