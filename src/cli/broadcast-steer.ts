// `emcee broadcast stop|resume|retry|list|progress|report [ID]`, `drafts` and `discard ID`.
import { randomUUID } from 'node:crypto';
import type { Maker } from '../broadcast/types.js';
import { draftLine, goneLines, progressText, reportText, undoneText } from '../broadcast/words.js';
import { plainText } from '../render/index.js';
import { type BroadcastScene, withBroadcasts } from './broadcast-scene.js';
import { broadcastAsJson, channelsText, draftAsJson, reportAsJson, runningAsJson } from './broadcast-view.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';
import { operator } from './with-store.js';

type Steering = 'stop' | 'resume' | 'retry';

const DONE: Record<Steering, (id: string, count: number) => string> = {
  stop: (id, count) =>
    count === 0
      ? `Nothing of broadcast ${id} was left to stop.`
      : `Broadcast ${id} is stopped: ${channelsText(count)} will not get it. To go on: emcee broadcast resume ${id}`,
  resume: (id, count) =>
    count === 0 ? `Nothing of broadcast ${id} is stopped.` : `Broadcast ${id} goes on, to ${channelsText(count)} more.`,
  retry: (id, count) =>
    count === 0 ? `Nothing of broadcast ${id} was refused.` : `Broadcast ${id} is tried again in ${channelsText(count)}.`,
};

export async function steerCommand(what: string, id: string | undefined, { json }: { json?: boolean }): Promise<Outcome> {
  if (what === 'list') return withBroadcasts((scene) => list(scene, json));
  if (what === 'drafts') return withBroadcasts((scene) => drafts(scene, json));
  if (what === 'discard') return withBroadcasts((scene) => discard(id as string, scene, json));
  if (what === 'progress') return withBroadcasts((scene) => progress(id, scene, json));
  if (what === 'report') return withBroadcasts((scene) => report(id, scene, json));
  return withBroadcasts((scene) => steer(what as Steering, id, scene, json));
}

async function steer(what: Steering, id: string | undefined, { broadcasts }: BroadcastScene, json?: boolean): Promise<Outcome> {
  const done = await broadcasts[what](id, newMaker());
  if (!done) throw noSuch(id, { stop: 'is under way or waits', resume: 'is stopped', retry: 'has anything that was refused' }[what]);
  const { broadcast, count, gone = [] } = done;
  const undone = undoneText(done, `emcee broadcast ${what} ${broadcast.id}`, 'en');
  if (undone !== undefined) throw new UsageError(plainText({ text: undone }));
  if (json) return jsonOutcome({ ...broadcastAsJson(broadcast), changed: count, gone });
  return { lines: [DONE[what](broadcast.id, count), ...goneLines(done, 'en')] };
}

async function drafts({ broadcasts }: BroadcastScene, json?: boolean): Promise<Outcome> {
  const all = await broadcasts.drafts(operator());
  if (json) return jsonOutcome(all.map(draftAsJson));
  return { lines: all.length === 0 ? ['No drafts.'] : all.map((each) => plainText({ text: draftLine(each, 'en', Date.now()) })) };
}

async function discard(id: string, { broadcasts }: BroadcastScene, json?: boolean): Promise<Outcome> {
  if (!(await broadcasts.discard(id, newMaker())))
    throw new UsageError(`There is no draft ${id} of yours: emcee broadcast drafts shows all.`);
  return json ? jsonOutcome({ id, discarded: true }) : { lines: [`Draft ${id} is discarded.`] };
}

async function progress(id: string | undefined, { broadcasts }: BroadcastScene, json?: boolean): Promise<Outcome> {
  const found = await broadcasts.progress(id);
  if (!found) throw noSuch(id, 'was made yet');
  return json ? jsonOutcome(runningAsJson(found)) : { lines: [plainText({ text: progressText(found, 'en') })] };
}

async function list({ broadcasts }: BroadcastScene, json?: boolean): Promise<Outcome> {
  const all = await broadcasts.list();
  if (json) return jsonOutcome(all.map(runningAsJson));
  return { lines: all.length === 0 ? ['No broadcasts yet.'] : all.map((each) => plainText({ text: progressText(each, 'en') })) };
}

async function report(id: string | undefined, { broadcasts }: BroadcastScene, json?: boolean): Promise<Outcome> {
  const found = await broadcasts.report(id);
  if (!found) throw noSuch(id, 'was made yet');
  const exitCode = found.failed > 0 ? 1 : 0;
  if (json) return jsonOutcome(reportAsJson(found), exitCode);
  return { lines: [plainText({ text: reportText(found, 'en', (what, its) => `emcee broadcast ${what} ${its}`) })], exitCode };
}

const newMaker = (): Maker => ({ person: operator(), key: `cli:${randomUUID()}`, language: 'en' });

function noSuch(id: string | undefined, which: string): UsageError {
  return new UsageError(
    id === undefined
      ? `No broadcast ${which}: emcee broadcast list shows all.`
      : `There is no broadcast ${id}: emcee broadcast list shows all.`,
  );
}
