import type { Problem } from './types.js';

/** A finding in both languages. */
export function problem(line: number, level: Problem['level'], rule: string, en: string, zh: string): Problem {
  return { line, level, rule, message: { en, zh } };
}
