import { loadContent } from '../content/load.js';
import { createLog } from '../log.js';
import { invite } from '../organizers/invites.js';
import { type Organizer, People } from '../organizers/people.js';
import { cleanText } from '../render/index.js';
import type { Store } from '../store/port.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';
import { operator, withStore } from './with-store.js';

interface Options {
  json?: boolean;
}

/** `emcee organizer invite`: a code; whoever sends it to the bot in a direct chat becomes an organizer. */
export function inviteCommand({ json }: Options): Promise<Outcome> {
  return withStore(async (store) => {
    const { code, id, expiresAt } = await invite(store, { by: operator() }, Date.now());
    await store.writeAudit({ who: operator(), did: 'invited', about: { invite: id } }, Date.now());
    if (json) return jsonOutcome({ code, expiresAt: new Date(expiresAt).toISOString() });
    return {
      lines: [
        code,
        'Whoever sends this to the bot in a direct chat within ten minutes becomes an organizer: give it to that one person only.',
        'Sent from one account on each further platform, it links those accounts to the same person.',
        '请在十分钟之内私聊机器人，把它发过去，你就成为组织者；在别的平台上再发一次，就绑定那边的账号。',
      ],
    };
  });
}

/** `emcee organizer list` */
export function listCommand({ json }: Options): Promise<Outcome> {
  return withPeople(async (people) => {
    const all = people.list();
    if (json) return jsonOutcome(all.map(shownAsJson));
    if (all.length === 0) return { lines: ['No organizers yet. `emcee organizer invite` makes a code for the first one.'] };
    return { lines: all.map(line) };
  });
}

/** `emcee organizer remove ADDRESS`: the person with all accounts and sessions; counts in a running bot within a second. */
export function removeCommand(address: string): Promise<Outcome> {
  return withPeople(async (people, store) => {
    const found = people.find(address);
    if (!found) throw new UsageError(`'${cleanText(address)}' is no organizer: \`emcee organizer list\` shows their addresses.`);
    const { gone, written } = await people.remove(found);
    const about = { person: found.person, accounts: gone };
    if (gone.length > 0) await store.writeAudit({ who: operator(), did: 'removed', about }, Date.now());
    return {
      lines: [
        ...gone.map((each) => `${each} is no organizer any more.`),
        ...written.map((each) => `${each} stands in emcee.yaml, under organizers: delete it there.`),
      ],
      exitCode: written.length > 0 ? 1 : 0,
    };
  });
}

function withPeople(work: (people: People, store: Store) => Promise<Outcome>): Promise<Outcome> {
  return withStore(async (store, { content, pagesCache }) => {
    const { community } = await loadContent(content, { cacheFile: pagesCache });
    const people = new People({ store, log: createLog('warn', []), community: () => community });
    await people.read();
    return work(people, store);
  });
}

function shownAsJson({ person, accounts }: Organizer): unknown {
  return {
    person,
    accounts: accounts.map(({ address, name, isWritten }) => ({ address, name, from: isWritten ? 'emcee.yaml' : 'invitation' })),
  };
}

function line({ accounts }: Organizer): string {
  const name = accounts.find((each) => each.name)?.name;
  const shown = accounts.map(({ address, isWritten }) => `${address}${isWritten ? ' (emcee.yaml)' : ''}`).join('  ');
  return cleanText(name ? `${shown}  ${name}` : shown);
}
