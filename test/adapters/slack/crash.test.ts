// Killed between taking a message and answering it; and several bots on one database.
import { webApi } from '@slack/bolt';
import { expect, test, vi } from 'vitest';
import { until } from '../../fakes/platform.js';
import { freshDatabase, serverUrl } from '../../fakes/postgres.js';
import type { SlackFault } from '../../fakes/slack/slack.mjs';
import { onSlack, stateOf } from './scene.js';

// Processes start, and Slack's pace of a second is kept.
vi.setConfig({ testTimeout: 120_000 });

/** What Slack had done with the post when the bot was killed → how often it is there at the end. Never twice, never not. */
const MOMENTS: [string, SlackFault][] = [
  ['before Slack had it', 'hang'],
  ['after Slack had it', 'accepted-then-hang'],
];

test.each(MOMENTS)('kill -9 %s: the answer is there once, and read back by its id where it had arrived', async (_name, fault) => {
  await onSlack({ env: { EMCEE_READBACK_AFTER: '1s' } }, async ({ slack, bot, restart }) => {
    slack.fault('chat.postMessage', fault);
    const { ts } = await slack.say({ channel: 'CGENERAL', text: '20231104' });
    await until(() => slack.calls.some(({ method }) => method === 'chat.postMessage'), 'the post is under way');
    await bot.kill('SIGKILL');
    const next = await restart();
    await until(() => slack.posts.some((post) => post.thread_ts === ts), 'the answer');
    await until(async () => (await stateOf(next)).unknown === 0 && (await stateOf(next)).queued === 0, 'nothing is open');
    expect(slack.posts.filter((post) => post.thread_ts === ts)).toHaveLength(1);

    // By Slack's own client, as an independent reader.
    const client = new webApi.WebClient(slack.botToken, { slackApiUrl: slack.url });
    const thread = await client.conversations.replies({ channel: 'CGENERAL', ts, include_all_metadata: true });
    expect(thread.messages).toMatchObject([
      { text: '20231104', user: 'UANN' },
      { text: expect.stringContaining('https://example.org/slides/20231104'), metadata: { event_type: 'emcee_delivery' } },
    ]);
  });
});

const server = await serverUrl();

test.skipIf(!server)('two bots on one PostgreSQL, each event to both, in another order: one answer each', async () => {
  const database = await freshDatabase(server as string);
  try {
    await onSlack({ env: { DATABASE_URL: database.url } }, async ({ slack, bot, restart }) => {
      const second = await restart();
      const hooks = [bot, second].map(({ url }) => `${url}/hooks/slack`);
      const asked = new Set<string>();
      for (let i = 0; i < 20; i += 1) {
        const channel = slack.world.addChannel({ id: `CMANY${i}`, name: `many-${i}` });
        slack.hook = hooks[i % 2];
        const { ts } = await slack.say({ channel, text: '<@UBOT> 20231104' });
        asked.add(ts);
        slack.hook = hooks[(i + 1) % 2];
        await slack.deliver(
          {
            ...{ type: 'event_callback', team_id: slack.team, event_id: `EvAgain${i}` },
            event: { type: 'message', channel, channel_type: 'channel', user: 'UANN', text: '<@UBOT> 20231104', ts, team: slack.team },
          },
          { headers: { 'X-Slack-Retry-Num': '1' } },
        );
      }
      await slack.posted(20);
      await until(async () => (await stateOf(bot)).queued === 0, 'nothing is queued');
      expect(slack.posts.map((post) => post.thread_ts).toSorted()).toEqual([...asked].toSorted());
    });
  } finally {
    await database.drop();
  }
});
if (!server) test.skip('no PostgreSQL answers (TEST_DATABASE_URL): two bots on one database are not tried', () => undefined);

test('SIGTERM while Slack hangs: it ends in good order and what was taken is answered by the next bot', async () => {
  await onSlack({ env: { EMCEE_READBACK_AFTER: '1s' } }, async ({ slack, bot, restart }) => {
    slack.fault('chat.postMessage', 'hang');
    const { ts } = await slack.say({ channel: 'CGENERAL', text: '20231104' });
    await until(() => slack.calls.some(({ method }) => method === 'chat.postMessage'), 'the post is under way');
    expect(await bot.kill('SIGTERM')).toBe(0);
    await restart();
    await until(() => slack.posts.some((post) => post.thread_ts === ts), 'the answer');
    expect(slack.posts.filter((post) => post.thread_ts === ts)).toHaveLength(1);
  });
});
