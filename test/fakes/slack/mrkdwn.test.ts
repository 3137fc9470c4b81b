import { expect, test } from 'vitest';
import { linksIn, mentionsIn, parseMrkdwn, textOf } from './mrkdwn.mjs';

test('what stands between < and > is a link, a mention, a date, or just itself', () => {
  const read = (text: string) => parseMrkdwn(text).map(({ type }) => type);
  expect(parseMrkdwn('a &lt;b&gt; &amp;amp; c')).toEqual([{ type: 'text', text: 'a <b> &amp; c' }]);
  expect(read('<@U1> <@W1|ann>')).toEqual(['user', 'text', 'user']);
  expect(read('<#C1|general><!subteam^S1|@team><!here><!channel><!everyone|x>')).toEqual([
    'channel',
    'usergroup',
    'broadcast',
    'broadcast',
    'broadcast',
  ]);
  for (const text of ['&lt;!channel&gt;', '@channel', '<!nobody>', '<b>', '<javascript:alert(1)>', '<!date^1^{date}>', '< !channel>'])
    expect([text, read(text)]).toEqual([text, ['text']]);
  expect(parseMrkdwn('<https://a.example/?b=1&amp;c|A &amp; B>')).toEqual([
    { type: 'link', url: 'https://a.example/?b=1&c', label: 'A & B' },
  ]);
  expect(parseMrkdwn('see https://a.example/x.')).toEqual([
    { type: 'text', text: 'see ' },
    { type: 'link', url: 'https://a.example/x', bare: true },
    { type: 'text', text: '.' },
  ]);
  expect(parseMrkdwn('<!date^1700000000^{date} at {time}^https://a.example/|then>')).toEqual([
    { type: 'date', timestamp: 1_700_000_000, format: '{date} at {time}', link: 'https://a.example/', label: 'then' },
  ]);
});

const message = {
  text: '<!here>',
  blocks: [
    { type: 'header', text: { type: 'plain_text', text: '<!channel> *Meeting*' } },
    { type: 'section', text: { type: 'mrkdwn', text: '*Slides* by <@U1>: *<https://a.example/|here>* and 中*文*字' } },
    { type: 'context', elements: [{ type: 'mrkdwn', text: '<!date^1^{time}|7 pm>' }] },
    {
      type: 'actions',
      elements: [
        { type: 'button', text: { type: 'plain_text', text: 'Open' }, url: 'https://b.example/' },
        { type: 'button', text: { type: 'plain_text', text: 'More' } },
      ],
    },
  ],
};

test('a message as a person reads it, whom it mentions and where it leads', () => {
  expect(textOf(message)).toBe(
    '<!channel> *Meeting*\nSlides by @U1: here (https://a.example/) and 中*文*字\n7 pm\nOpen (https://b.example/) [More]',
  );
  expect(textOf({ text: '*a* _b_ &lt;c&gt;' })).toBe('a b <c>');
  expect(mentionsIn(message)).toEqual([
    { type: 'broadcast', range: 'here' },
    { type: 'user', id: 'U1' },
  ]);
  expect(linksIn(message)).toEqual(['https://a.example/', 'https://b.example/']);
});
