/** What organizers ask for about a platform itself: pause it, resume it, bind one of its rooms to a channel. */
import type { RoomBinding } from '../adapter.js';
import type { Answer } from '../answer/types.js';
import type { Errand } from '../bot/errand.js';
import type { Channel, Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { PLATFORM_PHRASES } from '../phrases/platforms.js';
import { escapeMarkdown } from '../render/index.js';

export interface PlatformDeskParts {
  /** As it is written, names not resolved. */
  community(): Community;
  instances(): readonly string[];
  rooms(instance: string): RoomBinding | undefined;
  pause(instance: string, by: string): Promise<void>;
  resume(instance: string, by: string): Promise<void>;
  /** For the audit log. */
  did(what: string, who: string, about: Record<string, unknown>): Promise<void>;
}

type Wish = 'bind' | 'confirm' | 'pause' | 'resume';

/** A phone begins a name with a capital, and ends it with a full stop. */
const PLATFORM = '([a-z][a-z0-9-]*)[\\s.!。！]*';
const WISHES: readonly [Wish, RegExp, Language][] = [
  ['bind', /^绑定(?:微信)?群[\s:：]*(.+)$/u, 'zh'],
  ['bind', /^bind (?:group|room)\s+(.+)$/i, 'en'],
  ['confirm', /^确认(?:微信)?群[\s:：]*(.+)$/u, 'zh'],
  ['confirm', /^confirm (?:group|room)\s+(.+)$/i, 'en'],
  ['pause', new RegExp(`^暂停[\\s:：]*${PLATFORM}$`, 'iu'), 'zh'],
  ['pause', new RegExp(`^pause\\s+${PLATFORM}$`, 'i'), 'en'],
  ['resume', new RegExp(`^恢复[\\s:：]*${PLATFORM}$`, 'iu'), 'zh'],
  ['resume', new RegExp(`^resume\\s+${PLATFORM}$`, 'i'), 'en'],
];
const LONGEST = 200;

type By = { person: string; account: string };

/** Whether a text could be about a platform or its rooms. */
export function isPlatformWish(text: string): boolean {
  return WISHES.some(([, pattern]) => pattern.test(text));
}

export class PlatformDesk {
  readonly #parts: PlatformDeskParts;

  constructor(parts: PlatformDeskParts) {
    this.#parts = parts;
  }

  /** Undefined: it is no errand of these. */
  run({ text, role, isDirect, addressed, person, sender }: Errand): Promise<Answer> | undefined {
    const trimmed = text.trim();
    if (role !== 'organizer' || trimmed.length > LONGEST || !(isDirect || addressed)) return undefined;
    const by = { person: person ?? sender, account: sender };
    for (const [is, pattern, language] of WISHES) {
      const about = pattern.exec(trimmed)?.[1]?.trim();
      if (about === undefined) continue;
      const done =
        is === 'pause' || is === 'resume'
          ? this.#switch(is, about.toLowerCase(), by, language)
          : this.#room(is, about, isDirect, by, language);
      return done?.then((said) => ({ kind: 'command', events: [], language, reply: { text: said } }));
    }
    return undefined;
  }

  /** "暂停一下" may mean anything: only with a platform's name it is meant for us. */
  #switch(is: 'pause' | 'resume', instance: string, by: By, language: Language): Promise<string> | undefined {
    const { instances, pause, resume, did } = this.#parts;
    const say = PLATFORM_PHRASES[language];
    const all = instances();
    if (!all.includes(instance)) {
      const meant = all.find((each) => isNearly(instance, each));
      return meant === undefined ? undefined : Promise.resolve(say.noSuchPlatform(instance, all, is, meant));
    }
    const switched = is === 'pause' ? pause(instance, by.person) : resume(instance, by.person);
    return switched
      .then(() => did(is === 'pause' ? 'paused' : 'resumed', by.person, { platform: instance, account: by.account }))
      .then(() => (is === 'pause' ? say.paused(instance) : say.resumed(instance)));
  }

  async #room(is: 'bind' | 'confirm', about: string, isDirect: boolean, by: By, language: Language): Promise<string> {
    const say = PLATFORM_PHRASES[language];
    if (!isDirect) return say.onlyDirect;
    const bindable = this.#parts.community().channels.flatMap((channel) => bindingOf(channel, this.#parts.rooms));
    const found = bindable.find(({ channel, name }) => channel.name === about || name === about);
    const names = bindable.map(({ channel }) => escapeMarkdown(channel.name));
    if (!found) return say.noSuchChannel(escapeMarkdown(about), names);
    const shown = escapeMarkdown(found.channel.name);
    const wrote = (did: string) => this.#parts.did(did, by.person, { channel: found.channel.name, account: by.account });
    if (is === 'confirm') {
      if (!(await found.rooms.confirm(found.name))) return say.nothingToConfirm(shown);
      await wrote('confirmed-room');
      return say.confirmed(shown);
    }
    await wrote('asked-to-bind');
    const { say: code, forMs } = await found.rooms.bind(found.name);
    return say.bind(shown, code, Math.round(forMs / 60_000));
  }
}

/** A letter or two amiss, side by side. */
function isNearly(said: string, name: string): boolean {
  const [short, long] = said.length < name.length ? [said, name] : [name, said];
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  let after = 0;
  while (after < short.length - same && short.at(-1 - after) === long.at(-1 - after)) after += 1;
  return long.length - same - after <= (name.length < 5 ? 1 : 2);
}

/** A channel that is written with a name on a platform whose rooms have to be bound. */
export function bindingOf(
  channel: Channel,
  roomsOf: (instance: string) => RoomBinding | undefined,
): { channel: Channel; name: string; rooms: RoomBinding }[] {
  const [instance = '', ...rest] = channel.address.split(':');
  const name = rest.join(':');
  const rooms = /^(?:room|person|audience):/.test(name) ? undefined : roomsOf(instance);
  return rooms ? [{ channel, name, rooms }] : [];
}
