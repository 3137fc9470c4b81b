// A page's address on the community's web site.
import type { Site } from './catalog.js';

/** Undefined when there is no site, or the page lies outside the folder that the site is made of. */
export function siteAddress(file: string, site: Site | null): string | null {
  if (!site) return null;
  const root = site.root ? `${site.root.replace(/\/+$/, '')}/` : '';
  if (!file.startsWith(root)) return null;
  const path = file
    .slice(root.length)
    .replace(/\.md$/i, '')
    .replace(/(^|\/)_?index$/i, '$1')
    .replace(/\.(?:zh|en)$/i, '');
  if (path.startsWith('../')) return null;
  const base = site.base.replace(/\/+$/, '');
  return path === '' ? `${base}/` : `${base}/${path.split('/').map(encodeURIComponent).join('/')}/`.replace(/\/+$/, '/');
}

/** A page's own `url`: whole as it is, a path below the site. */
export function ownAddress(url: string | null, site: Site | null): string | null {
  if (!url?.startsWith('/')) return url;
  return site ? new URL(url, site.base).href : null;
}
