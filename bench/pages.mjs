// Event pages to measure with: about 10 kB each, Chinese, six talks, as meetup pages are.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CITIES = ['成都', '深圳', '杭州', '上海', '北京', '苏州', '重庆', '广州', '武汉', '西安'];
const SUBJECTS = [
  '容器镜像加速',
  '多集群调度',
  '可观测平台',
  '服务网格',
  '边缘节点',
  '模型推理',
  '数据库运维',
  '安全隔离',
  '成本治理',
  '持续交付',
];
const SENTENCE = '这里写的是议题的背景、做法和结果：从问题出发，比较几种方案，说明取舍，再给出上线以后的数据和踩过的坑。';

/** The code of the i-th page: all different, dates where they last. */
export const codeOf = (i) => (i < 3650 ? day(i).replaceAll('-', '') : `city${i}`);

/** Writes so many pages to DIR/events and the settings beside them. */
export function writePages(dir, count) {
  mkdirSync(join(dir, 'events'), { recursive: true });
  writeFileSync(join(dir, 'emcee.yaml'), 'community: bench\ntimezone: Asia/Shanghai\nlanguage: zh\n');
  writeFileSync(
    join(dir, 'slides.yaml'),
    Array.from({ length: count }, (_, i) => `'${codeOf(i)}': https://example.org/slides/${i}\n`).join(''),
  );
  for (let i = 0; i < count; i += 1) writeFileSync(join(dir, 'events', `${String(i).padStart(5, '0')}.md`), pageOf(i));
}

export function pageOf(i, note = '') {
  const city = CITIES[i % CITIES.length];
  const talks = Array.from({ length: 6 }, (_, t) => {
    const subject = SUBJECTS[(i + t * 3) % SUBJECTS.length];
    return `## 议题 ${t + 1}：${subject}的第 ${i} 次实践\n\n### 讲师\n\n赵${'一二三四五六'[t]}，示例科技高级工程师，负责${subject}相关的研发工作。\n\n### 议题简介\n\n${SENTENCE.repeat(7)}\n\n### 听众受益\n\n- 了解${subject}\n- 了解取舍\n\n<iframe src="https://player.bilibili.com/player.html?bvid=BV1${String(i * 6 + t).padStart(9, '0')}&page=1"> </iframe>\n`;
  });
  return `---
title: 云原生 Meetup ${city}站 ${i}
description: 第 ${i} 场聚会。
keywords: Meetup, ${city}
css: scss/live-detail.scss

section1:
  snapshot:
  videoUrl:
  type: iframe
  time: ${day(i)} 14:00-18:00
  base: ${city} + 线上同步直播
---

${note}${city}的第 ${i} 场聚会，六位讲者，一个下午。

## 活动时间和地点

- 时间：${chineseDay(i)} 14:00-18:00
- 地点：${city}市示例区示例路 ${i} 号

${talks.join('\n')}
## PPT 下载

关注「示例社区」公众号，回复关键词 \`${codeOf(i)}\`，获取 PPT 下载链接。
`;
}

function day(i) {
  return new Date(Date.UTC(2015, 0, 1 + i)).toISOString().slice(0, 10);
}

function chineseDay(i) {
  const [year, month, date] = day(i).split('-').map(Number);
  return `${year} 年 ${month} 月 ${date} 日`;
}
