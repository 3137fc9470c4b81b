/**
 * What is asked about organizers in a chat: an invitation's code, further accounts, signing in and out, the list, removing, a room's
 * address. Everything but that address is for direct chats.
 */
import type { Answer } from '../answer/types.js';
import type { Errand } from '../bot/errand.js';
import type { Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { INVITE_MS, type Invites } from '../organizers/invites.js';
import type { People, Senders } from '../organizers/people.js';
import { type Code, codeIn } from '../organizers/secrets.js';
import type { SignIn } from '../organizers/sign-in.js';
import { DESK_ORGANIZERS_PHRASES, type DeskOrganizersPhrases } from '../phrases/desk-organizers.js';
import { cleanText, escapeMarkdown } from '../render/index.js';
import type { Joined } from '../store/desk.js';
import type { Store } from '../store/port.js';
import type { Asking } from './kept-changes.js';
import { type OrganizerWish, readOrganizerWish } from './organizer-texts.js';

const MINUTES = INVITE_MS / 60_000;
const LONGEST = 200;
/** As long as a message may come again. */
const REMEMBERED_MS = 24 * 60 * 60_000;

export interface OrganizerDeskParts {
  store: Pick<Store, 'writeAudit' | 'kvGet' | 'kvSet'>;
  people: People;
  invites: Invites;
  signIn: SignIn;
  community(): Pick<Community, 'language' | 'channels'>;
  /** What a text gets as an answer: codes of events go before words. */
  find(text: string, language: Language): Answer;
  sendersOf(instance: string): Senders;
  now(): number;
}

interface Removal {
  name: string;
  gone: string[];
  isDone: boolean;
}

export class OrganizerDesk {
  readonly #parts: OrganizerDeskParts;

  constructor(parts: OrganizerDeskParts) {
    this.#parts = parts;
  }

  /** Undefined: it is none of this desk's. */
  run(errand: Errand): Promise<Answer> | undefined {
    const text = errand.text.trim();
    if (text.length > LONGEST) return undefined;
    const { language } = this.#parts.community();
    const code = codeIn(text);
    if (code && !this.#isEventCode(text, language)) {
      const own = errand.language ?? language;
      return answer(errand.isDirect ? this.#code(code, errand, own) : this.#codeInRoom(code, errand, own), own);
    }
    const asked = this.#commandIn(text, errand);
    return asked && answer(this.#grant(asked, errand), asked.language);
  }

  #commandIn(text: string, { role, isDirect, addressed }: Errand): OrganizerWish | undefined {
    if (role !== 'organizer' || !(isDirect || addressed)) return undefined;
    const wish = readOrganizerWish(text);
    if (!wish || this.#isEventCode(text, wish.language)) return undefined;
    // "remove the old slides" is meant for somebody else.
    const isMeant = wish.about === '' || wish.about.includes(':') || this.#parts.people.find(wish.about) !== undefined;
    return isMeant ? wish : undefined;
  }

  #isEventCode(text: string, language: Language): boolean {
    return this.#parts.find(text, language).kind === 'code';
  }

  async #grant({ is, about, language }: OrganizerWish, errand: Errand): Promise<string> {
    const say = DESK_ORGANIZERS_PHRASES[language];
    const { key, sender, isDirect, person = sender } = errand;
    const { people, signIn } = this.#parts;
    if (is === 'here') return isDirect ? say.hereInRoom : this.#here(errand, say);
    if (!isDirect) return say.directOnly;
    if (is === 'list') return this.#list(say);
    if (is === 'sign-out') return say.signedOut(await signIn.signOutAll(person));
    // Who has got hold of a signed-in browser must not stay longer than its session, or let others in.
    if (people.personOf(sender) === undefined) return say.fromYourChat;
    if (is === 'link') return say.linkCode(await this.#parts.invites.link(key, { person, account: sender }), MINUTES);
    if (is === 'sign-in') return this.#signIn(person, say);
    return about === '' ? say.whomToRemove : this.#remove(about, { key, person, account: sender }, say);
  }

  async #code(code: Code, { key, sender, name, where }: Errand, language: Language): Promise<string> {
    const { invites, people, sendersOf } = this.#parts;
    const say = DESK_ORGANIZERS_PHRASES[language];
    // A chat that is not with the sender's own address: somebody of another workspace.
    if (where !== sender) return say.notYourChat;
    const senders = sendersOf(sender.slice(0, sender.indexOf(':')));
    if (senders === 'changing') return say.changingIds;
    const said = await invites.say(code, { key, address: sender, name });
    if (said.is === 'too-many') return say.tooManyCodes;
    if (said.is !== 'joined') return refusal(said, say);
    await people.read();
    if (senders === 'visitor') {
      const link = await this.#parts.signIn.link(said.person);
      return 'url' in link ? say.joinedHere(link.url) : say.joinedCannotSignIn;
    }
    const account = escapeMarkdown(sender);
    return said.person === sender ? say.joined(account) : say.linked(account, this.#shown(said.person));
  }

  async #codeInRoom(code: Code, { sender, addressed }: Errand, language: Language): Promise<string | undefined> {
    const say = DESK_ORGANIZERS_PHRASES[language];
    const { store, invites, now } = this.#parts;
    if (await invites.spoil(code, sender)) {
      await store.writeAudit({ who: sender, did: 'spoilt', about: { invite: code.id } }, now());
      return say.spoiltCode;
    }
    return addressed ? say.codeInRoom : undefined;
  }

  async #signIn(person: string, say: DeskOrganizersPhrases): Promise<string> {
    const link = await this.#parts.signIn.link(person);
    if ('url' in link) return say.signInLink(link.url, MINUTES);
    return { 'no-page': say.noPage, 'no-address': say.noAddress, 'no-https': say.noHttps }[link.cannot];
  }

  #list(say: DeskOrganizersPhrases): string {
    const all = this.#parts.people.list();
    if (all.length === 0) return say.noOrganizers;
    const lines = all.map(({ accounts }) => {
      const name = accounts.find((each) => each.name)?.name;
      const shown = accounts.map(
        ({ address, isWritten }) => `${escapeMarkdown(cleanText(address))}${isWritten ? ` (${say.inSettings})` : ''}`,
      );
      return `- ${name ? `${escapeMarkdown(cleanText(name))}: ` : ''}${shown.join(', ')}`;
    });
    return [say.organizers(all.length), ...lines, say.removeHint].join('\n');
  }

  /** Written down before it is done, so that it is in the log whatever fails; of one message it is done once. */
  async #remove(about: string, { key, person, account }: Asking, say: DeskOrganizersPhrases): Promise<string> {
    const { people, store, now } = this.#parts;
    const before = await store.kvGet(`removed:${key}`, now());
    const said = before === undefined ? undefined : (JSON.parse(before) as Removal);
    const found = said?.isDone ? undefined : people.find(about);
    if (!found) return said ? this.#removed(said, [], say) : say.noSuchOrganizer(escapeMarkdown(cleanText(about)));
    const gone = found.accounts.flatMap(({ address, isWritten }) => (isWritten ? [] : [address]));
    const removal = said ?? { name: this.#shown(found.person), gone, isDone: false };
    const remember = (isDone: boolean) => store.kvSet(`removed:${key}`, JSON.stringify({ ...removal, isDone }), now() + REMEMBERED_MS);
    if (!said && gone.length > 0) {
      await store.writeAudit({ who: person, did: 'removed', about: { person: found.person, accounts: gone, account } }, now());
      await remember(false);
    }
    const { written } = await people.remove(found);
    if (gone.length > 0) await remember(true);
    return this.#removed(removal, written, say);
  }

  #removed({ name, gone }: Removal, written: string[], say: DeskOrganizersPhrases): string {
    const sentences = [
      ...(gone.length > 0 ? [say.removed(name, gone.map(escapeMarkdown))] : []),
      ...(written.length > 0 ? [say.standsInSettings(written.map(escapeMarkdown))] : []),
      ...(this.#parts.people.list().length === 0 ? [say.nobodyLeft] : []),
    ];
    return sentences.join('\n');
  }

  #here({ where }: Errand, say: DeskOrganizersPhrases): string {
    const known = this.#parts.community().channels.find(({ address }) => address === where);
    if (known) return say.hereAlready(escapeMarkdown(cleanText(known.name)));
    return say.here(`\`- { name: ${say.channelName}, address: '${where.replaceAll("'", "''").replaceAll('`', '')}', tags: [] }\``);
  }

  #shown(person: string): string {
    return escapeMarkdown(cleanText(this.#parts.people.nameOf(person)));
  }
}

function refusal(said: Exclude<Joined, { is: 'joined' }>, say: DeskOrganizersPhrases): string {
  if (said.is === 'wrong') return say.wrongCode(said.triesLeft);
  return { unknown: say.unknownCode, expired: say.expiredCode, 'no-tries': say.triedOutCode, used: say.usedCode }[said.why];
}

async function answer(text: Promise<string | undefined>, language: Language): Promise<Answer> {
  const said = await text;
  return { kind: 'command', events: [], language, ...(said !== undefined && { reply: { text: said } }) };
}
