// What a mention looks like in WeChat: @name and U+2005 behind it; some clients put a blank.
const END = '(?:\\u2005|\\s|$)';

/** The text without mentions of the bot, which has these names here; `mentioned` where there was one. */
export function withoutMentions(text: string, names: readonly (string | undefined)[]): { text: string; mentioned: boolean } {
  let rest = text;
  for (const name of new Set(names.filter((each): each is string => Boolean(each?.trim()))))
    rest = rest.replace(new RegExp(`@${escaped(name)}${END}`, 'gu'), ' ');
  return { text: rest.replaceAll('\u2005', ' ').trim(), mentioned: rest !== text };
}

/** Where the names are not known to us, what stands in front and was meant for the bot. */
export function withoutLeadingMention(text: string): string {
  return text.replace(/^\s*@[^\u2005\n]{1,64}\u2005/u, '').trim();
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
