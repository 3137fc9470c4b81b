// What keeps text from pages and members harmless on every platform. No expression here can backtrack.

const BIDI_OVERRIDE = /[\u202A-\u202E\u2066-\u2069]/g;
const LINE_END = /\r\n?|[\u2028\u2029\u0085]/g;
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const UNCLEAN = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\p{Surrogate}]/u;
const MASS_MENTION = /([@＠])(?=everyone|all|here|channel|room|所有人|全体|全體)/gi;
/** No user, no port, nothing to spell in another way: such an address need not be parsed. */
const USUAL_URL = /^https?:\/\/[a-z0-9.-]+(?:[/?#][!#-;=?-[\]_a-z~]*)?$/i;
const PLAIN_URL = /^[!#-;=?-[\]_a-z~]+$/i;

/** Removes bidi overrides and control characters, unifies line ends and replaces lone surrogates. */
export function cleanText(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text.replace(LINE_END, '\n').replace(/\t/g, ' ').replace(CONTROL, '').replace(BIDI_OVERRIDE, '').replace(LONE_SURROGATE, '\uFFFD');
}

/** Keeps `@everyone`, `@all`, `@所有人` from becoming a mention where a bridge would expand them. */
export function withoutMentions(text: string): string {
  return text.replace(MASS_MENTION, '$1\u200B');
}

/** The address to print and link to, or undefined when it is none that a member may be sent to (http, https, mailto). */
export function safeUrl(url: string): string | undefined {
  const trimmed = url.trim();
  const absolute = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  if (USUAL_URL.test(absolute)) return absolute.replace(MASS_MENTION, '%40');
  const parsed = parseUrl(absolute);
  if (!parsed || !['http:', 'https:', 'mailto:'].includes(parsed.protocol)) return undefined;
  // As written where every program reads it alike; else the standard spelling, with the host in punycode.
  const spelled = PLAIN_URL.test(absolute) ? absolute : parsed.href;
  return spelled.replace(MASS_MENTION, '%40');
}

/** Whether a label claims another address than the one it leads to, as `[https://bank](https://evil)` does. */
export function misleads(label: string, url: string): boolean {
  const claimed = /^(?:https?:\/\/|www\.)\S+$/i.test(label.trim()) ? parseUrl(label.trim().replace(/^www\./i, 'https://www.')) : null;
  return claimed !== null && claimed.host !== parseUrl(url)?.host;
}

function parseUrl(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
