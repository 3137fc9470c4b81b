import { expect, test } from 'vitest';
import { Metrics } from '../../src/metrics.js';
import { startBot, temporaryFolder } from '../cli/emcee.js';
import { say } from '../fakes/http.js';

test('metrics count what happens, by Prometheus’ conventions; only for this machine or with the token', async () => {
  const folder = temporaryFolder();
  const bot = await startBot({ EMCEE_DATA: folder.path, EMCEE_METRICS_TOKEN: 'a-long-enough-token' });
  await say(bot.url, { text: '20231104' });
  await say(bot.url, { text: 'nothing like this' });
  const metrics = async (headers = {}) => fetch(`${bot.url}/metrics`, { headers });
  const text = await (await metrics()).text();
  expect(text).toContain('emcee_messages_total{adapter="web"} 2');
  expect(text).toContain('emcee_answers_total{adapter="web",kind="code"} 1');
  expect(text).toContain('emcee_answer_duration_seconds_count{adapter="web"} 2');
  expect(text).toContain('emcee_adapter_online{adapter="web"} 1');
  expect(text).toContain('emcee_events 7');
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)/gm)];
  for (const [, name = '', type] of names) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    if (type === 'counter') expect(name).toMatch(/_total$/);
  }
  for (const [, name] of names) expect(text, `${name} has no help`).toContain(`# HELP ${name} `);
  expect((await metrics()).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const forwarded = { 'X-Forwarded-For': '203.0.113.7' };
  expect((await metrics(forwarded)).status).toBe(403);
  expect((await metrics({ ...forwarded, Authorization: 'Bearer a-long-enough-token' })).status).toBe(200);
  await bot.kill();
  folder.remove();
});

test('what is counted before anybody asks is not left out, however much it is', async () => {
  const metrics = new Metrics();
  for (let i = 0; i < 25_000; i += 1) metrics.count('emcee_messages_total', { adapter: 'web' });
  await metrics.load();
  for (let i = 0; i < 5; i += 1) metrics.count('emcee_messages_total', { adapter: 'web' });
  expect((await metrics.text([])).body).toContain('emcee_messages_total{adapter="web"} 25005');
});
