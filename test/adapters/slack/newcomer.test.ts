// From the README to a first answer: every step that can go wrong says what to do.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { SCOPES } from '../../../adapters/slack/explain.js';
import { emcee, SAMPLE, temporaryFolder } from '../../cli/emcee.js';
import { until } from '../../fakes/platform.js';
import { type Slack, type SlackOptions, startSlack } from '../../fakes/slack/slack.mjs';
import { onSlack, settingsFor, stateOf } from './scene.js';

// Processes start, and Slack's pace of a second is kept.
vi.setConfig({ testTimeout: 120_000 });

async function doctor(slack: SlackOptions, env: (slack: Slack) => Record<string, string>): Promise<string> {
  const folder = temporaryFolder();
  const fake = await startSlack(slack);
  try {
    const settings = { EMCEE_CONTENT: SAMPLE, EMCEE_DATA: join(folder.path, 'data') };
    return (await emcee(['doctor'], { env: { ...settings, ...env(fake) } })).stdout;
  } finally {
    await fake.close();
    folder.remove();
  }
}

test('settings that cannot be right are named at once, with where to find the right ones', async () => {
  const run = await emcee(['start'], { env: { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'xoxb-2' } });
  expect(run.code).toBe(2);
  for (const sentence of [
    /SLACK_BOT_TOKEN: its value does not start with xoxb-/,
    /SLACK_APP_TOKEN: .* xapp-/,
    /SLACK_SIGNING_SECRET: .*Signing Secret/,
  ])
    expect(run.stderr).toMatch(sentence);
  expect(run.stderr).not.toMatch(/xoxb-[12]|xapp-1/);
  const alone = await emcee(['start'], { env: { SLACK_BOT_TOKEN: 'xoxb-1' } });
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringMatching(/SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET .* missing/)]);
  const halves = await emcee(['start'], { env: { SLACK_APP_TOKEN: 'xapp-1' } });
  expect([halves.code, halves.stderr]).toEqual([2, expect.stringMatching(/SLACK_BOT_TOKEN is missing/)]);
});

test('emcee doctor asks Slack: tokens, scopes, and what the public address must be', async () => {
  const good = await doctor({}, (slack) => settingsFor(slack, true));
  expect(good).toMatch(/ok +platforms +Slack: emcee in Test team/);
  expect(good).toMatch(/ok +platforms +Slack: Socket Mode can be opened/);
  expect(good).not.toMatch(/scope/);
  const http = await doctor({}, (slack) => ({ ...settingsFor(slack), EMCEE_PUBLIC_URL: 'https://bot.example.org' }));
  expect(http).toContain('https://bot.example.org/hooks/slack');
  expect(await doctor({ botToken: 'xoxb-other' }, (slack) => ({ ...settingsFor(slack), SLACK_BOT_TOKEN: 'xoxb-1' }))).toMatch(
    /error +platforms +Slack does not accept SLACK_BOT_TOKEN/,
  );
  expect(await doctor({ appScopes: [] }, (slack) => settingsFor(slack, true))).toMatch(
    /error +platforms +SLACK_APP_TOKEN lacks the scope connections:write/,
  );
  const mute = await doctor({ scopes: ['app_mentions:read'] }, (slack) => settingsFor(slack, true));
  expect(mute).toMatch(/error +platforms +Slack: the scope chat:write is missing: the bot cannot answer/);
  expect(mute).toMatch(/warning +platforms +Slack: the scope im:history is missing/);
  expect(
    await doctor({}, () => ({ SLACK_API_URL: 'http://127.0.0.1:1/api', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' })),
  ).toMatch(/error +platforms +Slack cannot be reached/);
});

test('a wrong token does not keep the bot from starting; /healthz says why, no secret shows, and it recovers by itself', async () => {
  await onSlack({ socket: true, slack: { appScopes: [] } }, async ({ slack, bot }) => {
    expect(await stateOf(bot)).toMatchObject({ is: 'offline', reason: expect.stringContaining('connections:write') });
    slack.appScopes = ['connections:write'];
    await until(async () => (await stateOf(bot)).is === 'online', 'it is online');
    expect(bot.log()).not.toMatch(/xoxb-test|xapp-test/);
  });
});

test('a post into a channel without the bot tells its organizers to invite it', async () => {
  await onSlack({ socket: true }, async ({ slack, folder, bot, restart }) => {
    await bot.kill();
    folder.write(
      'emcee.yaml',
      'community: x\nlanguage: en\norganizers: [slack:person:UANN, slack:room:CELSE]\nalerts: [slack:room:CELSE]\nchannels:\n  - name: announce\n    address: slack:#gone\n',
    );
    const next = await restart({ EMCEE_CONTENT: folder.path });
    // The notice about #gone goes to #elsewhere, where the bot is not; and that is said, too.
    await until(() => next.log().includes('The bot is not in'), 'the refusal is explained');
    expect(next.log()).toMatch(/not-allowed/);
    expect(slack.posts).toEqual([]);
  });
});

test('the manifests ask for the scopes that the code explains, and the smaller one for no channel history', () => {
  const read = (name: string) => parse(readFileSync(new URL(`../../../adapters/slack/${name}`, import.meta.url), 'utf8'));
  const whole = read('manifest.yaml');
  const mentions = read('manifest-mentions.yaml');
  expect(whole.oauth_config.scopes.bot.toSorted()).toEqual(Object.keys(SCOPES).toSorted());
  const history = ['channels:history', 'groups:history'];
  expect(mentions.oauth_config.scopes.bot).toEqual(whole.oauth_config.scopes.bot.filter((scope: string) => !history.includes(scope)));
  expect(mentions.settings.event_subscriptions.bot_events).not.toContain('message.channels');
});

test('with the smaller manifest mentions are answered, and other messages are never heard', async () => {
  const scopes = Object.keys(SCOPES).filter((scope) => !/^(?:channels|groups):history$/.test(scope));
  await onSlack({ slack: { scopes } }, async ({ slack }) => {
    await slack.say({ channel: 'CGENERAL', text: '20231104' });
    const { ts } = await slack.say({ channel: 'CGENERAL', text: '<@UBOT> 20231104' });
    expect(await slack.posted(1)).toMatchObject({ thread_ts: ts });
    expect(slack.posts).toHaveLength(1);
  });
});
