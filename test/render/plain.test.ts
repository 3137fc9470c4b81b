import { describe, expect, test } from 'vitest';
import { escapeMarkdown, parseMarkdown, plainMarkdown, plainText, safeUrl } from '../../src/render/index.js';

describe('a message as plain text', () => {
  test('prints every link, its password and its note, and numbers the choices', () => {
    const text = plainText({
      text: '**PPT** 在这里：',
      card: {
        title: '成都站',
        lines: ['时间：2023-11-04'],
        links: [
          { label: 'PPT 合集', url: 'https://example.org/a', password: 'ks11', note: '请用电脑打开' },
          { label: '', url: 'https://example.org/b' },
        ],
        image: 'https://example.org/poster.png',
      },
      choices: [
        { label: '录像', say: '录像' },
        { label: '更多', say: '更多' },
      ],
    });
    expect(text).toBe(
      [
        'PPT 在这里：',
        '',
        '成都站',
        '时间：2023-11-04',
        '',
        'PPT 合集: https://example.org/a',
        '  提取码: ks11',
        '  请用电脑打开',
        'https://example.org/b',
        '',
        '1. 录像',
        '2. 更多',
      ].join('\n'),
    );
  });

  test('says what 提取码 is where the message is English', () => {
    const card = { title: 'Meetup', links: [{ label: 'Slides', url: 'https://example.org', password: 'x1' }] };
    expect(plainText({ text: 'Here:', card })).toContain('Password (提取码): x1');
  });

  test('small Markdown loses its marks', () => {
    expect(plainMarkdown('**bold** and `code`\n- one\n- two\n1. first')).toBe('bold and code\n• one\n• two\n1. first');
  });

  test('a link in a sentence is printed after its label, apart from what follows', () => {
    expect(plainMarkdown('见[幻灯片](https://example.org/s)。')).toBe('见幻灯片 https://example.org/s 。');
    expect(plainMarkdown('See [slides](https://example.org/s), please.')).toBe('See slides https://example.org/s, please.');
    expect(plainMarkdown('[https://example.org/s](https://example.org/s)')).toBe('https://example.org/s');
  });
});

describe('what must stay harmless', () => {
  test('a label that claims another address gives way to the target', () => {
    expect(plainMarkdown('[https://bank.example](https://evil.example)')).toBe('https://evil.example');
    expect(plainMarkdown('[www.bank.example/login](https://evil.example)')).toBe('https://evil.example');
    expect(plainText({ text: '', card: { title: 't', links: [{ label: 'https://bank.example', url: 'https://evil.example' }] } })).toBe(
      't\n\nhttps://evil.example',
    );
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '/relative', 'weixin://x'])(
    '%s is no link',
    (url) => {
      expect(safeUrl(url)).toBeUndefined();
      expect(plainMarkdown(`[x](${url})`)).toBe('x');
      expect(plainText({ text: 'a', card: { title: 't', links: [{ label: 'x', url }] } })).not.toContain(url);
    },
  );

  test('addresses stay as written where that is safe, else get their standard spelling', () => {
    expect(safeUrl('https://example.org/s/1?pwd=ab#x')).toBe('https://example.org/s/1?pwd=ab#x');
    expect(safeUrl('//player.bilibili.com/x')).toBe('https://player.bilibili.com/x');
    expect(safeUrl('https://example.org/幻灯片')).toBe('https://example.org/%E5%B9%BB%E7%81%AF%E7%89%87');
    expect(safeUrl('https://exаmple.org/')).toBe('https://xn--exmple-4nf.org/');
    expect(safeUrl('mailto:a@example.org')).toBe('mailto:a@example.org');
  });

  test('HTML stays text', () => {
    expect(plainMarkdown('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
    expect(plainMarkdown('<a href="weixin://bizmsgmenu?msgmenucontent=1">客服</a>')).toContain('<a href=');
  });

  test.each(['@everyone', '@all', '@所有人', '@here', '@channel', '＠everyone', '@全体成员', '@Everyone'])(
    '%s mentions nobody',
    (mention) => {
      const said = plainText({ text: `hi ${mention}`, card: { title: mention, links: [{ label: mention, url: 'https://example.org' }] } });
      expect(said).not.toContain(mention);
      expect(said.replaceAll('\u200B', '')).toContain(mention);
    },
  );

  test('a link keeps leading where it led', () => {
    expect(plainMarkdown('[x](https://medium.com/@all/post)')).toBe('x https://medium.com/%40all/post');
  });

  test.each(['\u202E', '\u202A', '\u2066', '\u2069', '\u0000', '\u0007', '\u001B[31m', '\u009B'])(
    '%j does not steer the display',
    (sign) => {
      expect(plainText({ text: `a${sign}b`, card: { title: `t${sign}`, links: [] } })).not.toContain(sign.charAt(0));
    },
  );

  test('lone surrogates become the sign for what cannot be shown', () => {
    expect(plainMarkdown('a\uD800b')).toBe('a\uFFFDb');
  });

  test.each(['**', '[x](javascript:alert(1))', '`', '<img src=x>', '- item', '1. one', '\\', '[a', '*a*', '**a** [b](https://e.org) `c`'])(
    'escaped, %s is shown literally',
    (text) => {
      expect(plainMarkdown(escapeMarkdown(text))).toBe(text);
      expect(parseMarkdown(escapeMarkdown(text)).flatMap((line) => line.content)).toEqual([{ is: 'text', text }]);
    },
  );
});
