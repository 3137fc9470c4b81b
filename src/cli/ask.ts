import { createInterface } from 'node:readline';
import type { AdapterModule } from '../adapter.js';
import { loadAdapters } from '../adapters.js';
import { createAnswerer } from '../answer/index.js';
import type { Answer, Question } from '../answer/types.js';
import { readEnvironment } from '../config/environment.js';
import type { Catalog } from '../content/catalog.js';
import { loadContent } from '../content/load.js';
import { instant } from './instant.js';
import { type Outcome, UsageError } from './output.js';

interface Options {
  batch?: boolean;
  as: string;
  on: string;
  room?: boolean;
  now?: string;
  json?: boolean;
}

/** `emcee ask`: the reply as a platform would show it. Reads the content, writes nothing. */
export async function askCommand(words: string[], options: Options): Promise<Outcome> {
  if (options.as !== 'member' && options.as !== 'organizer')
    throw new UsageError(`--as: '${options.as}' is no role. Write member or organizer.`);
  if (!options.batch && words.length === 0) throw new UsageError('Say what to ask: emcee ask 20231104');
  const role = options.as;
  const environment = readEnvironment();
  const module = await platform(options.on, environment.adapters);
  const content = await loadContent(environment.content, { cacheFile: environment.pagesCache });
  const { community } = content;
  const now = options.now === undefined ? new Date() : new Date(instant(options.now, community.timezone, '--now'));
  const catalog = options.now === undefined ? content.catalog : content.catalogAt(now.getTime());
  const answerer = createAnswerer(catalog, {
    ...community,
    calendarUrl: environment.publicUrl && `${environment.publicUrl}/calendar.ics`,
  });
  const ask = (text: string) => {
    const question: Question = {
      text,
      place: options.room ? 'room' : 'direct',
      addressed: !options.room,
      role,
      sender: `${module.name}:person:${role}`,
      now,
    };
    return answerer.answer(question);
  };

  if (!options.batch) {
    const reply = ask(words.join(' '));
    return { lines: [options.json ? JSON.stringify(asJson(reply, catalog, module), null, 2) : shown(reply, module)] };
  }
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const reply = ask(line);
    lines.push(options.json ? JSON.stringify(asJson(reply, catalog, module)) : shown(reply, module));
  }
  return { lines };
}

async function platform(name: string, further: string[]): Promise<AdapterModule> {
  const { modules, errors } = await loadAdapters(further, process.cwd());
  const module = modules.find((each) => each.name === name);
  if (module) return module;
  const known = modules.map((each) => each.name).join(', ');
  throw new UsageError([`--on: there is no platform '${name}'. Known: ${known}.`, ...errors.map((error) => error.message)].join('\n'));
}

function shown(answer: Answer, module: AdapterModule): string {
  return answer.reply ? module.preview(module.format(answer.reply)) : '(silence)';
}

/** The stable shape of design 3.2. `events` are pages, the leading page of each event first. */
function asJson(answer: Answer, catalog: Catalog, module: AdapterModule): unknown {
  const { reply } = answer;
  return {
    kind: answer.kind,
    events: answer.events.flatMap((id) => catalog.byId.get(id)?.pages ?? []),
    text: reply ? module.preview(module.format(reply)) : '',
    links: (reply?.card?.links ?? []).map(({ label, url }) => ({ label, url })),
    choices: reply?.choices ?? [],
  };
}
