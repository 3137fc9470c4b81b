// Text only, links printed: cards sent to many rooms are what accounts were blocked for.
import { cutCharacters, type Outgoing, plainText } from '../../src/adapter.js';

/** No document gives a limit; what is longer is folded away by the clients. */
const MOST_CHARACTERS = 2_000;
/** WeChat's clients make a mention of @name with this sign behind it. */
const AFTER_MENTION = /\u2005/g;

export function format(message: Outgoing): string {
  const whole = plainText(message).replace(AFTER_MENTION, ' ');
  if (whole.length <= MOST_CHARACTERS) return whole;
  const { text, ...others } = message;
  // Links and choices are what was asked for: the text gives way.
  const needed = plainText({ text: '', ...others });
  const room = MOST_CHARACTERS - needed.length - 2;
  const shortened = room > 0 ? [cutCharacters(plainText({ text }), room), needed].filter(Boolean).join('\n\n') : needed;
  return cutCharacters(shortened, MOST_CHARACTERS).replace(AFTER_MENTION, ' ');
}
