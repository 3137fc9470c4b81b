import { describe, expect, it } from 'vitest';
import { extractTalks } from '../../src/content/extract/talks.js';
import { splitFrontMatter } from '../../src/content/frontmatter.js';
import { scan } from '../../src/content/scan.js';

function read(text: string) {
  const { data, body, bodyLine, keyLine } = splitFrontMatter(text);
  return extractTalks({ file: 'page.md', data, keyLine, lines: scan(body, bodyLine), language: 'zh' });
}

const BV = 'BV1aa411c7aa';
const VIDEOS: [string, string, string[]][] = [
  [
    'a player',
    `<iframe src="//player.bilibili.com/player.html?bvid=${BV}&amp;page=1"></iframe>`,
    [`https://player.bilibili.com/player.html?bvid=${BV}&page=1`],
  ],
  [
    'player and page are one',
    `<iframe src="https://player.bilibili.com/player.html?bvid=${BV}"></iframe>\n\nhttp://www.bilibili.com/video/${BV}`,
    [`https://player.bilibili.com/player.html?bvid=${BV}`],
  ],
  [
    'a source',
    '<video controls>\n  <source src="https://cdn.example.org/talk.mp4" type="video/mp4">\n</video>',
    ['https://cdn.example.org/talk.mp4'],
  ],
  [
    'a shortcode',
    '{{< youtube id="abcdefghijk" >}}\n\n- [录像](https://www.youtube.com/watch?v=abcdefghijk)',
    ['https://www.youtube.com/watch?v=abcdefghijk'],
  ],
  ['a component', `<Bilibili bvid="${BV}" title="回顾" />`, [`https://www.bilibili.com/video/${BV}`]],
  ['an unknown host behind the word', '视频回放：<https://media.example.org/review/7>', ['https://media.example.org/review/7']],
  ['a link whose text says so', '- [直播视频回顾](https://media.example.org/live/7)', ['https://media.example.org/live/7']],
  ['a heading that says so', '## 视频回顾地址\n\n<https://media.example.org/live/7>', ['https://media.example.org/live/7']],
  ['an article about it', '- [直播回顾文章](https://blog.example.org/7)', []],
  ['a channel', 'Watch us on our [YouTube Channel](https://www.youtube.com/channel/UC123)', []],
  ['a picture', '视频截图：https://cdn.example.org/a.png', []],
];

describe('recordings', () => {
  it.each(VIDEOS)('%s', (_, text, expected) => {
    expect(read(text).videos).toEqual(expected);
  });

  it('belong to the talk they stand under', () => {
    const page = read(
      `# 沙龙\n\n## 议题 1：甲乙\n\n讲师：张小北\n\nhttps://www.bilibili.com/video/${BV}\n\n## 视频回放\n\nhttps://youtu.be/abcdefghijk`,
    );
    expect(page.talks[0]?.video).toBe(`https://www.bilibili.com/video/${BV}`);
    expect(page.videos).toEqual(['https://youtu.be/abcdefghijk']);
  });

  it('of front matter belong to the only talk', () => {
    const page = read(
      `---\ntitle: 存储浅谈\nsection1:\n  videoUrl: //player.bilibili.com/player.html?bvid=${BV}\n---\n## 讲师\n\n蒋南，云岭科技工程师`,
    );
    expect(page.talks[0]?.video).toBe(`https://player.bilibili.com/player.html?bvid=${BV}`);
    expect(page.videos).toEqual([]);
  });

  it('with an impossible id are reported', () => {
    expect(
      read('<iframe src="https://player.bilibili.com/player.html?aid=1&bvid=1abc"></iframe>').problems.map(({ rule }) => rule),
    ).toEqual(['video-id']);
  });

  it('are never live rooms', () => {
    const page = read('直播地址：https://live.bilibili.com/123 或 https://zoom.us/j/456?pwd=x');
    expect(page.live).toEqual(['https://live.bilibili.com/123', 'https://zoom.us/j/456?pwd=x']);
    expect(page.videos).toEqual([]);
  });
});

const SLIDES: [string, string, string[]][] = [
  [
    'a lead above a list',
    '- 资料下载：<br/>\n[《甲》](https://cdn.example.org/a.pdf)<br/>\n[《乙》](https://cdn.example.org/b.pdf)',
    ['https://cdn.example.org/a.pdf', 'https://cdn.example.org/b.pdf'],
  ],
  [
    'a text that says so',
    "[点此查看 PPT](https://github.com/a/b/blob/master/PPT/Let's%20go.pdf)",
    ["https://github.com/a/b/blob/master/PPT/Let's%20go.pdf"],
  ],
  [
    'the folder, not the front page',
    '## PPT 下载\n\nPPT 归档在 [仓库](https://github.com/a/b)，详见 [这里](https://github.com/a/b/tree/master/7)',
    ['https://github.com/a/b/tree/master/7'],
  ],
  ['a host of decks', 'See https://speakerdeck.com/ann/caches', ['https://speakerdeck.com/ann/caches']],
  ['a paper', '参考：[论文](https://arxiv.org/pdf/1234.5678.pdf)', []],
  ['a poster', '[海报](https://cdn.example.org/poster.pdf)', []],
  ['an issue that talks about slides', 'Slides: https://github.com/a/b/issues/3', []],
];

describe('slides', () => {
  it.each(SLIDES)('%s', (_, text, expected) => {
    const page = read(text);
    expect([...page.talks.flatMap((talk) => talk.slides ?? []), ...page.slides]).toEqual(expected);
  });

  it('named like a talk are its own', () => {
    const page = read(
      '# 沙龙\n\n- 资料下载：[《缓存漫谈》](https://cdn.example.org/a.pdf)\n\n**《缓存漫谈》**\n\n**嘉宾介绍**\n\n张小北，云岭科技工程师\n\n**《另一个》**\n\n讲师：李木',
    );
    expect(page.talks.map((talk) => talk.slides)).toEqual(['https://cdn.example.org/a.pdf', null]);
  });

  it('are not the papers of a list of papers', () => {
    const list = Array.from(
      { length: 90 },
      (_, k) =>
        `- [Slides of nothing ${k}](https://openaccess.example.org/${k}.pdf) [video](https://youtu.be/abcdefgh${String(k).padStart(3, '0')})`,
    );
    const page = read(`# Papers\n\n${list.join('\n').replaceAll('Slides', 'Whole')}`);
    expect([page.videos, page.slides]).toEqual([[], []]);
  });
});
