import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../fakes/platform.js';
import { SAMPLE, type StartedBot, startBot, temporaryFolder } from './emcee.js';

let folder: ReturnType<typeof temporaryFolder>;
let bot: StartedBot;
let content = '';
beforeEach(async () => {
  folder = temporaryFolder();
  content = join(folder.path, 'content');
  cpSync(SAMPLE, content, { recursive: true });
  bot = await startBot({ EMCEE_CONTENT: content, EMCEE_DATA: join(folder.path, 'data') }, { stdin: 'pipe' });
});
afterEach(async () => {
  await bot.kill('SIGKILL');
  folder.remove();
});

const page = () => join(content, 'events/2023-11-04-chengdu.md');
/** Asks until the answer has it: a change has to show by itself. */
async function hears(question: string, part: string): Promise<void> {
  const before = bot.stdout().length;
  await until(async () => {
    bot.say(question);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return bot.stdout().slice(before).includes(part);
  }, part);
}
const lines = (part: string) =>
  bot
    .log()
    .split('\n')
    .filter((line) => line.includes(part));

test('an edit shows, a new page answers, a removed one does not', async () => {
  writeFileSync(page(), readFileSync(page(), 'utf8').replace('云原生 + AI Meetup 成都站', '改过的标题'));
  await hears('20231104', '改过的标题');
  writeFileSync(join(content, 'events/new.md'), '---\ntitle: 新的一场\nstart: 2037-01-01 10:00\ncodes: [brandnew2037]\n---\n');
  await hears('brandnew2037', '新的一场');
  rmSync(join(content, 'events/new.md'));
  await hears('brandnew2037', '没有');
});

test('a link added to slides.yaml is in the next answer', async () => {
  writeFileSync(
    join(content, 'slides.yaml'),
    `${readFileSync(join(content, 'slides.yaml'), 'utf8')}\n'20360517': https://example.org/slides/fresh\n`,
  );
  await hears('20360517', 'https://example.org/slides/fresh');
});

test('a broken page keeps its last good version; the mistake is told once, with its line, also to organizers', async () => {
  writeFileSync(page(), '---\ntitle: {{{\n  - [\n---\n---js\n');
  await until(() => lines('2023-11-04-chengdu.md').length > 0, 'the mistake in the log');
  await hears('20231104', 'https://example.org/slides/20231104');
  await until(() => bot.stdout().includes('2023-11-04-chengdu.md'), 'the notice to organizers');
  writeFileSync(join(content, 'events/2036-06-19-online.md'), readFileSync(join(content, 'events/2036-06-19-online.md')));
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(lines('2023-11-04-chengdu.md:').length).toBe(1);
});

test('a folder that vanishes keeps serving, and an alarm is raised', async () => {
  renameSync(content, `${content}-away`);
  await until(() => lines('"level":"error"').length > 0, 'the alarm');
  await hears('20231104', 'https://example.org/slides/20231104');
  renameSync(`${content}-away`, content);
  writeFileSync(page(), readFileSync(page(), 'utf8').replace('云原生 + AI Meetup 成都站', '回来了'));
  await hears('20231104', '回来了');
});
