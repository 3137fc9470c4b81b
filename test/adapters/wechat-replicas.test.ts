// Two bots on one PostgreSQL answer for one Official Account.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE, type StartedBot, startBot, temporaryFolder } from '../cli/emcee.js';
import { freshDatabase, serverUrl } from '../fakes/postgres.js';
import { say, TOKEN, text } from '../fakes/wechat/account.js';

const server = await serverUrl();
if (!server) console.warn('skipped: no PostgreSQL answers; set TEST_DATABASE_URL to try two replicas of an Official Account');

describe.skipIf(!server)('two replicas', () => {
  const folder = temporaryFolder();
  const account = { token: TOKEN };
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let bots: StartedBot[] = [];
  beforeAll(async () => {
    database = await freshDatabase(server ?? '');
    const env = { EMCEE_CONTENT: SAMPLE, DATABASE_URL: database.url, WECHAT_TOKEN: TOKEN };
    bots = await Promise.all(['a', 'b'].map((name) => startBot({ ...env, EMCEE_DATA: `${folder.path}/${name}` })));
  });
  afterAll(async () => {
    await Promise.all(bots.map((bot) => bot.kill()));
    await database?.drop();
    folder.remove();
  });
  const both = (xml: string) => Promise.all([0, 1, 0, 1].map((index) => say(bots[index]?.url ?? '', account, xml)));

  test('redeliveries to either get one answer', async () => {
    const contents = new Set((await both(text('20231104'))).map(({ fields }) => fields.Content));
    expect([...contents]).toEqual([expect.stringContaining('https://example.org/slides/20231104')]);
  });

  test('a member gets one hint an hour, whoever is asked', async () => {
    const member = { FromUserName: 'oChatty' };
    expect((await say(bots[0]?.url ?? '', account, text('大家好', member))).fields.Content).toContain('没有找到');
    expect((await say(bots[1]?.url ?? '', account, text('哈哈哈', member))).body).toBe('success');
  });

  test('what one has offered, the other understands', async () => {
    const member = { FromUserName: 'oChooser' };
    await say(bots[0]?.url ?? '', account, text('活动', member));
    expect((await say(bots[1]?.url ?? '', account, text('1', member))).fields.Content).toMatch(/时间：/);
  });
});
