// `emcee broadcast stop|resume|retry|list|report [ID]`.
import { randomUUID } from 'node:crypto';
import { progressText, reportText } from '../broadcast/words.js';
import { BROADCAST_PHRASES } from '../phrases/broadcast.js';
import { plainText } from '../render/index.js';
import { type BroadcastScene, cliUser, withBroadcasts } from './broadcast-scene.js';
import { broadcastAsJson, reportAsJson, runningAsJson } from './broadcast-view.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';

type Steering = 'stop' | 'resume' | 'retry';

const DONE: Record<Steering, (id: string, count: number) => string> = {
  stop: (id, count) =>
    count === 0
      ? `Nothing of broadcast ${id} was left to stop.`
      : `Broadcast ${id} is stopped: ${count} channels will not get it. To go on: emcee broadcast resume ${id}`,
  resume: (id, count) => (count === 0 ? `Nothing of broadcast ${id} is stopped.` : `Broadcast ${id} goes on, to ${count} channels more.`),
  retry: (id, count) => (count === 0 ? `Nothing of broadcast ${id} was refused.` : `Broadcast ${id} is tried again in ${count} channels.`),
};

export async function steerCommand(what: string, id: string | undefined, { json }: { json?: boolean }): Promise<Outcome> {
  if (what === 'list') return withBroadcasts((scene) => list(scene, json));
  if (what === 'report') return withBroadcasts((scene) => report(id, scene, json));
  return withBroadcasts((scene) => steer(what as Steering, id, scene, json));
}

async function steer(what: Steering, id: string | undefined, { broadcasts }: BroadcastScene, json?: boolean): Promise<Outcome> {
  const done = await broadcasts[what](id, { person: cliUser(), key: `cli:${randomUUID()}`, language: 'en' });
  if (!done) throw noSuch(id, { stop: 'is under way or waits', resume: 'is stopped', retry: 'has anything that was refused' }[what]);
  const { broadcast, count, stale } = done;
  if (stale) throw new UsageError(BROADCAST_PHRASES.en.stale[stale](broadcast.id, broadcast.label));
  return json ? jsonOutcome({ ...broadcastAsJson(broadcast), changed: count }) : { lines: [DONE[what](broadcast.id, count)] };
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

function noSuch(id: string | undefined, which: string): UsageError {
  return new UsageError(
    id === undefined
      ? `No broadcast ${which}: emcee broadcast list shows all.`
      : `There is no broadcast ${id}: emcee broadcast list shows all.`,
  );
}
