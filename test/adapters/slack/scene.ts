// A bot as a process, and a Slack of its own: what the tests of conversations play in.
import { join } from 'node:path';
import { SAMPLE, type StartedBot, startBot, temporaryFolder } from '../../cli/emcee.js';
import { type Slack, type SlackOptions, startSlack } from '../../fakes/slack/slack.mjs';

export interface Scene {
  slack: Slack;
  bot: StartedBot;
  folder: ReturnType<typeof temporaryFolder>;
  /** Another bot on the same store and the same Slack; events go to it from now on. */
  restart(env?: Record<string, string>): Promise<StartedBot>;
}

export interface SceneOptions {
  socket?: boolean;
  slack?: SlackOptions;
  env?: Record<string, string>;
}

export function settingsFor(slack: Slack, socket = false): Record<string, string> {
  return {
    SLACK_API_URL: slack.url,
    SLACK_BOT_TOKEN: slack.botToken,
    ...(socket ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret }),
  };
}

/** Opens a scene, plays in it and tidies up, whatever happens. No pace between posts unless asked for: fewer seconds to wait. */
export async function onSlack(options: SceneOptions, act: (scene: Scene) => Promise<void>): Promise<void> {
  const { socket = false, env = {} } = options;
  const folder = temporaryFolder();
  const slack = await startSlack({ useSockets: socket, gapMs: 0, echo: true, ...options.slack });
  const bots: StartedBot[] = [];
  const start = async (more: Record<string, string> = {}) => {
    const bot = await startBot({
      ...{ EMCEE_CONTENT: SAMPLE, EMCEE_DATA: join(folder.path, 'data'), WEB_CHAT: 'off' },
      ...{ ...settingsFor(slack, socket), ...env, ...more },
    });
    bots.push(bot);
    slack.hook = `${bot.url}/hooks/slack`;
    return bot;
  };
  try {
    await act({ slack, folder, bot: await start(), restart: start });
  } finally {
    await Promise.all(bots.map((bot) => bot.kill('SIGKILL')));
    await slack.close();
    folder.remove();
  }
}

/** What `/healthz` tells of Slack to somebody on this machine. */
export async function stateOf(bot: StartedBot): Promise<Record<string, unknown>> {
  const health = (await (await fetch(`${bot.url}/healthz`)).json()) as { adapters: { slack: Record<string, unknown> } };
  return health.adapters.slack;
}
