// Commands about a platform, beside the bot.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emcee, temporaryFolder } from './emcee.js';

test('who has asked for a code, or confirmed a room, by a command stands in the audit log', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'content/events'), { recursive: true });
  folder.write('content/emcee.yaml', "community: x\nlanguage: en\nchannels: [{ name: cd, address: 'wechaty:cd', tags: [a] }]\n");
  const env = { EMCEE_CONTENT: join(folder.path, 'content'), EMCEE_DATA: join(folder.path, 'data'), WECHATY_PUPPET: 'wechat4u' };
  try {
    expect((await emcee(['rooms', 'bind', 'cd'], { env })).stdout).toContain('type this in the room');
    // There is nothing to confirm: that is no entry.
    expect((await emcee(['rooms', 'confirm', 'cd'], { env })).code).toBe(1);
    const { stdout } = await emcee(['audit'], { env });
    expect(stdout).toContain('asked-to-bind');
    expect(stdout).not.toContain('confirmed-room');
  } finally {
    folder.remove();
  }
});

test('a platform that is not on cannot be paused; the message says what to look at', async () => {
  const folder = temporaryFolder();
  try {
    const { stderr, code } = await emcee(['pause', 'wechaty'], { env: { EMCEE_DATA: folder.path } });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/'wechaty' is no platform that is on\. .*emcee doctor/);
  } finally {
    folder.remove();
  }
});
