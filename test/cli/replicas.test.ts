// Two bots on one PostgreSQL, as processes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, serverUrl } from '../fakes/postgres.js';
import { SAMPLE, type StartedBot, startBot, temporaryFolder } from './emcee.js';

const server = await serverUrl();
if (!server) console.warn('skipped: no PostgreSQL answers; set TEST_DATABASE_URL to try two replicas');

describe.skipIf(!server)('two replicas', () => {
  const folder = temporaryFolder();
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let bots: StartedBot[] = [];
  beforeAll(async () => {
    database = await freshDatabase(server ?? '');
    const env = { EMCEE_CONTENT: SAMPLE, DATABASE_URL: database.url };
    // At the same moment, on an empty database.
    bots = await Promise.all(['a', 'b'].map((name) => startBot({ ...env, EMCEE_DATA: `${folder.path}/${name}` })));
  });
  afterAll(async () => {
    await Promise.all(bots.map((bot) => bot.kill()));
    await database?.drop();
    folder.remove();
  });
  const say = async (bot: StartedBot | undefined, id: string, text: string) => {
    const response = await fetch(`${bot?.url}/api/chat/messages`, {
      method: 'POST',
      headers: { Cookie: 'emcee=AAAAAAAAAAAAAAAAAAAAAA' },
      body: JSON.stringify({ id, text }),
    });
    return ((await response.json()) as { reply: { text: string; card?: { title: string } } }).reply;
  };

  test('both come up, and a message is answered once, whoever gets it', async () => {
    const [one, two] = await Promise.all([say(bots[0], 'message-1', '20231104'), say(bots[1], 'message-1', '20231104')]);
    expect(one.card?.title).toContain('成都站');
    expect(two).toEqual(one);
  });

  test('what one has offered, the other understands', async () => {
    await say(bots[0], 'message-2', '活动');
    expect((await say(bots[1], 'message-3', '1')).card?.title).toContain('深圳');
  });

  test('both are well, and neither log names the address of the database', async () => {
    expect(bots.map((bot) => bot.log()).join('')).not.toContain(database.url);
    expect(await Promise.all(bots.map(async (bot) => (await fetch(`${bot.url}/healthz`)).status))).toEqual([200, 200]);
  });
});
