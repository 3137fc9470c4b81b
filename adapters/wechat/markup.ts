// WeChat's clients make links of <a href> in a text, wherever it comes from: nothing of ours, of a page or of a member may become one.
import { cleanText, misleads, plainText, safeUrl } from '../../src/adapter.js';

/** A sign that begins a tag, or its entity; `1 < 2` stays as it is. */
const TAG = /<(?=\s*[a-z/!?])|&(?:lt|#0*60|#x0*3c);/gi;
/** Opens menus and mini programs when tapped. */
const OWN_SCHEME = /(weixin|wechat):\/\//gi;

/** Text with what WeChat would take for markup shown as text. */
function harmless(text: string): string {
  return cleanText(text)
    .replace(TAG, '＜')
    .replace(OWN_SCHEME, (_, scheme: string) => `${scheme}:／／`);
}

/** Small Markdown as harmless plain text, its links printed. */
export function plainMarkdown(markdown: string): string {
  return harmless(plainText({ text: markdown }));
}

/** Text that was read already, so that reading it again gives the same. */
export function literally(text: string): string {
  return text.replace(/[\\`*[\]]/g, '\\$&').replace(/^( {0,3})(-|\d{1,3}(?=[.)] ))/, (_, blank: string, mark: string) => {
    return mark === '-' ? `${blank}\\-` : `${blank}${mark}\\`;
  });
}

/** A card's field or a label: one harmless line. */
export function oneLine(text: string): string {
  return harmless(text).replace(/\n+/g, ' ').trim();
}

/** The address as it is printed, and its label unless that says nothing or something false; undefined when it leads nowhere safe. */
export function printable(label: string, url: string): { label: string; url: string } | undefined {
  const safe = safeUrl(url);
  if (safe === undefined) return undefined;
  const shown = oneLine(label);
  return { label: shown === safe || misleads(shown, safe) ? '' : shown, url: safe };
}
