// `folder/**/*.md`: which folder a pattern begins in, and which paths below it fit.

/** The folder in front of the first wildcard, and what must fit below it. Without a wildcard every `.md` below the folder fits. */
export function splitGlob(glob: string): { folder: string; fits: (rest: string) => boolean } {
  const parts = glob.replace(/\/+$/, '').split('/');
  const wild = parts.findIndex((part) => /[*?{]/.test(part));
  if (wild < 0) {
    if (/\.md$/i.test(parts.at(-1) ?? '')) return { folder: parts.slice(0, -1).join('/') || '.', fits: (rest) => rest === parts.at(-1) };
    return { folder: parts.join('/') || '/', fits: (rest) => /\.md$/i.test(rest) };
  }
  const pattern = new RegExp(`^${parts.slice(wild).map(source).join('')}$`);
  return { folder: parts.slice(0, wild).join('/') || (glob.startsWith('/') ? '/' : '.'), fits: (rest) => pattern.test(rest) };
}

function source(part: string, at: number, parts: string[]): string {
  const isLast = at === parts.length - 1;
  if (part === '**') return isLast ? '.*' : '(?:[^/]+/)*';
  const text = part
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]')
    .replace(/\{([^{}]*)\}/g, (_, words: string) => `(?:${words.split(',').join('|')})`)
    .replace(/[{}]/g, '\\$&');
  return isLast ? text : `${text}/`;
}
