import type { Link } from '../adapter.js';
import { misleads, safeUrl } from '../render/index.js';

/** A link to another site; a label that claims another address gives way to the true one. */
export function Outside({ label, url, button = false }: Link & { button?: boolean }) {
  const href = safeUrl(url);
  return href === undefined ? (
    <span>{label}</span>
  ) : (
    <a class={button ? 'button' : undefined} href={href} rel="noopener noreferrer">
      {label === '' || misleads(label, href) ? href : label}
    </a>
  );
}
