// The kill switch in the running bot: what it stops, and who is told.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AdapterModule } from '../../src/adapter.js';
import { Pauses } from '../../src/bot/pauses.js';
import { readEnvironment } from '../../src/config/environment.js';
import { Kept } from '../../src/content/kept-live.js';
import { type Running, start } from '../../src/main.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { catalog, community } from '../answer/scene.js';
import { temporaryFolder } from '../cli/emcee.js';
import { FakePlatform, silentLog, until } from '../fakes/platform.js';

test('two platforms that are paused at the same moment are both paused, and one that is resumed leaves the other as it is', async () => {
  const folder = temporaryFolder();
  const store = await openSqlite(folder.path, { lock: false });
  const open = () => {
    const kept = new Kept({ store, catalog: () => catalog([]), community: () => community() });
    return { kept, pauses: new Pauses({ store, kept, now: Date.now }) };
  };
  const [one, other] = [open(), open()];
  try {
    await Promise.all([one.pauses.pause('wechaty', 'a'), other.pauses.pause('slack', 'b')]);
    await one.kept.read();
    expect([one.pauses.of('wechaty'), one.pauses.of('slack')]).toEqual(['paused by a', 'paused by b']);
    const before = await store.revision();
    await other.pauses.resume('slack', 'b');
    // What every replica looks at.
    expect(await store.revision()).not.toBe(before);
    await one.kept.read();
    expect([one.pauses.of('wechaty'), one.pauses.of('slack')]).toEqual(['paused by a', undefined]);
  } finally {
    await store.close();
    folder.remove();
  }
});

async function withBot(platform: FakePlatform, act: (desk: FakePlatform, running: Running) => Promise<void>): Promise<void> {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'content/events'), { recursive: true });
  folder.write('content/emcee.yaml', 'community: 社区\nlanguage: zh\norganizers: [desk:person:boss, page:person:boss]\n');
  folder.write('content/slides.yaml', "'20231104': https://example.org/slides/20231104\n");
  const desk = new FakePlatform('desk');
  const running = await start({
    environment: readEnvironment({ EMCEE_CONTENT: `${folder.path}/content`, EMCEE_DATA: `${folder.path}/data`, PORT: '0' }),
    adapters: [desk, platform].map(({ module }) => ({ module: module as AdapterModule, values: {} })),
    log: silentLog,
  });
  try {
    await act(desk, running);
  } finally {
    await running.stop();
    folder.remove();
  }
}

let said = 0;
function says(platform: FakePlatform, name: string, who: string, text: string) {
  said += 1;
  return platform.host?.receive({
    ...{ id: `m${said}`, where: `${name}:person:${who}` as const, text, addressed: true, at: new Date() },
    sender: { id: who, isBot: false },
  });
}

test('a paused platform says nothing, also where it answers in its own request; afterwards it answers again', async () => {
  const page = new FakePlatform('page', { passive: true });
  await withBot(page, async (desk) => {
    await says(desk, 'desk', 'boss', '暂停 page');
    await until(() => desk.texts().some((text) => text.includes('page 已暂停')));
    expect(await says(page, 'page', 'ann', '20231104')).toEqual({});
    await says(desk, 'desk', 'boss', '恢复 page');
    await until(() => desk.texts().some((text) => text.includes('page 已恢复')));
    expect((await says(page, 'page', 'ann', '20231104'))?.reply?.text).toContain('PPT');
  });
});

test('whoever pauses or resumes the page on the page itself hears that it is done', async () => {
  const page = new FakePlatform('page', { passive: true });
  await withBot(page, async () => {
    expect((await says(page, 'page', 'boss', '暂停 page'))?.reply?.text).toContain('page 已暂停');
    expect(await says(page, 'page', 'boss', '20231104')).toEqual({});
    expect((await says(page, 'page', 'boss', '恢复 page'))?.reply?.text).toContain('page 已恢复');
  });
});

test('that a platform is paused stands in /healthz, by whom does not', async () => {
  await withBot(new FakePlatform('other'), async (desk, { url }) => {
    const adapters = async () => ((await (await fetch(`${url}/healthz`)).json()) as { adapters: Record<string, object> }).adapters;
    expect((await adapters()).other).not.toHaveProperty('paused');
    await says(desk, 'desk', 'boss', '暂停 other');
    await until(() => desk.texts().some((text) => text.includes('other 已暂停')));
    expect(await adapters()).toMatchObject({ other: { paused: true } });
    expect(JSON.stringify(await adapters())).not.toContain('boss');
  });
});
