// What a mention looks like in WeChat: @name and U+2005 behind it; some clients put a blank.
const SIGN = '\u2005';
/** What stands before the @ of an address rather than of a mention that was typed. */
const NOT_AFTER = '(?<![\\w.+%-])';

/** The text without mentions of the bot, which has these names here; `mentioned` where there was one. */
export function withoutMentions(text: string, names: readonly (string | undefined)[]): { text: string; mentioned: boolean } {
  const ours = names.filter((each): each is string => Boolean(each?.trim())).toSorted((a, b) => b.length - a.length);
  const name = `@(?:${ours.map(escaped).join('|')})`;
  // A client that puts its sign puts it behind every name: "@Ann Lee" may then be somebody else than Ann.
  const mention = text.includes(SIGN) ? `${name}${SIGN}|${NOT_AFTER}${name}$` : `${NOT_AFTER}${name}(?:\\s|$)`;
  const rest = ours.length === 0 ? text : text.replace(new RegExp(mention, 'gu'), ' ');
  return { text: rest.replaceAll(SIGN, ' ').trim(), mentioned: rest !== text };
}

/** Where the names are not known to us, what stands in front and was meant for the bot. */
export function withoutLeadingMention(text: string): string {
  return text.replace(/^\s*@[^\u2005\n]{1,64}\u2005/u, '').trim();
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
