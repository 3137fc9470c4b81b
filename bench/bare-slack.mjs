// The floor for Slack: what a good engineer writes by hand. Bolt, one listener, NFKC, a Map. No store, no repeats, no limits.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from '@slack/bolt';
import { parse } from 'yaml';

const { CONTENT, SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET } = process.env;
const links = new Map(Object.entries(parse(readFileSync(join(CONTENT, 'slides.yaml'), 'utf8'))));
const app = new App({ token: SLACK_BOT_TOKEN, signingSecret: SLACK_SIGNING_SECRET, clientOptions: { slackApiUrl: SLACK_API_URL } });
app.message(async ({ message, say }) => {
  const link = links.get((message.text ?? '').normalize('NFKC').trim().toLowerCase());
  if (link) await say(message.channel_type === 'im' ? link : { text: link, thread_ts: message.ts });
});
const server = await app.start({ port: 0, host: '127.0.0.1' });
console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}`, hook: '/slack/events' }));
