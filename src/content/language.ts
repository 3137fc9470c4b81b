// The language of a page: its name or folder first (Hugo), then a key, then what it is written in.
import type { Language } from './types.js';

/** Reads enough of the text to know, never all of it. */
const SAMPLE = 4_000;

export function languageOf(file: string, data: Record<string, unknown>, body: string): Language {
  const named = versionOf(file).language ?? spoken(data.lang) ?? spoken(data.language) ?? spoken(data.locale);
  if (named) return named;
  const title = typeof data.title === 'string' ? data.title : '';
  const sample = title + body.slice(0, SAMPLE).replace(/https?:\/\/\S+|[\w./-]{30,}/g, '');
  const chinese = sample.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const latin = sample.match(/[A-Za-z]{2,}/g)?.length ?? 0;
  // A Chinese page is full of Latin names; an English one has next to no Chinese.
  return chinese > 0 && chinese * 5 >= latin ? 'zh' : 'en';
}

/** The same path for all language versions of a page, and which of them this one is. */
export function versionOf(file: string): { rest: string; language: Language | undefined } {
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
