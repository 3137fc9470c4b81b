import { expect, test } from 'vitest';
import { openPostgres } from '../../src/store/postgres/index.js';
import { silentLog, until } from '../fakes/platform.js';
import { freshDatabase, serverUrl } from '../fakes/postgres.js';
import { openDesk } from './scene.js';

const server = await serverUrl();
if (!server) console.warn('skipped: no PostgreSQL answers; links set from a chat are not tried on several replicas');
const LINK = 'https://pan.baidu.com/s/1new';

test.skipIf(!server)('a link asked for at one replica is confirmed at another, once, and every replica answers with it', async () => {
  const database = await freshDatabase(server as string);
  const stores = [await openPostgres(database.url, { log: silentLog }), await openPostgres(database.url, { log: silentLog })] as const;
  const [one, two] = [await openDesk({ store: stores[0] }), await openDesk({ store: stores[1] })];
  try {
    expect(await one.say(`课件 20231104 ${LINK} 提取码 ab12`)).toContain(LINK);
    // Both replicas hear a word at the same moment: one of them keeps it.
    const heard = await Promise.all([one.say('是'), two.say('是')]);
    expect(heard.filter((text) => text.includes('收到新的链接'))).toHaveLength(1);
    expect(await stores[0].readAudit(10)).toHaveLength(1);
    for (const replica of [one, two]) await until(async () => (await replica.say('20231104', { as: 'ann' })).includes(LINK));
    await two.say('别名 成都ppt = 20231104');
    await until(async () => (await one.say('成都 PPT', { as: 'ann' })).includes(LINK));
    expect(await two.say('删除课件 20231104')).toContain('slides/20231104');
    await one.say('是');
    await until(async () => !(await two.say('20231104', { as: 'ann' })).includes(LINK));
  } finally {
    await one.close();
    await two.close();
    for (const store of stores) await store.close();
    await database.drop();
  }
});
