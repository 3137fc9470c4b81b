// Words that mean something by themselves, as whole messages. All are compared folded.

export type Command = 'help' | 'next' | 'last' | 'events' | 'whoami' | 'welcome' | 'thanks';
export type Reference = { is: 'number'; number: number } | { is: 'more' | 'back' };

const COMMANDS = table<Command>({
  help: '帮助 求助 菜单 功能 用法 怎么用 使用说明 使用帮助 help menu usage commands',
  next: '下一场 下场 下一次 下一个活动 下一场活动 下次活动 最近有什么活动 next nextevent nextmeetup nextone whatsnext whatisnext',
  last: '上一场 上场 上次活动 上一场活动 上一次活动 最近一场 last lastevent lastmeetup latest latestevent',
  events:
    '活动 活动列表 全部活动 所有活动 近期活动 最近活动 最近的活动 有什么活动 有哪些活动 日程 events event eventlist allevents listevents upcoming upcomingevents meetups schedule',
  whoami: '我是谁 我的地址 我的id whoami whoiam',
  welcome: '你好 您好 嗨 哈喽 在吗 hi hello hey start',
  thanks: '谢谢 多谢 感谢 谢谢你 谢谢您 好的谢谢 thanks thankyou thx ty',
});

const REFERENCES = table<'more' | 'back'>({
  more: '更多 还有吗 还有呢 继续 下一页 下页 more showmore nextpage',
  back: '上一页 上页 前一页 prev previous previouspage back',
});

const NUMERALS = '零一二三四五六七八九十';
const NUMBER = /^第?(?:(\d{1,2})|([一二三四五六七八九十]))(?:个|场|项|条|号|st|nd|rd|th)?$/;
const LONGEST_REFERENCE = 16;

/** The command that a folded message is. */
export function commandOf(folded: string): Command | undefined {
  return COMMANDS.get(folded);
}

/** What a folded message refers back to: a number of the list that was offered, or its next or previous page. */
export function referenceOf(folded: string): Reference | undefined {
  if (folded.length > LONGEST_REFERENCE) return undefined;
  const page = REFERENCES.get(folded);
  if (page) return { is: page };
  const found = NUMBER.exec(folded);
  if (!found) return undefined;
  return { is: 'number', number: found[1] === undefined ? NUMERALS.indexOf(found[2] ?? '') : Number(found[1]) };
}

function table<Name extends string>(words: Record<Name, string>): ReadonlyMap<string, Name> {
  const entries = Object.entries(words) as [Name, string][];
  return new Map(entries.flatMap(([name, list]) => list.split(' ').map((word): [string, Name] => [word, name])));
}
