import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Broadcast, Draft, Maker, Plan, Wanted } from '../broadcast/types.js';
import { previewParts, refusalText } from '../broadcast/words.js';
import type { Community } from '../content/catalog.js';
import { plainText } from '../render/index.js';
import { askForWord } from './broadcast-ask.js';
import { follow } from './broadcast-follow.js';
import { type BroadcastScene, withBroadcasts } from './broadcast-scene.js';
import { broadcastAsJson, channelsText, planAsJson, reportAsJson } from './broadcast-view.js';
import { instant } from './instant.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';
import { operator } from './with-store.js';

export interface BroadcastOptions {
  to?: string[];
  except?: string[];
  text?: string;
  file?: string;
  announce?: string;
  at?: string;
  everyone?: boolean;
  dryRun?: boolean;
  yes?: boolean;
  detach?: boolean;
  json?: boolean;
}

/** `emcee broadcast`: shows what will go out, asks for a word, follows it to its end. The bot sends, now or when it is started. */
export async function broadcastCommand(options: BroadcastOptions): Promise<Outcome> {
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (!options.dryRun && !options.yes && !isTerminal)
    throw new UsageError('Nobody is there to confirm it: add --yes to send it as it is, or --dry-run to see it only.');
  const say = await saidIn(options);
  return withBroadcasts(async (scene) => {
    const at = whenOf(options.at, scene.community);
    const wanted: Wanted = {
      ...{ say, to: options.to ?? [], except: options.except ?? [], everyone: options.everyone === true },
      ...(at !== undefined && { at }),
    };
    const maker = newMaker();
    if (options.dryRun) return dryRun(wanted, maker, scene, options);
    const proposed = await scene.broadcasts.propose(wanted, maker);
    if (proposed.is === 'refused') throw new UsageError(plainText({ text: refusalText(proposed.why, 'en') }));
    if (proposed.is !== 'proposed') throw new Error(`a new draft is ${proposed.is}`);
    const broadcast = options.yes ? await sendAsItIs(proposed.draft, scene) : await askForWord(proposed.draft, scene.broadcasts, newMaker);
    if (!broadcast) return { lines: ['Nothing has gone out.'], exitCode: 1 };
    return followed(broadcast, scene, options, isTerminal);
  });
}

async function dryRun(wanted: Wanted, maker: Maker, { broadcasts }: BroadcastScene, { json }: BroadcastOptions): Promise<Outcome> {
  const planned = await broadcasts.preview(wanted, maker);
  if (planned.is === 'refused') throw new UsageError(plainText({ text: refusalText(planned.why, 'en') }));
  return json ? jsonOutcome(planAsJson(planned.plan)) : { lines: [...shown(planned.plan), 'Nothing was sent (--dry-run).'] };
}

/** Who says --yes has seen nothing but what was written: it goes as it is planned now, however many it goes to. */
async function sendAsItIs(draft: Draft, { broadcasts }: BroadcastScene): Promise<Broadcast> {
  const { id, number, plan } = draft;
  const confirmed = await broadcasts.confirm({ id, number, count: plan.targets.length }, newMaker());
  if (confirmed.is === 'confirmed') return confirmed.broadcast;
  await broadcasts.discard(id, newMaker());
  const why =
    confirmed.is === 'refused' ? plainText({ text: refusalText(confirmed.why, 'en') }) : 'The channels or pages have just changed.';
  throw new UsageError(`${why} Nothing has gone out; please try again.`);
}

async function followed(
  broadcast: Broadcast,
  { broadcasts }: BroadcastScene,
  options: BroadcastOptions,
  isTerminal: boolean,
): Promise<Outcome> {
  const { id, total, at } = broadcast;
  const stopIt = `emcee broadcast stop ${id}`;
  const isLater = at > Date.now();
  if (options.detach || isLater) {
    if (options.json) return jsonOutcome(broadcastAsJson(broadcast));
    const when = isLater ? `goes out at ${new Date(at).toISOString()}` : 'goes out now, or as soon as the bot is started';
    return { lines: [`Broadcast ${id} to ${channelsText(total)} ${when}. To stop it: ${stopIt}`] };
  }
  const { report, lines } = await follow(id, broadcasts, { isTerminal, stopIt });
  if (options.json) return jsonOutcome(reportAsJson(report), report.failed > 0 ? 1 : 0);
  return { lines, exitCode: report.failed > 0 ? 1 : 0 };
}

/** A preview without what to reply: on a command line that is asked for. */
export function shown(plan: Plan): string[] {
  const { facts, renderings } = previewParts(
    { id: '', wanted: { say: { text: '' }, to: [], except: [] }, plan, number: '', expiresAt: 0, needsCount: false },
    'en',
  );
  return [...facts, '', ...renderings.flatMap(({ heading, text }) => [heading, text, ''])];
}

function newMaker(): Maker {
  return { person: operator(), key: `cli:${randomUUID()}`, language: 'en' };
}

async function saidIn({ text, file, announce }: BroadcastOptions): Promise<Wanted['say']> {
  if ([text, file, announce].filter((each) => each !== undefined).length !== 1)
    throw new UsageError('Say what to send, in one way: --text TEXT, --file FILE or --announce EVENT.');
  if (announce !== undefined) return { event: announce };
  if (text !== undefined) return { text };
  try {
    return { text: (await readFile(file as string, 'utf8')).replace(/^\uFEFF/, '') };
  } catch (error) {
    throw new UsageError(`--file: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}).`);
  }
}

/** A wall time is the community's; an instant is whatever it says. */
function whenOf(written: string | undefined, { timezone }: Community): number | undefined {
  if (written === undefined) return undefined;
  // Midnight is what nobody means who writes a day.
  if (!/\d:\d\d/.test(written))
    throw new UsageError(`--at: '${written}' tells no hour. Write it as '2026-12-01 18:00' (in ${timezone}) or 2026-12-01T18:00:00+08:00.`);
  return instant(written, timezone, '--at');
}
