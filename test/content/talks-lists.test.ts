import { describe, expect, it } from 'vitest';
import { extractTalks } from '../../src/content/extract/talks.js';
import { splitFrontMatter } from '../../src/content/frontmatter.js';
import { scan } from '../../src/content/scan.js';

/** `title | name@house/name@house`, then V with a recording and S with slides; links of the page follow. */
function read(text: string): string[] {
  const { data, body, bodyLine, keyLine } = splitFrontMatter(`${text}\n`);
  const found = extractTalks({ file: 'page.md', data, keyLine, lines: scan(body, bodyLine), language: 'zh' });
  const talks = found.talks.map(({ title, speakers, video, slides }) => {
    const names = speakers.map((one) => (one.affiliation ? `${one.name}@${one.affiliation}` : one.name)).join('/');
    return `${title} | ${names}${video ? ' V' : ''}${slides ? ' S' : ''}`;
  });
  return [...talks, ...found.videos.map((url) => `V ${url}`)];
}

const FORMS: [string, string, string[]][] = [
  [
    'bullet name comma 《》',
    '# 秋日沙龙\n\n## 分享嘉宾\n\n- 张小北，云岭科技高级工程师：《缓存漫谈》\n- 李木（远山）《日志的写法》 [slides](https://a.b/x.pdf)\n- 阙明：《网关》\n- 赵青 —《网格之路》',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木 S', '网关 | 阙明', '网格之路 | 赵青'],
  ],
  ['speakers with books', '# 秋日沙龙\n\n## 分享嘉宾\n\n- 张小北，云岭科技工程师，著有《缓存之书》\n- 李木，《日志之书》作者', []],
  [
    'title dash name house',
    '# 秋日沙龙\n\n## 议题\n\n- 缓存漫谈 - 张小北，云岭科技\n- 日志的写法 - 李木（远帆集团）\n- 网格之路 @赵青',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木@远帆集团', '网格之路 | 赵青'],
  ],
  [
    'links with names',
    '# 秋日沙龙\n\n## 分享\n\n- [缓存漫谈，阙明](https://www.bilibili.com/video/BV1aa411c7aa)\n- [日志，写法与读法，李木](https://www.bilibili.com/video/BV1bb411c7bb)',
    ['缓存漫谈 | 阙明 V', '日志，写法与读法 | 李木 V'],
  ],
  [
    'links then names',
    '# 秋日沙龙\n\n## 分享\n\n- [缓存漫谈](https://www.bilibili.com/video/BV1aa411c7aa) - 张小北\n- [日志的写法](https://www.bilibili.com/video/BV1bb411c7bb) 李木，云岭科技工程师',
    ['缓存漫谈 | 张小北 V', '日志的写法 | 李木@云岭科技 V'],
  ],
  [
    'byline',
    '# 秋日沙龙\n\n## 主题\n\n### 缓存漫谈\n\n—— 阙明，云岭科技，架构师\n\n### 日志的写法\n-- 李木（远帆集团）\n\n### 网格\n> 讲师：赵青\n\n网格。',
    ['缓存漫谈 | 阙明@云岭科技', '日志的写法 | 李木@远帆集团', '网格 | 赵青'],
  ],
  [
    'agenda spans plain',
    '# 秋日沙龙\n\n## 活动议程\n\n- 13:30-14:00 签到\n- 14:00-14:30 缓存漫谈\n- 14:30-15:00 日志的写法\n- 15:00-15:20 茶歇\n- 15:20-16:00 网格之路',
    ['缓存漫谈 | ', '日志的写法 | ', '网格之路 | '],
  ],
  [
    'agenda indented',
    '# 秋日沙龙\n\n## 活动议程\n\n    13:30-14:00 签到\n    14:00-14:30 缓存漫谈（张小北，云岭科技）\n    14:30-15:00 日志的写法（李木，远帆集团）',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木@远帆集团'],
  ],
  [
    'agenda fenced',
    '# 秋日沙龙\n\n## 活动议程\n\n```\n13:30-14:00 签到\n14:00-14:30 缓存漫谈 张小北\n14:30-15:00 日志的写法 李木\n```',
    ['缓存漫谈 | 张小北', '日志的写法 | 李木'],
  ],
  [
    'agenda space names',
    '# 秋日沙龙\n\n## 活动议程\n\n- 14:00-14:30 缓存漫谈 张小北\n- 14:30-15:00 日志的写法 李木',
    ['缓存漫谈 | 张小北', '日志的写法 | 李木'],
  ],
  [
    'name above title',
    '# 秋日沙龙\n\n## 演讲\n\n张小北，云岭科技架构师\n\n《缓存漫谈》\n\n李木，远帆集团工程师\n\n《日志的写法》',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木@远帆集团'],
  ],
  [
    'name title headings',
    '# Autumn meetup\n\n## Talks\n\n### Ann Lee - Caches from scratch\n\nAbstract.\n\n### Bo Ek: Networks for people\n\nAbstract.',
    ['Caches from scratch | Ann Lee', 'Networks for people | Bo Ek'],
  ],
  [
    'name title headings zh',
    '# 秋日沙龙\n\n## 议题\n\n### 张小北 - 缓存漫谈\n\n摘要。\n\n### 李木：日志的写法\n\n摘要。',
    ['缓存漫谈 | 张小北', '日志的写法 | 李木'],
  ],
  [
    'name 《》 heading',
    '# 秋日沙龙\n\n### 张小北（云岭科技）《缓存漫谈》\n\n### 李木《日志的写法》',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木'],
  ],
  [
    'study notes',
    '---\ntitle: 深度学习笔记\n---\n## 第一门课\n\n1.1 欢迎(Welcome)\n\n2.13 向量化(Vectorizing Logistic Regression)\n\n3.10 双向网络(Bidirectional Networks)\n\n### 第一周：引言(Introduction to Nets)',
    [],
  ],
  [
    'en bullets',
    '# Meetup 12\n\n## Talks\n\n- Ann Lee (Foo Labs): Caches from scratch\n- **Bo Ek** - Networks for people\n- Trains and boats by Cy Day\n- "Quiet code" - Di Roe, Acme Inc',
    ['Caches from scratch | Ann Lee@Foo Labs', 'Networks for people | Bo Ek', 'Trains and boats | Cy Day', 'Quiet code | Di Roe@Acme Inc'],
  ],
  [
    'en agenda',
    '# Meetup 12\n\n## Schedule\n\n- 18:30 Doors open\n- 19:00 Caches from scratch, Ann Lee (Foo)\n- 19:45 Break\n- 20:00 Networks for people - Bo Ek\n- 21:00 Drinks',
    ['Caches from scratch | Ann Lee@Foo', 'Networks for people | Bo Ek'],
  ],
  [
    'subtitle brackets',
    '# 秋日沙龙\n\n## 分享主题：《Foo +》 - 一个给所有人的框架\n\n讲师：张小北 - 云岭科技负责人\n\n## 分享主题：《缓存漫谈》- 张小北',
    ['《Foo +》 - 一个给所有人的框架 | 张小北@云岭科技', '缓存漫谈 | 张小北'],
  ],
  [
    'nick vs house',
    '# 秋日沙龙\n\n**刘超（网易）：缓存漫谈**\n\n刘超，解决方案架构师。\n\n**张小北（小北）：日志的写法**\n\n**李木（青山）：网格之路**\n\n李木，花名青山，云岭集团专家。',
    ['缓存漫谈 | 刘超@网易', '日志的写法 | 张小北', '网格之路 | 李木@云岭集团'],
  ],
  ['compact times with years', '# 年度总结\n\n## 分享内容\n\n- 2019-2020 年度回顾总览\n- 2021-2022 年度计划总览', []],
  [
    'table without speakers',
    '# 秋日沙龙\n\n## 议程\n\n| 时间 | 内容 |\n| --- | --- |\n| 14:00 | 签到 |\n| 14:10 | 缓存漫谈与实践 |\n| 15:00 | 日志的写法 |',
    ['缓存漫谈与实践 | ', '日志的写法 | '],
  ],
  [
    'house subtitle',
    '---\ntitle: Pipes\nsubtitle: Ann Lee - Zürich Labs, Switzerland\ntype: talk\n---\nText',
    ['Pipes | Ann Lee@Zürich Labs'],
  ],
  [
    'numbered',
    '# 秋日沙龙\n\n## 话题\n\n1. 缓存漫谈——张小北（云岭科技）\n2. 日志的写法——李木（远帆集团工程师）',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木@远帆集团'],
  ],
  [
    'speaker label lines below bold',
    '# 秋日沙龙\n\n**主题一：缓存漫谈**\n\n**分享嘉宾：** 逄博，云岭科技架构师\n\n**主题二：日志的写法**\n\n**嘉宾介绍：** 逯明，十年开发经验。',
    ['缓存漫谈 | 逄博@云岭科技', '日志的写法 | 逯明'],
  ],
  ['tba', '# 秋日沙龙\n\n## 议题一：缓存漫谈\n\n讲师：待定', ['缓存漫谈 | ']],
  ['translated title', '# 秋日沙龙\n\n## 议程\n\n- 缓存漫谈 (Cache Deep Dive)\n- 日志的写法 (Writing Logs)', []],
  [
    'contributors list',
    '# FooMesh 2.0 发布\n\n## 主要内容\n\n- 新特性：支持热更新，性能提升\n- 方案：更好的缓存\n- 高可用：多副本\n- 安全：默认开启加密',
    [],
  ],
  ['changelog', '# Release 2.0\n\n## Sessions\n\n- Session Storage: now persistent\n- Login Flow - redesigned\n- Token Refresh: fixed', []],
  [
    'en talk with bullets and links',
    '# June meetup\n\n## Talks\n\n* *Caches from scratch* by [Ann Lee](https://a.b) ([slides](https://speakerdeck.com/a/b), [video](https://youtu.be/abcdefghijk))\n* *Networks for people* by [Bo Ek](https://a.c)',
    ['Caches from scratch | Ann Lee V S', 'Networks for people | Bo Ek'],
  ],
  [
    'nested speaker below item',
    '# 秋日沙龙\n\n## 议题\n\n- 缓存漫谈\n  - 讲师：张小北，云岭科技\n- 日志的写法\n  - 讲师：李木',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木'],
  ],
  [
    'title label then speaker label',
    '# 秋日沙龙\n\n- 主题：缓存漫谈\n- 讲师：阙明，云岭科技架构师\n- 主题：日志的写法\n- 讲师：李木',
    ['缓存漫谈 | 阙明@云岭科技', '日志的写法 | 李木'],
  ],
  [
    'bold title then name line',
    '# 秋日沙龙\n\n## 精彩演讲\n\n**缓存漫谈**\n\n张小北 云岭科技架构师\n\n**日志的写法**\n\n李木 | 远帆集团 | 工程师',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木@远帆集团'],
  ],
  [
    'prose recap',
    '# 秋日沙龙精彩回顾\n\n首先，来自云岭科技的张小北带来了《缓存漫谈》的分享。\n\n随后，远帆集团工程师李木分享了《日志的写法》。',
    [],
  ],
  [
    'heading 分享一',
    '# 秋日沙龙\n\n## 分享一：缓存漫谈 —— 张小北（云岭科技）\n\n## 分享二：日志的写法 —— 李木（远帆）',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木'],
  ],
  ['heading name | house | title', '# 秋日沙龙\n\n### 张小北 | 云岭科技 | 缓存漫谈\n\n### 李木 | 远帆集团 | 日志的写法', []],
  [
    'two-line bullets',
    '# 秋日沙龙\n\n## 分享嘉宾与议题\n\n- **张小北**，云岭科技架构师\n  《缓存漫谈》\n- **李木**，远帆集团工程师\n  《日志的写法》',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木@远帆集团'],
  ],
  [
    'en heading with colon speaker label',
    '# June meetup\n\n## Caches from scratch\n\n**Presenter**: Ann Lee, Foo Labs\n\n## Speaker: Bo Ek\n\nTitle: Networks for people',
    ['Caches from scratch | Ann Lee@Foo Labs', 'Networks for people | Bo Ek'],
  ],
  [
    'course',
    '# 机器学习课程\n\n## 课程大纲\n\n- 1.1 什么是学习（What is Learning）\n- 1.2 单变量（One Variable）\n\n## 第二周\n\n### 2.1 多变量 - 向量\n\n### 2.2 特征 - 缩放',
    [],
  ],
  [
    'guest two houses',
    '# 秋日沙龙\n\n### 网关实践\n**分享者：张小北（云岭科技）、李木（远帆集团）**',
    ['网关实践 | 张小北@云岭科技/李木@远帆集团'],
  ],
  [
    'agenda with house role name last',
    '# 秋日沙龙\n\n## 日程安排\n\n13:00-13:30 签到\n13:30-14:10 《缓存漫谈》 云岭科技架构师 张小北\n14:10-14:50 《日志的写法》 远帆集团工程师 李木',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木@远帆集团'],
  ],
  [
    'time then title then name nextline',
    '# 秋日沙龙\n\n## 日程\n\n- **14:00-14:30** 缓存漫谈\n  - 张小北，云岭科技架构师\n- **14:30-15:00** 日志的写法\n  - 李木，远帆集团工程师',
    ['缓存漫谈 | 张小北@云岭科技', '日志的写法 | 李木@远帆集团'],
  ],
  ['numbered comma', '# 秋日沙龙\n\n## 议题\n\n1，缓存漫谈 —— 张小北\n2，日志的写法 —— 李木', ['缓存漫谈 | 张小北', '日志的写法 | 李木']],
  ['article with people', '# 随笔\n\n## 第一章\n\n张三，是个好人。\n\n## 第二章\n\n内容很多。', []],
  ['an opening with a speaker', '# 秋日沙龙\n\n### 开场致辞\n\n讲师：宋江（云岭布道师）\n\n### 签到\n', ['开场致辞 | 宋江@云岭']],
  [
    'references',
    '# 秋日沙龙\n\n回放：https://youtu.be/abcdefghijk\n\n## 参考资料\n\n- https://youtu.be/bbbbbbbbbbb\n- [某个演讲](https://www.youtube.com/watch?v=ccccccccccc)\n\n## 相关链接\n\n- [活动录像](https://youtu.be/ddddddddddd)',
    ['V https://youtu.be/abcdefghijk', 'V https://youtu.be/ddddddddddd'],
  ],
  [
    'links heading with youtube',
    '# June meetup\n\n## Links\n\n- [Recording](https://youtu.be/abcdefghijk)\n- [Great intro to caches](https://youtu.be/bbbbbbbbbbb)',
    ['V https://youtu.be/abcdefghijk'],
  ],
  [
    'registration is recording',
    '# 秋日沙龙\n\n- 活动回放：[点击观看](https://live.example.org/7)\n- 报名：https://live.example.org/7',
    ['V https://live.example.org/7'],
  ],
  [
    'prose mid',
    '# June recap\n\nLast week we met, and somebody linked [a funny clip](https://youtu.be/bbbbbbbbbbb) and then we ate.\n\nYou can watch [the evening](https://youtu.be/abcdefghijk) again on our channel.',
    ['V https://youtu.be/abcdefghijk'],
  ],
];

describe('lists, bylines and references', () => {
  it.each(FORMS)('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
