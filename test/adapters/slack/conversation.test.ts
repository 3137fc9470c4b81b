// What members of a workspace say and get, over HTTP and over Socket Mode alike.
import { describe, expect, test, vi } from 'vitest';
import { linksIn, textOf } from '../../fakes/slack/mrkdwn.mjs';
import type { SlackPost } from '../../fakes/slack/slack.mjs';
import { onSlack, type Scene } from './scene.js';

// Processes start, and Slack's pace of a second is kept.
vi.setConfig({ testTimeout: 120_000 });

const SLIDES = 'https://example.org/slides/20231104';

/** The answer that comes after this; nothing else may come with it. */
async function answerTo({ slack }: Scene, act: () => Promise<{ responses: { status: number }[] }>): Promise<SlackPost> {
  const before = slack.posts.length;
  const { responses } = await act();
  for (const { status } of responses) expect(status).toBe(200);
  await slack.posted(before + 1);
  return slack.posts[before] as SlackPost;
}

describe.each([
  ['HTTP', false],
  ['Socket Mode', true],
])('over %s', (_name, socket) => {
  test('direct messages, mentions, codes in channels, /emcee, choices and newcomers', async () => {
    await onSlack({ socket, env: { SLACK_WELCOME: '#general' } }, async (scene) => {
      const { slack } = scene;
      const say = (channel: string, text: string, more = {}) => answerTo(scene, () => slack.say({ channel, text, ...more }));

      const direct = await say('UANN', '20231104');
      expect(direct).toMatchObject({ channel: slack.dm('UANN'), unfurl_links: false, unfurl_media: false });
      expect(direct.thread_ts).toBeUndefined();
      expect(direct.text).toContain(SLIDES);
      expect(linksIn(direct)).toContain(SLIDES);
      expect(linksIn({ blocks: direct.blocks })).toContain('https://www.bilibili.com/video/BV1oN411u7f8');
      expect(textOf(direct)).toMatch(/2023-11-04（周六）14:00–18:00（Asia\/Shanghai, UTC\+8）/);
      expect(JSON.stringify(direct.blocks)).toContain('<!date^1699077600^');

      // In a channel: an exact code without a mention, in the thread of the question.
      const asked = await slack.say({ channel: 'CGENERAL', text: '２０２３１１０４' });
      const inRoom = await slack.posted(2);
      expect(inRoom).toMatchObject({ channel: 'CGENERAL', thread_ts: asked.ts });

      // A question inside a thread is answered in that thread.
      const threaded = await say('CGENERAL', '20231104', { thread_ts: asked.ts });
      expect(threaded.thread_ts).toBe(asked.ts);

      // A mention comes as message and as app_mention, and is answered once.
      const mention = await say('CEVENTS', 'hello <@UBOT> next');
      expect(mention).toMatchObject({ channel: 'CEVENTS' });

      // Ordinary talk and a near miss in a channel: silence.
      const before = slack.posts.length;
      for (const text of ['nice weather', '2023110', 'next', '<@UBEN> 20231104x']) await slack.say({ channel: 'CGENERAL', text });
      const list = await say('UANN', 'events');
      expect(slack.posts.length).toBe(before + 1);

      const button = list.blocks?.find(({ block_id }) => block_id === 'choices')?.elements[1];
      expect(button.value).toBeTruthy();
      const chosen = await answerTo(scene, () => slack.click({ message: list, action: button }));
      expect(chosen.channel).toBe(list.channel);
      expect(chosen.text).not.toEqual(list.text);

      const privately = await answerTo(scene, () => slack.command({ channel: 'CELSE', user: 'UBEN', text: '20231104' }));
      expect(privately).toMatchObject({ ephemeral: true, to: 'UBEN' });
      expect(privately.text).toContain(SLIDES);
      const help = await answerTo(scene, () => slack.command({ text: '' }));
      expect(help.text).toMatch(/next|下一场/);

      const welcome = await answerTo(scene, async () => ({
        responses: await slack.event({
          type: 'member_joined_channel',
          user: 'UBEN',
          channel: 'CGENERAL',
          channel_type: 'C',
          team: slack.team,
        }),
      }));
      expect(welcome.channel).toBe(slack.dm('UBEN'));
      const told = slack.posts.length;
      for (const channel of ['CGENERAL', 'CEVENTS'])
        await slack.event({ type: 'member_joined_channel', user: 'UBEN', channel, channel_type: 'C', team: slack.team });
      await slack.event({ type: 'member_joined_channel', user: 'UANN', channel: 'CEVENTS', channel_type: 'C', team: slack.team });
      await say('UANN', 'help');
      expect(slack.posts.length).toBe(told + 1);
    });
  });
});

test('Chinese and English are answered in kind; an unknown text in a direct message is answered, too', async () => {
  await onSlack({}, async (scene) => {
    const say = (text: string) => answerTo(scene, () => scene.slack.say({ channel: 'UANN', text }));
    expect((await say('帮助')).text).toContain('口令');
    expect((await say('help')).text).toContain('code of an event');
    expect((await say('zxqv zxqv')).text.length).toBeGreaterThan(10);
    // What Slack's clients make of what was typed: links, entities, formatting.
    expect((await say('*20231104*')).text).toContain(SLIDES);
    expect((await say('<tel:20231104|20231104>')).text).toContain(SLIDES);
    expect((await say('A &amp; B')).text.length).toBeGreaterThan(10);
  });
});
