import type { Examined } from '../../src/adapter.js';
import type { SlackSettings } from './adapter.js';
import { clientOptions, loadBolt, loggerFor } from './bolt.js';
import { SlackClock } from './clock.js';
import { explain, NEEDED_SCOPES, READING_SCOPES, SCOPES } from './explain.js';

const NO_LOG = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** Slack refuses what is signed, and emcee what arrives, beyond five minutes. */
const TELLING_SKEW_MS = 60_000;

/** Both tokens, the scopes and the clock, by asking Slack. */
export async function examine(settings: SlackSettings, { publicUrl }: { publicUrl?: string }): Promise<Examined[]> {
  const { SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl } = settings;
  const { webApi } = await loadBolt();
  const clock = new SlackClock();
  const options = clientOptions(apiUrl, loggerFor(NO_LOG), clock);
  const found: Examined[] = [];
  try {
    const answer = await new webApi.WebClient(token, options).auth.test();
    found.push(
      { level: 'ok', message: `Slack: ${answer.user} in ${answer.team}` },
      ...skewOf(clock),
      ...scopes(answer.response_metadata?.scopes),
    );
  } catch (error) {
    return [{ level: 'error', message: explain(error, 'bot', 'en') }];
  }
  if (!appToken)
    return [
      ...found,
      {
        level: 'ok',
        message: `Slack: events come to ${publicUrl ?? 'https://<your host>'}/hooks/slack (“Event Subscriptions” → Request URL)`,
      },
    ];
  try {
    await new webApi.WebClient(appToken, options).apps.connections.open();
    return [...found, { level: 'ok', message: 'Slack: Socket Mode can be opened; no public address is needed' }];
  } catch (error) {
    return [...found, { level: 'error', message: explain(error, 'app', 'en') }];
  }
}

function scopes(granted: readonly string[] | undefined): Examined[] {
  if (!granted) return [];
  const missing = Object.keys(SCOPES).filter((scope) => !granted.includes(scope));
  if (missing.join() === READING_SCOPES.join())
    return [{ level: 'ok', message: 'Slack: in channels the bot hears mentions and /emcee only (manifest-mentions.yaml)' }];
  return Object.entries(SCOPES)
    .filter(([scope]) => missing.includes(scope))
    .map(([scope, without]) => ({
      level: NEEDED_SCOPES.includes(scope) ? 'error' : 'warning',
      message: `Slack: the scope ${scope} is missing: ${without}. Add it under “OAuth & Permissions” and reinstall the app`,
    }));
}

function skewOf({ aheadMs }: SlackClock): Examined[] {
  if (Math.abs(aheadMs) <= TELLING_SKEW_MS) return [];
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const message = `Slack: this machine's clock is ${seconds} s ${aheadMs < 0 ? 'ahead' : 'behind'}; beyond 300 s every event is refused. Set it with NTP`;
  return [{ level: 'error', message }];
}
