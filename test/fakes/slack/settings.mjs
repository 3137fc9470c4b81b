// What a fake Slack is when nothing else is said.

const BOT_SCOPES = [
  ...['app_mentions:read', 'channels:history', 'channels:read', 'chat:write', 'commands', 'groups:history', 'groups:read'],
  ...['im:history', 'im:read', 'im:write', 'users:read'],
];
export const DEFAULTS = {
  team: 'TEMCEE',
  teamName: 'Test team',
  domain: 'test-team',
  appId: 'AEMCEE',
  botUser: { id: 'UBOT', bot_id: 'BBOT', name: 'emcee' },
  botToken: 'xoxb-test-token',
  appToken: 'xapp-test-token',
  signingSecret: 'test-signing-secret',
  scopes: BOT_SCOPES,
  appScopes: ['connections:write'],
  gapMs: 1_000,
  latencyMs: 0,
  slowMs: 500,
  ackMs: 3_000,
  pingMs: 30_000,
  socketRetryMs: 3_000,
  responseUrlMs: 1_800_000,
  /** Whether events that were not acknowledged are delivered again. */
  retries: false,
  /** Whether the bot hears itself, as it does on Slack. */
  echo: false,
  useSockets: false,
  mentionFirst: false,
};
