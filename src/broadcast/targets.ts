// Who is meant: tags, names of channels, platforms, cities and "all", as organizers write them. Pure.
import { cityNamed } from '../answer/cities.js';
import { fold } from '../answer/fold.js';
import type { Channel, Community } from '../content/catalog.js';
import { suggestion } from '../content/did-you-mean.js';
import type { Refusal } from './types.js';

const ALL = new Set(['all', '全部', '所有']);
/** A refusal that names ten thousand channels helps nobody. */
const MOST_KNOWN = 40;
const MOST_NAME = 100;

interface Index {
  /** By everything that a channel can be called, folded. */
  called: ReadonlyMap<string, readonly Channel[]>;
  /** By the key of a city that is its name or among its tags. */
  inCity: ReadonlyMap<string, readonly Channel[]>;
  /** What may be written, as it is written: tags, then platforms, then names. */
  words: readonly string[];
}

const indexes = new WeakMap<readonly Channel[], Index>();

export type Chosen = { is: 'chosen'; channels: Channel[] } | { is: 'refused'; why: Refusal };

/** The channels that are meant, in the order of emcee.yaml. One unknown name refuses all: a slip in an exclusion would reach the excluded. */
export function choose({ channels }: Pick<Community, 'channels'>, to: readonly string[], except: readonly string[]): Chosen {
  const index = indexOf(channels);
  const wanted = cleaned(to);
  const unwanted = cleaned(except);
  if (wanted.length === 0) return { is: 'refused', why: { is: 'no-target' } };
  const unknown = [...new Set([...wanted, ...unwanted])].filter((name) => channelsFor(name, index, channels).length === 0);
  if (unknown.length > 0) {
    const names = unknown.map((name) => ({ name: name.slice(0, MOST_NAME), ...meant(name, index) }));
    return { is: 'refused', why: { is: 'unknown-target', names, known: index.words.slice(0, MOST_KNOWN).map(asTyped) } };
  }
  const left = new Set(wanted.flatMap((name) => channelsFor(name, index, channels)));
  for (const name of unwanted) for (const channel of channelsFor(name, index, channels)) left.delete(channel);
  return { is: 'chosen', channels: channels.filter((channel) => left.has(channel)) };
}

function cleaned(names: readonly string[]): string[] {
  return names.map((name) => name.trim().replace(/^[@＠#＃]/, '')).filter((name) => name !== '');
}

function channelsFor(name: string, { called, inCity }: Index, channels: readonly Channel[]): readonly Channel[] {
  const folded = fold(name);
  if (ALL.has(folded)) return channels;
  const city = cityNamed(name);
  return [...(called.get(folded) ?? []), ...((city && inCity.get(city.key)) ?? [])];
}

/** What holds a blank has to stand in quotation marks. */
function asTyped(word: string): string {
  if (!/[\s,，@＠]/u.test(word)) return word;
  return word.includes('"') ? `“${word}”` : `"${word}"`;
}

function meant(name: string, { words }: Index): { meant?: string } {
  const word = suggestion(name, words);
  return word === undefined ? {} : { meant: word };
}

function indexOf(channels: readonly Channel[]): Index {
  const known = indexes.get(channels);
  if (known) return known;
  const called = new Map<string, Channel[]>();
  const inCity = new Map<string, Channel[]>();
  const add = (map: Map<string, Channel[]>, key: string, channel: Channel) => {
    const same = map.get(key);
    if (!same) map.set(key, [channel]);
    else if (same.at(-1) !== channel) same.push(channel);
  };
  for (const channel of channels) {
    const { name, address, tags } = channel;
    for (const word of [name, address, platformOf(address), ...tags]) add(called, fold(word), channel);
    for (const word of [name, ...tags]) {
      const city = cityNamed(word);
      if (city) add(inCity, city.key, channel);
    }
  }
  called.delete('');
  const words = [...channels.flatMap(({ tags }) => tags), ...channels.map(({ address }) => platformOf(address))];
  const index = { called, inCity, words: [...new Set([...words, ...channels.map(({ name }) => name)])] };
  indexes.set(channels, index);
  return index;
}

export const platformOf = (address: string): string => address.slice(0, Math.max(0, address.indexOf(':')));
