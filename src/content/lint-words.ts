// What the lint says, and how to mend it.
import { problem } from './problems.js';

export const findings = {
  endBeforeStart: (start: string, end: string) =>
    problem(
      0,
      'error',
      'end-before-start',
      `The end (${end}) lies before the start (${start}). Correct one of the two.`,
      `结束时间（${end}）早于开始时间（${start}）。请改正其中一个。`,
    ),
  insecureLink: (link: string, count: number) =>
    problem(
      0,
      'warning',
      'link-http',
      `${link.slice(0, 120)}${count > 1 ? ` and ${count - 1} more links` : ''} begin${count > 1 ? '' : 's'} with http://. Write https:// if the site has it.`,
      `${link.slice(0, 120)}${count > 1 ? ` 等 ${count} 个链接` : ''}以 http:// 开头。网站支持的话请改用 https://。`,
    ),
  noCode: () =>
    problem(
      0,
      'warning',
      'code-missing',
      'No code is named, so nobody can ask for the slides. Write codes: on the page, or a sentence such as: send `20270515` to get the slides.',
      '没有口令，大家无法领取 PPT。请在页面上写 codes:，或者写一句：回复 `20270515` 获取 PPT。',
    ),
  noZone: () =>
    problem(
      0,
      'warning',
      'timezone-missing',
      'Nothing tells the time zone, so the hour is taken as UTC. Write timezone: on the page, or once for all pages in emcee.yaml.',
      '没有写时区，时间按 UTC 理解。请在页面上写 timezone:，或者在 emcee.yaml 里统一写一次。',
    ),
  noSlides: (codes: string[], days: number) =>
    problem(
      0,
      'warning',
      'slides-missing',
      `${days} days after the event there is no link for the code ${codes.slice(0, 3).join(', ')}. Add it to slides.yaml.`,
      `活动结束 ${days} 天了，口令 ${codes.slice(0, 3).join('、')} 还没有链接。请加到 slides.yaml。`,
    ),
  nobodyHears: (tag: string) =>
    problem(
      0,
      'warning',
      'tag-without-channel',
      `A rule posts to '${tag}', and no channel has that tag. Give it to a channel under tags:, or correct the rule.`,
      `有规则发往“${tag}”，但没有频道带这个标签。请写到某个频道的 tags: 里，或改正规则。`,
    ),
  unsureStart: (start: string) =>
    problem(
      0,
      'warning',
      'start-unsure',
      `The start (${start}) rests on one place of the page, so nothing is posted about it by itself. Write start: to make it sure.`,
      `开始时间（${start}）在页面上只有一处提到，所以不会自动发消息。请写 start: 加以确认。`,
    ),
  otherDay: (day: string, leader: string, leaderDay: string) =>
    problem(
      0,
      'warning',
      'dates-contradict',
      `This page says ${day}, but ${leader}, the page of the same event, says ${leaderDay}. Correct the one that is wrong.`,
      `这一页写的是 ${day}，而同一场活动的 ${leader} 写的是 ${leaderDay}。请改正写错的一页。`,
    ),
  nearCode: (code: string, other: string, title: string, isDated: boolean) =>
    problem(
      0,
      isDated ? 'info' : 'warning',
      'code-near',
      `The code '${code}' is one letter away from '${other}' of '${title.slice(0, 60)}'. Members will mix them up; take one that differs more.`,
      `口令“${code}”和“${title.slice(0, 60)}”的“${other}”只差一个字。容易弄混，请换一个差别大些的。`,
    ),
};
