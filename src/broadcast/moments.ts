import { wallTime } from '../content/time-zone.js';
import type { Language } from '../content/types.js';
import { BROADCAST_PHRASES } from '../phrases/broadcast.js';

/** `2026-12-01 18:00 (Asia/Shanghai)` */
export function whenText(at: number, timezone: string): string {
  return `${wallTime(at, timezone).replace('T', ' ')} (${timezone})`;
}

export function spanText(ms: number, language: Language): string {
  return BROADCAST_PHRASES[language].span(Math.ceil(ms / 1000));
}
