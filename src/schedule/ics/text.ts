// The lines of an iCalendar file (RFC 5545): escaping, folding on octets, CRLF.
import { cleanText } from '../../render/index.js';

const MOST_OCTETS = 75;

/** A property with a text value. */
export function text(name: string, value: string): string {
  return `${name}:${escaped(value)}`;
}

export function escaped(value: string): string {
  return cleanText(value)
    .replace(/\\/g, '\\\\')
    .replace(/;/g, '\\;')
    .replace(/,/g, '\\,')
    .replace(/\r?\n|\r/g, '\\n');
}

/** `20360517T060000Z`. */
export function utc(instant: number): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** `20360517T140000` or `20360517` of a wall time. */
export function wall(written: string): string {
  return written.length > 10 ? `${written.replace(/[-:]/g, '')}00` : written.replace(/-/g, '');
}

/** A whole file of these components, each a list of unfolded lines. */
export function calendarFile(head: readonly string[], components: readonly (readonly string[])[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//emcee//emcee//EN',
    'CALSCALE:GREGORIAN',
    ...head,
    ...components.flat(),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** Lines longer than 75 octets go on in the next one, behind a blank; no sign is cut in two. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= MOST_OCTETS) return line;
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (octets + size > MOST_OCTETS) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += sign;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
