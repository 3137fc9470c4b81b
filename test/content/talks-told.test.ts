import { describe, expect, it } from 'vitest';
import { extractTalks } from '../../src/content/extract/talks.js';
import { splitFrontMatter } from '../../src/content/frontmatter.js';
import { scan } from '../../src/content/scan.js';

/** `title | name@house/name@house`, one string a talk. */
function talks(text: string): string[] {
  const { data, body, bodyLine, keyLine } = splitFrontMatter(text);
  const found = extractTalks({ file: 'events/recap.md', data, keyLine, lines: scan(body, bodyLine), language: 'zh' });
  return found.talks.map(
    ({ title, speakers }) =>
      `${title} | ${speakers.map(({ name, affiliation }) => (affiliation ? `${name}@${affiliation}` : name)).join('/')}`,
  );
}

const recap = (heading: string, title: string, told: string) =>
  `# 秋日沙龙回顾\n\n## ${heading}\n\n### ${title}\n\n![现场](stage.webp)\n\n${told}`;

describe('a report in Chinese tells who spoke', () => {
  it.each([
    ['a name glued to the role', '云岭科技高级架构师张小北分享了缓存的三次改造。', '张小北@云岭科技'],
    ['a bold name', '远帆集团研发总监 **李木** 首次公开了新版的规划：', '李木@远帆集团'],
    ['a house without a role', '云岭科技 **周岚** 展示了整套方案。', '周岚@云岭科技'],
    ['a Latin name', '远帆集团平台工程师 Ann Lee 介绍了插件。', 'Ann Lee@远帆集团'],
    ['one Latin word behind two roles', '云岭科技总监、Lanka 社区副主席 Bob 为大家带来了演示。', 'Bob@云岭科技'],
    ['a role in a project behind the job', '云岭科技工程师、Lanka Approver 欧阳小川分享了驱动的演进。', '欧阳小川@云岭科技'],
    ['来自', '来自云岭科技的赵青老师分享了监控的经验。', '赵青@云岭科技'],
  ])('%s', (_, told, who) => {
    for (const heading of ['主题分享', '技术分享回顾', '议题回顾', '分享回顾'])
      expect(talks(recap(heading, '缓存漫谈', told))).toEqual([`缓存漫谈 | ${who}`]);
  });

  it('believes neither a crowd nor a sentence about something else', () => {
    for (const told of ['大家分享了各自的经验。', '项目介绍了三个方向。', '活动很热闹。云岭科技工程师张小北分享了缓存。', '现场气氛热烈。'])
      expect(talks(recap('主题分享', '现场花絮集', told))).toEqual([]);
  });

  it('reads no talk outside a section of talks', () => {
    expect(talks('# 缓存\n\n## 背景故事\n\n### 三次改造\n\n云岭科技架构师张小北分享了他的看法。')).toEqual([]);
  });
});

describe('a role in a project is no house', () => {
  it.each(['Lanka Maintainer', 'Lanka Committer', 'Lanka PMC', 'Lanka Contributor'])('%s before a company', (role) => {
    expect(talks(`# 存储漫谈\n\n## 分享人简介\n\n程木，${role}、云岭科技高级服务端开发工程师。2021 年入职。`)).toEqual([
      '存储漫谈 | 程木@云岭科技',
    ]);
  });
});

describe('a report in English tells title and speakers in one sentence', () => {
  it.each([
    [
      'a title with a link, and who presented it',
      'The session [**Caches & Queues: A Field Guide**](https://example.org/s?id=7) was presented by Ann Lee (AI Engineer at Lanka Labs) and Bob Moor.',
      'Caches & Queues: A Field Guide | Ann Lee@Lanka Labs/Bob Moor',
    ],
    ['a title in quotes', '"Tides of Data" by Ann Lee and Bob J. Moor', 'Tides of Data | Ann Lee/Bob J. Moor'],
    [
      'an item',
      '- *Tides of Data* by Ann Lee (Lanka Labs), Bob Moor and Cora van Dyk',
      'Tides of Data | Ann Lee@Lanka Labs/Bob Moor/Cora van Dyk',
    ],
    [
      'who gave a talk',
      'It rained. Ann Lee (Lanka Labs) gave a lightning talk on “Tides of Data.” All stayed.',
      'Tides of Data | Ann Lee@Lanka Labs',
    ],
    ['who presented', 'Next, Ann Lee from Lanka Labs presented *Tides of Data*.', 'Tides of Data | Ann Lee@Lanka Labs'],
    ['who spoke', 'Ann Lee and Bob Moor spoke about **Tides of Data** in the small hall.', 'Tides of Data | Ann Lee/Bob Moor'],
    ['the event behind the name', 'We liked the talk "Tides of Data" by Ann Lee at LankaCon.', 'Tides of Data | Ann Lee'],
  ])('%s', (_, told, talk) => {
    expect(talks(`# Autumn Meetup 12\n\n## On stage\n\n${told}`)).toEqual([talk]);
    expect(talks(`# Lanka at LankaCon North 2031\n\n## On stage\n\n${told}`)).toEqual([talk]);
  });

  it('reads two talks from one paragraph', () => {
    const told = 'Ann Lee gave a talk about "Tides of Data". Bob Moor presented "Rivers of Logs".';
    expect(talks(`# Autumn Meetup 12\n\n${told}`)).toEqual(['Tides of Data | Ann Lee', 'Rivers of Logs | Bob Moor']);
  });

  it('believes no such sentence where the page is about no event, nor books and crowds', () => {
    expect(talks('# How caches work\n\nAnn Lee gave a talk about "Tides of Data".')).toEqual([]);
    for (const told of [
      'You can win "Tides of Data" by Ann Lee.',
      'The team presented *Tides of Data*.',
      'We spoke about **Tides of Data**.',
    ])
      expect(talks(`# Autumn Meetup 12\n\n${told}`)).toEqual([]);
  });
});
