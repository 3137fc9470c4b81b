/** Names of channels and people, and the rooms that direct messages are kept in. Read from Slack when asked for, and remembered. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Address, Host } from '../../src/adapter.js';
import type { WebClient } from './bolt.js';
import { archived } from './words.js';

/** Below Slack's 1,000; a listing is limited to some twenty calls a minute. */
const PER_PAGE = 999;
const MOST_PAGES = 100;
const LONGEST_WAIT_S = 60;
const FRESH_MS = 10 * 60_000;
/** A name that is not there may have been made just now; but nobody asks Slack for everything twice a minute. */
const PATIENCE_MS = 60_000;

interface Room {
  id: string;
  name: string;
  archived: boolean;
}

interface Person {
  id: string;
  names: string[];
}

interface Page {
  response_metadata?: { next_cursor?: string };
}

export class Directory {
  readonly #client: WebClient;
  readonly #instance: string;
  readonly #host: Pick<Host, 'tell' | 'log'>;
  readonly #direct = new Map<string, string>();
  readonly #toldArchived = new Set<string>();
  readonly #rooms: Cache<Room>;
  readonly #people: Cache<Person>;

  constructor(client: WebClient, instance: string, host: Pick<Host, 'tell' | 'log'>) {
    this.#client = client;
    this.#instance = instance;
    this.#host = host;
    this.#rooms = new Cache(() => this.#readRooms());
    this.#people = new Cache(() => this.#readPeople());
  }

  /** `#events`, `@ann`, or an id. Undefined when there is no such name, or when several people go by it. An archived room is told. */
  async resolve(name: string): Promise<Address | undefined> {
    if (/^[CG][A-Z0-9]{2,}$/.test(name)) return this.#room(name);
    if (/^[UW][A-Z0-9]{2,}$/.test(name)) return this.#person(name);
    const wanted = name.slice(1).toLowerCase();
    if (name.startsWith('@')) {
      const people = await this.#people.find(({ names }) => names.includes(wanted));
      // The first name is the handle, which is nobody else's.
      const person = people.find(({ names }) => names[0] === wanted) ?? (people.length === 1 ? people[0] : undefined);
      return person && this.#person(person.id);
    }
    const rooms = await this.#rooms.find((room) => room.name === (name.startsWith('#') ? wanted : name.toLowerCase()));
    const room = rooms.find((each) => !each.archived) ?? rooms[0];
    if (room?.archived && !this.#toldArchived.has(room.id)) {
      this.#toldArchived.add(room.id);
      this.#host.tell(archived(name));
    }
    return room && this.#room(room.id);
  }

  /** For sentences: `#events` where it is known, else the id. */
  nameOf(address: Address): string {
    const id = address.slice(address.lastIndexOf(':') + 1);
    const room = this.#rooms.known().find((each) => each.id === id);
    return room ? `#${room.name}` : id;
  }

  /** The room of direct messages with somebody. */
  async directRoom(user: string): Promise<string> {
    const known = this.#direct.get(user);
    if (known) return known;
    const { channel } = await this.#client.conversations.open({ users: user });
    if (!channel?.id) throw new Error('Slack opened no direct message');
    this.#direct.set(user, channel.id);
    return channel.id;
  }

  /** Something has changed there. */
  forget(): void {
    this.#rooms.forget();
  }

  async #readRooms(): Promise<Room[]> {
    try {
      return await this.#listRooms('public_channel,private_channel');
    } catch (error) {
      // An app that may not see private channels still finds the public ones.
      if ((error as { data?: { error?: string } }).data?.error !== 'missing_scope') throw error;
      return this.#listRooms('public_channel');
    }
  }

  #listRooms(types: string): Promise<Room[]> {
    return pages(async (cursor) => {
      const page = await this.#client.conversations.list({ types, limit: PER_PAGE, exclude_archived: false, cursor });
      const rooms = (page.channels ?? []).map(({ id = '', name = '', is_archived }) => ({ id, name, archived: is_archived === true }));
      return { page, items: rooms };
    });
  }

  #readPeople(): Promise<Person[]> {
    return pages(async (cursor) => {
      const page = await this.#client.users.list({ limit: PER_PAGE, cursor });
      const people = (page.members ?? [])
        .filter(({ deleted, is_bot }) => !deleted && !is_bot)
        .map(({ id = '', name, profile }) => ({
          id,
          names: [name, profile?.display_name, profile?.real_name].map((each) => each?.toLowerCase() ?? ''),
        }));
      return { page, items: people };
    });
  }

  #room(id: string): Address {
    return `${this.#instance}:room:${id}`;
  }

  #person(id: string): Address {
    return `${this.#instance}:person:${id}`;
  }
}

/** All of a list, read at most once a minute and one reading at a time. */
class Cache<Item> {
  readonly #read: () => Promise<Item[]>;
  #items: Item[] = [];
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(read: () => Promise<Item[]>) {
    this.#read = read;
  }

  known(): readonly Item[] {
    return this.#items;
  }

  forget(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  async find(is: (item: Item) => boolean): Promise<Item[]> {
    const found = Date.now() - this.#readAt < FRESH_MS ? this.#items.filter(is) : [];
    if (found.length > 0 || Date.now() - this.#readAt < PATIENCE_MS) return found;
    this.#reading ??= this.#refresh().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
    return this.#items.filter(is);
  }

  async #refresh(): Promise<void> {
    this.#items = await this.#read();
    this.#readAt = Date.now();
  }
}

async function pages<Item>(read: (cursor: string | undefined) => Promise<{ page: Page; items: Item[] }>): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const { page, items } = await patiently(() => read(cursor));
    all.push(...items);
    cursor = page.response_metadata?.next_cursor || undefined;
    if (!cursor) return all;
  }
  return all;
}

/** A listing that began anew at each 429 would never end. */
async function patiently<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    const { retryAfter } = error as { retryAfter?: number };
    if (retryAfter === undefined || retryAfter > LONGEST_WAIT_S) throw error;
    await wait(retryAfter * 1_000, undefined, { ref: false });
    return patiently(read);
  }
}
