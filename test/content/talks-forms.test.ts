import { describe, expect, it } from 'vitest';
import { extractTalks } from '../../src/content/extract/talks.js';
import { splitFrontMatter } from '../../src/content/frontmatter.js';
import { scan } from '../../src/content/scan.js';

function read(text: string, file = 'events/page.md') {
  const { data, body, bodyLine, keyLine } = splitFrontMatter(text);
  return extractTalks({ file, data, keyLine, lines: scan(body, bodyLine), language: 'zh' });
}

/** `title | name@house/name@house`, one string a talk. */
const talks = (text: string) =>
  read(text).talks.map(
    ({ title, speakers }) =>
      `${title} | ${speakers.map((one) => (one.affiliation ? `${one.name}@${one.affiliation}` : one.name)).join('/')}`,
  );

const FORMS: [string, string, string[]][] = [
  [
    'a numbered heading and a label',
    '# 秋日沙龙\n\n## 议题 2：缓存：从零到一\n\n讲师：张小北，云岭科技高级研发工程师',
    ['缓存：从零到一 | 张小北@云岭科技'],
  ],
  [
    'a numbered heading and a heading for the speaker',
    '# 秋日沙龙\n\n## 议题一：日志漫谈\n\n### 讲师介绍\n\n李木，远帆集团架构师。\n\n### 议题简介\n\n日志。',
    ['日志漫谈 | 李木@远帆集团'],
  ],
  [
    'a number alone; the title stands below',
    '# 沙龙\n\n## 议题一\n\n### 《边缘漫谈》\n\n嘉宾：王海，北海大学教授',
    ['边缘漫谈 | 王海@北海大学'],
  ],
  ['a plain heading, house on its own line', '# 沙龙\n\n## 从单体到网格\n\n讲师：赵青\n\n公司：听雨网络', ['从单体到网格 | 赵青@听雨网络']],
  [
    'the house only in the biography',
    '# 沙龙\n\n## 混合云实践\n\n讲师：周岚\n个人介绍：听雨科技平台部研发总监',
    ['混合云实践 | 周岚@听雨科技'],
  ],
  [
    'a bold title in brackets',
    '# 沙龙\n\n**《限流的艺术 》**\n\n**嘉宾介绍**\n\n吴江，云岭集团技术专家，专注于流量。\n\n**听众收获**\n\n- 限流的方法',
    ['限流的艺术 | 吴江@云岭集团'],
  ],
  ['a bold line with everything', '# 沙龙\n\n**郑一（听雨科技数据负责人）：数据 —— 无处不在**', ['数据 —— 无处不在 | 郑一@听雨科技']],
  ['a heading with name, house and dashes', '# 沙龙\n\n### 冯山（云岭科技）——灰度发布实践', ['灰度发布实践 | 冯山@云岭科技']],
  ['name and role below the title', '# 沙龙\n\n#### 微服务改造\n\n陈川 远帆网运维经理\n\n本次分享改造。', ['微服务改造 | 陈川@远帆网']],
  [
    'two speakers as items',
    '# 沙龙\n\n## 议题 1：监控\n\n### 讲师\n\n- 韩风，云岭科技，工程师\n- 杨树，云岭科技，工程师',
    ['监控 | 韩风@云岭科技/杨树@云岭科技'],
  ],
  ['two speakers with a slash', '# 沙龙\n\n## 议题 1：监控\n\n讲师：韩风/杨树，云岭科技', ['监控 | 韩风@云岭科技/杨树@云岭科技']],
  [
    'an agenda with a pause',
    '# 沙龙\n\n| 时间 | 环节 | 嘉宾 |\n| --- | --- | --- |\n| 13:00 | 签到 | |\n| 13:30 | 《网关实践》 | 朱江（小江），云岭集团专家；秦河（河马），云岭集团专家 |\n| 14:10 | 茶歇 | |',
    ['网关实践 | 朱江@云岭集团/秦河@云岭集团'],
  ],
  [
    'an agenda whose speakers come last',
    '# 沙龙\n\n| 时间 | 主题 | 讲师 |\n| --- | --- | --- |\n| 13:30 | 《注册中心》 | 云岭科技开源项目负责人 青山 |',
    ['注册中心 | 青山@云岭科技'],
  ],
  [
    'HTML with unclosed tags',
    '# 沙龙\n\n<table>\n<tr>\n<td>19:00-20:00\n<td>\n<b>《初识网格》</b>\n许诺（云岭科技高级专家）\n</table>',
    ['初识网格 | 许诺@云岭科技'],
  ],
  [
    'times and by',
    '# 工作坊\n\n**9:20 - 10:10 快速上手 by 青山**\n\n**12:00 - 13:00 午餐**\n\n**13:00 - 13:30 深入原理 by 远帆**',
    ['快速上手 | 青山', '深入原理 | 远帆'],
  ],
  [
    'a list of an agenda',
    '# 成都站\n\n## 话题\n\n- 数据库的未来，何田，云岭科技 CEO\n- 服务网格新篇，吕梁（小梁），远帆集团高级技术专家',
    ['数据库的未来 | 何田@云岭科技', '服务网格新篇 | 吕梁@远帆集团'],
  ],
  [
    'titles of a list of recordings',
    '# 回顾\n\n## 视频回放\n\n- [分布式趋势，施行](https://www.bilibili.com/video/BV1aa411c7aa)\n- [学习平台，孔明](https://www.bilibili.com/video/BV1bb411c7bb)',
    ['分布式趋势 | 施行', '学习平台 | 孔明'],
  ],
  [
    'agenda and details are one talk',
    '# 沙龙\n\n| 主题 | 讲师 |\n| --- | --- |\n| 网关实践 | 朱江 云岭科技工程师 |\n\n### 网关实践\n\n- **嘉宾：**朱江 云岭科技工程师\n- **视频回放**：https://www.bilibili.com/video/BV1aa411c7aa',
    ['网关实践 | 朱江@云岭科技'],
  ],
  [
    'English labels',
    '# Autumn meetup\n\n## Talk 1: Caches from scratch\n\n**Speaker:** Ann Lee, Senior Engineer at Foo Labs\n\n## Networks\n\nSpeakers: Bo Ek & Cy Day (Acme Inc)',
    ['Caches from scratch | Ann Lee@Foo Labs', 'Networks | Bo Ek@Acme Inc/Cy Day@Acme Inc'],
  ],
  [
    'an English agenda with linked names',
    '# May meeting\n\n## Agenda\n\n### The art of review\n\n[Ann Lee](https://example.org) says:\n\n> Review.\n\n## Pub\n\nAfterwards.',
    ['The art of review | Ann Lee'],
  ],
  [
    'an upright table',
    '# Meetup 7\n\n| Info | Meetup 7 |\n| --- | --- |\n| Title | Paying debts |\n| By | [Ann Lee](https://example.org/a) |',
    ['Paying debts | Ann Lee'],
  ],
  [
    'front matter',
    '---\ntitle: Meetup 8\ntalks:\n  - title: Boats\n    speaker:\n      - name: Ann Lee\n        company: Foo\n  - title: Trains\n    speakers: [Bo Ek]\n---\nText',
    ['Boats | Ann Lee@Foo', 'Trains | Bo Ek'],
  ],
  [
    'a page that is one talk',
    '---\ntitle: 存储浅谈\n---\n## 分享人简介\n\n蒋南\n\n云岭科技 工程师\n\n## 分享主题介绍\n\n存储。',
    ['存储浅谈 | 蒋南@云岭科技'],
  ],
  ['a series', '---\ntitle: 第 12 期 存储浅谈\n---\n## 讲师简介\n\n蒋南，云岭科技工程师', ['存储浅谈 | 蒋南@云岭科技']],
  [
    'the house beside the name in prose',
    '---\ntitle: 存储浅谈\n---\n## 讲师\n\n蒋南，拥有十年经验。\n\n## 介绍\n\n云岭科技的蒋南老师带来了分享。',
    ['存储浅谈 | 蒋南@云岭科技'],
  ],
];

describe('forms of talks', () => {
  it.each(FORMS)('%s', (_, text, expected) => {
    expect(talks(text)).toEqual(expected);
  });
});

const NO_TALKS: [string, string][] = [
  [
    'an announcement',
    '---\ntitle: 秋日沙龙\n---\n## 活动时间和地点\n\n- 时间：10 月 1 日\n\n## 主办方\n\n- 云岭社区\n\n## 报名方式\n\n扫码。',
  ],
  ['a host is no speaker', '# 沙龙\n\n## 流程\n\n- 主持人：张小北（社区站长）'],
  ['questions and answers', '# 笔记\n\n## Q & A\n\n### Q1：名字如“张三”怎么写？\n\nA：照写。'],
  ['a list of licences', '# Licences\n\n## foo-mapping by Ann Lee\n\nText.\n\n## bar-parser by Bo Ek\n\nText.'],
  ['an article with a name behind a heading', '# Article\n\n## How to work Step by Step\n\nText.'],
  ['a gathering that only lists its guests', '---\ntitle: 云岭大会\n---\n## 嘉宾介绍\n\n- 韩风，云岭科技工程师\n- 杨树，远帆集团专家'],
  ['an index', '---\ntitle: 大会\nlist:\n  - name: 甲\n    children:\n      - name: 存储浅谈\n        author: 蒋南\n---\n'],
];

describe('pages without talks', () => {
  it.each(NO_TALKS)('%s', (_, text) => {
    expect(talks(text)).toEqual([]);
  });
});
