// What a message becomes on Slack, read the way Slack reads it.
import { describe, expect, test } from 'vitest';
import slack from '../../../adapters/slack/index.js';
import type { Outgoing } from '../../../src/adapter.js';
import { cutCharacters, escapeMarkdown } from '../../../src/render/index.js';
import { HOSTILE } from '../../browser/hostile-strings.js';
import { linksIn, mentionsIn, textOf } from '../../fakes/slack/mrkdwn.mjs';
import { type Slack, startSlack } from '../../fakes/slack/slack.mjs';

interface Wire {
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: blocks are any JSON
  blocks: any[];
}
const wire = (message: Outgoing) => slack.format(message) as Wire;

/** What somebody might write on a page or in a message to mention everybody, or to break out of Slack's markup. */
const INJECTIONS = [
  ...['<!channel>', '<!here>', '<!everyone>', '<!channel|everyone>', '<!subteam^S1>', '<!subteam^S1|@team>', '<@U1>', '<@UANN|ann>'],
  ...[
    '<#C1>',
    '<#C1|general>',
    '&lt;!channel&gt;',
    '&amp;lt;!channel&amp;gt;',
    '<<!channel>>',
    '<!chan<!here>nel>',
    '>\n<!here>',
    '|<!here>',
  ],
  ...[
    'x|<!channel>',
    '*<!here>*',
    '`<!here>`',
    '```<!here>```',
    '\\<!here\\>',
    '[a](<!here>)',
    '[<!here>](https://example.org)',
    '[@here](!here)',
  ],
  ...[
    '[x](https://example.org/|<!here>)',
    '[x](https://example.org/><!here>)',
    '@channel',
    '@here',
    '@everyone',
    '<mailto:x|<!here>>',
    '<!date^1^{date}|x>',
  ],
  ...[
    '<https://evil.example|https://bank.example>',
    '\u202e<!here>',
    '<!here\u0000>',
    '<\u200b!here>',
    '＜!here＞',
    '<!HERE>',
    '<! here>',
    '<!here|',
    '<',
    '>',
    '&',
  ],
  ...HOSTILE.slice(0, 10),
];

test.each(INJECTIONS)('%j mentions nobody, wherever it stands', (text) => {
  const messages: Outgoing[] = [
    { text },
    { text: escapeMarkdown(text) },
    { text: `**${text}** \`${text}\` [${text}](https://example.org/${encodeURIComponent(text)})` },
    {
      text: 'the event',
      card: {
        title: text,
        lines: [text],
        links: [
          { label: text, url: 'https://example.org/?a=1&b=2', password: text, note: text },
          { label: text, url: `https://example.org/${text}` },
        ],
        clock: { at: 0, line: text, zoned: text, label: text },
      },
    },
    { text: 'which?', choices: [{ label: text, say: text }] },
  ];
  for (const message of messages) expect(mentionsIn(wire(message))).toEqual([]);
});

test('only the typed field mentions, and only people and everybody', () => {
  expect(mentionsIn(wire({ text: 'soon', mention: 'everyone' }))).toMatchObject([
    { type: 'broadcast', range: 'channel' },
    { type: 'broadcast', range: 'channel' },
  ]);
  const people = wire({ text: 'soon', mention: ['slack:person:U012', 'slack:room:C1', 'slack:person:<!here>', 'web:person:x'] });
  expect(mentionsIn(people)).toMatchObject([
    { type: 'user', id: 'U012' },
    { type: 'user', id: 'U012' },
  ]);
});

test('only & < > are escaped, and once', () => {
  const { text, blocks } = wire({ text: 'R&D <b> "q" \'a\' &amp; 100%' });
  expect(text).toBe('R&amp;D &lt;b&gt; "q" \'a\' &amp;amp; 100%');
  expect(blocks[0].text.text).toBe(text);
  expect(textOf({ blocks })).toBe('R&D <b> "q" \'a\' &amp; 100%');
});

test('every link stands in the text, on its own address, and what misleads shows where it goes', () => {
  const links = [
    { label: 'Slides', url: 'https://example.org/s?a=1&b=2', password: 'ks11', note: 'open on a computer' },
    { label: 'https://bank.example', url: 'https://evil.example/x' },
    { label: 'www.bank.example', url: 'https://evil.example/y' },
    { label: 'Recording', url: 'https://example.org/a|b' },
    { label: 'bad', url: 'javascript:alert(1)' },
    { label: '', url: 'https://example.org/nameless' },
    { label: 'Mail', url: 'mailto:hello@example.org' },
  ];
  const message = wire({ text: 'see [the page](https://example.org/page)', card: { title: 'T', links, asked: 1 } });
  const targets = ['https://example.org/page', 'https://example.org/s?a=1&b=2', 'https://evil.example/x', 'https://evil.example/y'];
  const rest = ['https://example.org/a%7Cb', 'https://example.org/nameless', 'mailto:hello@example.org'];
  expect(linksIn({ text: message.text })).toEqual([...targets, ...rest]);
  expect(linksIn({ blocks: message.blocks }).toSorted()).toEqual([...targets, 'https://example.org/a|b', ...rest.slice(1)].toSorted());
  expect(message.text).not.toMatch(/bank\.example|javascript/);
  expect(JSON.stringify(message.blocks)).not.toMatch(/bank\.example|javascript/);
  expect(textOf({ blocks: message.blocks })).toContain('ks11');
});

test('bold text is bold beside Chinese characters too', () => {
  expect(wire({ text: '发送**帮助**看用法, **bold** text' }).text).toBe('发送\u200B*帮助*\u200B看用法, *bold* text');
});

describe('whatever its length, Slack takes it', () => {
  const long = (n: number, unit = '很长的一段话 long & <wide> 🎉 ') => cutCharacters(unit.repeat(n), 60_000);
  const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
  const url = (i: number) => `https://example.org/${i}?q=${'a&'.repeat(60)}`;
  const MESSAGES: [string, Outgoing][] = [
    ['a long text', { text: long(4_000) }],
    ['ten thousand short lines', { text: many(10_000, (i) => `- ${i}`).join('\n') }],
    ['one word of 50,000 signs', { text: 'x'.repeat(50_000) }],
    ['only & signs', { text: '&'.repeat(20_000) }],
    [
      'a card with everything',
      {
        text: long(300),
        card: { title: long(50), lines: many(80, () => long(20)), links: many(60, (i) => ({ label: long(9), url: url(i) })) },
      },
    ],
    [
      'links with passwords',
      { text: 'x', card: { title: '', links: many(60, (i) => ({ label: `第 ${i} 份`, url: url(i), password: long(1), note: long(3) })) } },
    ],
    ['an endless address', { text: 'x', card: { title: 'T', links: [{ label: 'L', url: `https://example.org/${'a'.repeat(4_000)}` }] } }],
    ['a hundred choices', { text: 'which?', choices: many(100, (i) => ({ label: `${i} ${long(10)}`, say: long(200) })) }],
    [
      'empty labels',
      { text: '', card: { title: ' ', lines: [''], links: [{ label: ' ', url: url(1) }] }, choices: [{ label: '', say: 'x' }] },
    ],
    [
      'everything at once',
      {
        text: long(900),
        mention: 'everyone',
        card: { title: long(9), lines: many(30, () => long(9)), links: many(30, (i) => ({ label: long(3), url: url(i), password: 'p' })) },
        choices: many(25, () => ({ label: long(9), say: 'x' })),
      },
    ],
  ];
  const withSlack = async (act: (api: Slack) => Promise<void>) => {
    const api = await startSlack({ gapMs: 0 });
    try {
      await act(api);
    } finally {
      await api.close();
    }
  };

  test.each(MESSAGES)('%s', async (_name, message) => {
    await withSlack(async (api) => {
      const made = wire(message);
      const response = await fetch(`${api.url}chat.postMessage`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${api.botToken}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ channel: 'CGENERAL', ...made }),
      });
      expect(await response.json()).toMatchObject({ ok: true });
      expect(made.text.length).toBeLessThanOrEqual(40_000);
      // Cut between signs: no half entity, no half character, no half link.
      for (const text of [made.text, ...made.blocks.flatMap((block) => block.text?.text ?? [])]) {
        expect(text.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
        expect(text).not.toMatch(/\p{Surrogate}/u);
        expect((text.match(/</g) ?? []).length).toBe((text.match(/>/g) ?? []).length);
      }
    });
  });
});
