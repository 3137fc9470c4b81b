// Values of keys, whatever form the writer gave them.

/** A string with something in it, trimmed; else undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** One word or a list of them, or of maps with a `name`; without empty ones. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object' && value !== null) return textsOf((value as { name?: unknown }).name);
  const text = asText(value);
  return text === undefined ? [] : [text];
}

/** http(s) links: one, a list, or `{ url }`. */
export function linksOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linksOf);
  if (typeof value === 'object' && value !== null) return linksOf((value as { url?: unknown }).url);
  const text = asText(value);
  return text !== undefined && isWebLink(text) ? [text] : [];
}

/** Whether a link leads to the web; `javascript:`, `data:` and whatever else do not. */
export function isWebLink(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}
