#!/usr/bin/env node
// npm run bench: every figure is a ratio against a named floor in the same run (median, least and greatest), beside its bound.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchAnswers } from './answers.mjs';
import { benchBroadcast } from './broadcast.mjs';
import { benchHistory } from './history.mjs';
import { benchLedger } from './ledger.mjs';
import { benchLoading } from './loading.mjs';
import { allHeld } from './measure.mjs';
import { benchSchedule } from './schedule.mjs';
import { benchSlack } from './slack.mjs';
import { benchStart } from './start.mjs';
import { benchWeb } from './web.mjs';
import { benchWeChat } from './wechat.mjs';

const dir = mkdtempSync(join(tmpdir(), 'emcee-bench-'));
try {
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
  await benchAnswers();
  await benchLoading(join(dir, 'loading'));
  await benchSchedule(join(dir, 'schedule'));
  await benchStart(join(dir, 'start'));
  await benchWeb(join(dir, 'web'));
  await benchSlack(join(dir, 'slack'));
  await benchWeChat(join(dir, 'wechat'));
  await benchHistory(join(dir, 'history'));
  await benchBroadcast(join(dir, 'broadcast'), process.env.TEST_DATABASE_URL);
  await benchLedger(join(dir, 'ledger'), process.env.TEST_DATABASE_URL);
  process.exitCode = allHeld() ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true });
}
