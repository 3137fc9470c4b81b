import { describe, expect, test } from 'vitest';
import { readLinks, splitAtLink } from '../../src/desk/links.js';

const one = (url: string, password?: string, label = '') => [{ label, url, ...(password && { password }) }];
const BAIDU = 'https://pan.baidu.com/s/1AbC_d-9?pwd=ab12';

describe('a share as it is pasted', () => {
  test.each([
    ['Baidu, one line', `链接：${BAIDU} 提取码：ab12 复制这段内容后打开百度网盘手机App，操作更方便哦`, one(BAIDU, 'ab12')],
    [
      'Baidu, with its name',
      `通过网盘分享的文件：成都站PPT\n链接: ${BAIDU} 提取码: ab12 \n--来自百度网盘超级会员v5的分享`,
      one(BAIDU, 'ab12', '成都站PPT'),
    ],
    ['Baidu, the password only in the address', `链接：${BAIDU}`, one(BAIDU, 'ab12')],
    [
      'Baidu, long ago',
      '链接:https://pan.baidu.com/share/link?shareid=1&uk=2 密码:x9y8',
      one('https://pan.baidu.com/share/link?shareid=1&uk=2', 'x9y8'),
    ],
    [
      'Baidu, no blank between',
      '链接：https://pan.baidu.com/s/1abc提取码：ab12复制这段内容后打开百度网盘手机App',
      one('https://pan.baidu.com/s/1abc', 'ab12'),
    ],
    [
      'Aliyun, the name above',
      '云原生成都站.pdf\nhttps://www.alipan.com/s/AbCdEf\n提取码: 12ab\n点击链接保存，或者复制本段内容，打开「阿里云盘」APP ，无需下载极速在线查看，视频原画倍速播放。',
      one('https://www.alipan.com/s/AbCdEf', '12ab', '云原生成都站.pdf'),
    ],
    [
      'Quark',
      '我用夸克网盘分享了「成都站PPT」，点击链接即可保存。打开「夸克APP」，无需下载在线播放视频，畅享原画5倍速，支持电视投屏。\n链接：https://pan.quark.cn/s/0a1b2c\n提取码：AbC1',
      one('https://pan.quark.cn/s/0a1b2c', 'AbC1', '成都站PPT'),
    ],
    [
      'Tencent Docs',
      '【腾讯文档】成都站演讲合集\nhttps://docs.qq.com/slide/DABC',
      one('https://docs.qq.com/slide/DABC', undefined, '成都站演讲合集'),
    ],
    ['Weiyun', '腾讯微云 链接：https://share.weiyun.com/Ab12 密码：abc123', one('https://share.weiyun.com/Ab12', 'abc123', '腾讯微云')],
    ['Tianyi', 'https://cloud.189.cn/t/AbCd（访问码：q1w2）', one('https://cloud.189.cn/t/AbCd', 'q1w2')],
    [
      '115',
      'https://115.com/s/sw1?password=ab12&#\n成都PPT\n访问码：ab12\n复制这段内容，可在115App中直接打开！',
      one('https://115.com/s/sw1?password=ab12&#', 'ab12'),
    ],
    ['123', 'https://www.123pan.com/s/abc-DEF.html提取码:ab12', one('https://www.123pan.com/s/abc-DEF.html', 'ab12')],
    [
      'Xunlei',
      '分享文件：成都PPT\n链接：https://pan.xunlei.com/s/VNx?pwd=ab12#\n复制这段内容后打开手机迅雷App，查看更方便',
      one('https://pan.xunlei.com/s/VNx?pwd=ab12#', 'ab12', '成都PPT'),
    ],
    [
      'full-width signs',
      '链接：https：//pan.baidu.com/s/1abc？pwd＝ab12　提取码＝ab12。',
      one('https://pan.baidu.com/s/1abc?pwd=ab12', 'ab12'),
    ],
    ['in 【】 and a full stop', '【https://example.org/s/1】，提取码【ab12】。', one('https://example.org/s/1', 'ab12')],
    [
      'in brackets',
      '(https://en.wikipedia.org/wiki/Go_(game)), see there',
      one('https://en.wikipedia.org/wiki/Go_(game)', undefined, 'see there'),
    ],
    ['the address as a program marks it', '<https://example.org/a?b=1>', one('https://example.org/a?b=1')],
    ['a Chinese file name', 'https://example.org/slides/成都站.pdf，密码 ab12', one('https://example.org/slides/成都站.pdf', 'ab12')],
    ['a bare password', 'https://example.org/s/1 abcd', one('https://example.org/s/1', 'abcd')],
    ['a longer bare password at the end', 'https://example.org/s/1 secretword', one('https://example.org/s/1', 'secretword')],
    ['the password first', '提取码：ab12 链接：https://example.org/s/1', one('https://example.org/s/1', 'ab12')],
    ['no password, said so', 'https://example.org/s/1 密码：无', one('https://example.org/s/1')],
    ['without https', '链接 pan.baidu.com/s/1abc 提取码 ab12', one('https://pan.baidu.com/s/1abc', 'ab12')],
    [
      'in English',
      'Slides of all talks: https://example.org/s/1 password: ab12',
      one('https://example.org/s/1', 'ab12', 'Slides of all talks'),
    ],
    [
      'a name that speaks of passwords',
      'Password security https://example.org/s/1',
      one('https://example.org/s/1', undefined, 'Password security'),
    ],
    ['no link', '明天上传', []],
    ['no link to the web', 'javascript:alert(1) file:///etc/passwd ftp://example.org/a', []],
  ])('%s', (_, text, expected) => {
    expect(readLinks(text)).toEqual(expected);
  });

  test.each([
    ['one a line', '主论坛 https://a.example/1 提取码: ab12\n分论坛：https://b.example/2 密码 cd34'],
    ['on one line', '主论坛 https://a.example/1 提取码: ab12 分论坛 https://b.example/2 密码：cd34'],
    ['numbered', '1. 主论坛：https://a.example/1（提取码 ab12）\n2、分论坛：https://b.example/2（提取码 cd34）'],
    ['the names behind', 'https://a.example/1 提取码: ab12 主论坛\nhttps://b.example/2 提取码: cd34 分论坛'],
    ['the names above', '主论坛\nhttps://a.example/1\n提取码 ab12\n分论坛\nhttps://b.example/2\n提取码 cd34'],
  ])('several, %s', (_, text) => {
    expect(readLinks(text)).toEqual([
      { label: '主论坛', url: 'https://a.example/1', password: 'ab12' },
      { label: '分论坛', url: 'https://b.example/2', password: 'cd34' },
    ]);
  });
});

test('the text is split where the first address begins', () => {
  expect(splitAtLink('20231104 主论坛 https://a.example/1 提取码 ab12')).toEqual({
    head: '20231104 主论坛 ',
    tail: 'https://a.example/1 提取码 ab12',
  });
  expect(splitAtLink('20231104')).toEqual({ head: '20231104', tail: '' });
});

describe('whatever is written around it', () => {
  // A small generator with a seed: a failing text can be had again.
  const random = (seed: number) => () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const pick = <T>(next: () => number, list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const HOSTS = ['pan.baidu.com/s/1', 'www.alipan.com/s/', 'pan.quark.cn/s/', 'docs.qq.com/slide/', 'share.weiyun.com/', 'cloud.189.cn/t/'];
  const SIGNS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const word = (next: () => number, length: number) => Array.from({ length }, () => pick(next, [...SIGNS])).join('');

  test('address and password come out as they were, 3,000 times', () => {
    for (let seed = 1; seed <= 3_000; seed++) {
      const next = random(seed);
      const password = word(next, pick(next, [4, 4, 6]));
      const plain = `https://${pick(next, HOSTS)}${word(next, 8)}`;
      const url = next() < 0.3 ? `${plain}?pwd=${password}` : plain;
      const before = pick(next, [
        '',
        '链接：',
        '链接: ',
        '【',
        '成都站 PPT\n',
        '通过网盘分享的文件：成都站\n链接: ',
        '「成都站」',
        '请看 ',
        '地址 ',
      ]);
      const between = pick(next, [
        ' 提取码：',
        ' 提取码: ',
        '\n提取码: ',
        ' 密码 ',
        '（提取码：',
        '，访问码:',
        ' 提取码=',
        ' password: ',
        '提取码：',
        ' ',
      ]);
      const after = pick(next, [
        '',
        '。',
        ' 复制这段内容后打开百度网盘手机App',
        '\n--来自百度网盘超级会员V3的分享',
        '，请尽快下载',
        '）',
        '!',
        ' ',
      ]);
      const text = `${before}${url}${between}${password}${between === ' ' ? '' : after}`;
      expect(readLinks(text), `${seed}: ${text}`).toMatchObject([{ url, password }]);
    }
  });

  test('any text at all is read quickly, and what comes out is a link', () => {
    const parts = [
      'https://',
      'http://a',
      '提取码',
      '：',
      ':',
      ' ',
      '\n',
      '(',
      ')',
      '【',
      '】',
      'pwd=',
      '?',
      '密码',
      'a.bc/',
      '成都',
      '😀',
      '\u202e',
      '<',
      '>',
      '.',
      'ab12',
      '%',
    ];
    for (let seed = 1; seed <= 2_000; seed++) {
      const next = random(seed);
      const text = Array.from({ length: 40 }, () => pick(next, parts)).join('');
      for (const { url, label } of readLinks(text)) {
        expect(URL.canParse(url), text).toBe(true);
        expect(label).not.toMatch(/[\n\u202e]/);
      }
    }
    const began = performance.now();
    for (const part of [...parts, 'https://a/', '成', 'a.', '提取码 ']) readLinks(part.repeat(Math.ceil(4_000 / part.length)));
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
