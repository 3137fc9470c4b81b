// The language of a page: its name or folder first (Hugo), then a key, then what it is written in.
import type { Language } from './types.js';

/** Reads enough of the text to know, never all of it. */
const SAMPLE = 4_000;

export function languageOf(file: string, data: Record<string, unknown>, body: string): Language {
  const named = versionOf(file).language ?? spoken(data.lang) ?? spoken(data.language) ?? spoken(data.locale);
  if (named) return named;
  const { chinese, latin } = count(typeof data.title === 'string' ? `${data.title} ${body.slice(0, SAMPLE)}` : body.slice(0, SAMPLE));
  // A Chinese page is full of Latin names; an English one has next to no Chinese.
  return chinese > 0 && chinese * 5 >= latin ? 'zh' : 'en';
}

/** Chinese characters and Latin words; links are in no language. */
function count(text: string): { chinese: number; latin: number } {
  let chinese = 0;
  let latin = 0;
  let letters = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    const lower = sign | 0x20;
    if (lower >= 0x61 && lower <= 0x7a) {
      // From the second letter on: single ones are no words.
      if (++letters === 2) latin++;
      continue;
    }
    letters = 0;
    if (sign >= 0x3400 && sign <= 0x9fff) chinese++;
    else if (sign === 0x3a && text.startsWith('//', at + 1)) while (at + 1 < text.length && text.charCodeAt(at + 1) > 0x20) at++;
  }
  return { chinese, latin };
}

/** The same path for all language versions of a page, and which of them this one is. */
export function versionOf(file: string): { rest: string; language: Language | undefined } {
  // Most paths say nothing of a language.
  if (!/(?:^|[/.])(?:zh|en)[-/.]/i.test(file)) return { rest: file, language: undefined };
  const suffix = /^(.*)\.(zh|en|zh-(?:cn|hans)|en-(?:us|gb))\.(md|markdown|mdx)$/i.exec(file);
  if (suffix) return { rest: `${suffix[1]}.${suffix[3]}`, language: spoken(suffix[2]) };
  const parts = file.split('/');
  const at = parts.findIndex((part, index) => index < parts.length - 1 && /^(?:zh|en|zh-(?:cn|hans)|en-(?:us|gb))$/i.test(part));
  if (at < 0) return { rest: file, language: undefined };
  return { rest: parts.with(at, '*').join('/'), language: spoken(parts[at]) };
}

function spoken(value: unknown): Language | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^(?:zh|chinese|中文)/i.test(value)) return 'zh';
  return /^en/i.test(value) ? 'en' : undefined;
}
