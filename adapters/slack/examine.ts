import type { Examined } from '../../src/adapter.js';
import type { SlackSettings } from './adapter.js';
import { clientOptions, loadBolt, loggerFor } from './bolt.js';
import { explain, NEEDED_SCOPES, READING_SCOPES, SCOPES } from './explain.js';

const NO_LOG = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** Slack refuses what is signed, and emcee what arrives, beyond five minutes. */
const TELLING_SKEW_MS = 60_000;

/** Both tokens, the scopes and the clock, by asking Slack. */
export async function examine(settings: SlackSettings, { publicUrl }: { publicUrl?: string }): Promise<Examined[]> {
  const { SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl } = settings;
  const { webApi } = await loadBolt();
  const options = clientOptions(apiUrl, loggerFor(NO_LOG));
  const found: Examined[] = [];
  try {
    let date: string | null = null;
    const fetching: typeof fetch = async (...request) => {
      const response = await fetch(...request);
      date = response.headers.get('date');
      return response;
    };
    const answer = await new webApi.WebClient(token, { ...options, fetch: fetching }).auth.test();
    found.push(
      { level: 'ok', message: `Slack: ${answer.user} in ${answer.team}` },
      ...clock(date),
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

function clock(date: string | null): Examined[] {
  const skew = date === null ? 0 : Date.now() - Date.parse(date);
  if (!(Math.abs(skew) > TELLING_SKEW_MS)) return [];
  const message = `Slack: this machine's clock is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead' : 'behind'}; beyond 300 s every event is refused. Set it with NTP`;
  return [{ level: 'error', message }];
}
