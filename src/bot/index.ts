/**
 * One incoming message from start to end: role → answer (pure, from memory) → accept (one store operation) →
 * the ledger, or back through the adapter's own response. Only then may the adapter acknowledge.
 */
import type { AdapterModule, Address, Capabilities, Incoming, Logger, Outgoing } from '../adapter.js';
import type { Answer, Memory, Question } from '../answer/types.js';
import type { Community } from '../content/catalog.js';
import type { Ledger } from '../ledger/index.js';
import type { Acceptance, Accepted, Store } from '../store/port.js';
import type { Alerts } from './alerts.js';
import type { RunErrand } from './errand.js';
import { Repeats } from './repeats.js';
import { notSure, withNotices, withRest } from './replies.js';
import { Turns } from './turns.js';

/** A memory older than this is not what the member means with "2". */
const MEMORY_MS = 10 * 60_000;
/** WeChat gives up after 5 s: from here on the answer goes out unrecorded. */
const PASSIVE_LIMIT_MS = 4_000;
/** What is only read for an answer in the response itself is left out after this. */
const PASSIVE_READ_MS = 1_200;

export interface BotParts {
  store: Store;
  ledger: Ledger;
  alerts: Alerts;
  log: Logger;
  community(): Community;
  answer(question: Question): Answer;
  refersBack(text: string): boolean;
  /** More than an answer is asked for: undefined when it is not. */
  errand?: RunErrand;
  /**
   * Whose account it is, of an organizer; undefined: a member's. `session`: what a page has shown whose visitor signed in.
   * Default: those of emcee.yaml.
   */
  personOf?(account: Address, session: string | undefined): Person | undefined | Promise<Person | undefined>;
  /** Why an organizer has paused an instance; undefined: it answers. What the ledger sends knows that by itself. */
  paused?(instance: string): string | undefined;
  /** A message has been answered, or met with silence. */
  answered?(instance: string, kind: string, tookMs: number): void;
  now?: () => number;
}

/** Of an organizer; with since when, where a session tells who it is. */
export type Person = string | { person: string; signedInAt: number };

/** The adapter that a message came through. */
export interface Sender {
  /** Its configured name, first part of its addresses. */
  instance: string;
  module: AdapterModule;
  threads: boolean;
  /** The platform lets the bot speak only to who has written lately. */
  limitsWho?: boolean;
  proactive?: Capabilities['proactive'];
  choices?: boolean;
}

export class Bot {
  readonly #parts: BotParts;
  readonly #turns = new Turns();
  readonly #repeats = new Repeats();
  readonly #now: () => number;
  /** Answers that left without being recorded, because the store was too slow or failed. */
  unrecorded = 0;
  /** False while the store does not take messages (a full disk): /healthz says so. */
  canKeep = true;

  constructor(parts: BotParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  /**
   * @throws StoreError when the message could not be kept: the platform shall try again.
   */
  receive(from: Sender, message: Incoming): Promise<{ reply?: Outgoing }> {
    if (message.sender.isBot) return Promise.resolve({});
    return this.#turns.take(message.where, () => this.#receive(from, message));
  }

  async #receive(from: Sender, message: Incoming): Promise<{ reply?: Outgoing }> {
    const { instance, module, threads, limitsWho } = from;
    const { ledger, alerts } = this.#parts;
    const isQuiet = () => module.passive === true && this.#parts.paused?.(instance) !== undefined;
    const wasQuiet = isQuiet();
    const member: Address = `${instance}:person:${message.sender.id}`;
    const person = await this.#personOf(module, member, message);
    const role = person === undefined ? 'member' : 'organizer';
    const began = performance.now();
    const answer = (await this.#errand(from, message, member, person)) ?? (await this.#answer(module, message, member, role));
    const silenced = !threads && this.#repeats.again(message, answer, this.#now());
    const notices =
      role === 'organizer' && answer.reply && isDirect(message.where) && !wasQuiet
        ? await this.#soon(module, alerts.waiting(answer.language))
        : undefined;
    const reply = silenced ? undefined : notices ? withNotices(answer.reply, notices.text) : answer.reply;
    const rest = reply && module.rest?.(reply);
    const key = `${instance}:${message.id}`;
    const acceptance: Acceptance = {
      key,
      address: message.where,
      member,
      now: this.#now(),
      // Whoever is told in the platform's own request gets it again when that comes again.
      ...(module.passive
        ? { reply }
        : reply && {
            delivery: {
              id: `reply:${key}`,
              kind: 'reply',
              address: message.where,
              wire: module.format(reply),
              inReplyTo: message.replyTo ?? message.id,
              forMs: ledger.replyLimit,
            },
            claim: ledger.claiming(instance),
          }),
      memory: rest ? withRest(answer, rest, this.#now()) : answer.memory,
      ...(limitsWho && message.opensWindow !== false && { opensWindow: true }),
      toldNotices: notices?.ids,
      tally: answer.note && { about: answer.note.about, what: 'code' in answer.note ? answer.note.code : answer.note.folded },
    };
    const asked = performance.now();
    const accepted = isNothing(acceptance)
      ? NOTHING
      : module.passive
        ? await this.#acceptInTime(acceptance, message)
        : await this.#accept(acceptance);
    this.#parts.answered?.(instance, answer.kind, performance.now() - began);
    if (accepted.first && !threads && reply) this.#repeats.answered(message, answer, this.#now());
    if (acceptance.delivery && accepted.fence !== undefined) ledger.deliver(instance, acceptance.delivery, accepted.fence, asked);
    else if (acceptance.delivery && accepted.first) ledger.resume([instance]);
    if (accepted.first && answer.note?.about === 'code-without-link') alerts.codeWithoutLink(answer.note.code);
    // Whoever has just paused or resumed it hears that.
    if (wasQuiet && isQuiet()) return {};
    return module.passive ? { reply: accepted.first ? reply : (accepted.reply as Outgoing | undefined) } : {};
  }

  #personOf(module: AdapterModule, account: Address, { session }: Incoming): Person | undefined | Promise<Person | undefined> {
    const { personOf, community } = this.#parts;
    const person = personOf ? personOf(account, session) : community().organizers.find((each) => each === account);
    // Whose session it is stands in the store.
    return person instanceof Promise ? this.#soon(module, person) : person;
  }

  /** A store that fails lets the platform try again; one that waits in its own request gets an answer all the same. */
  async #errand({ instance, module, proactive = 'never', choices = false }: Sender, message: Incoming, sender: Address, who?: Person) {
    const { errand, community } = this.#parts;
    if (!errand || message.arrived) return undefined;
    const { id, text, where, addressed, language, quoted } = message;
    const asked = errand({
      ...{ key: `${instance}:${id}`, text, where, isDirect: isDirect(where), addressed, sender, name: message.sender.name },
      ...{ role: who === undefined ? 'member' : 'organizer', language, capabilities: { proactive, choices }, quoted },
      ...(typeof who === 'object' ? who : { person: who }),
    });
    // What an organizer has asked for may well be done, or still be: no answer to a question would be true.
    const late = who === undefined ? undefined : notSure(language ?? community().language);
    return asked && this.#soon(module, asked, late);
  }

  /** A failure inside the answer must not look like a dead bot: it is logged, and the member hears nothing false. */
  async #answer(module: AdapterModule, message: Incoming, member: string, role: Question['role']): Promise<Answer> {
    const { community, answer, refersBack, log } = this.#parts;
    const channel = community().channels.find(({ address }) => address === message.where);
    try {
      return answer({
        text: message.text,
        place: isDirect(message.where) ? 'direct' : 'room',
        addressed: message.addressed,
        role,
        sender: member,
        language: channel?.language ?? message.language,
        mentionOnly: channel?.rooms === 'mention',
        arrived: message.arrived,
        now: new Date(this.#now()),
        memory: refersBack(message.text) ? await this.#soon(module, this.#memory(member)) : undefined,
      });
    } catch (error) {
      log.error({ err: error }, 'an answer failed');
      return { kind: 'none', events: [], language: community().language };
    }
  }

  async #memory(member: string): Promise<Memory | undefined> {
    const memory = (await this.#parts.store.memory(member)) as Memory | undefined;
    return memory && this.#now() - memory.at < MEMORY_MS ? memory : undefined;
  }

  /** A platform that waits for the answer in its own request gets one also while the store is slow or broken. */
  async #soon<Value>(module: AdapterModule, asked: Promise<Value>, otherwise?: Value): Promise<Value | undefined> {
    if (!module.passive) return asked;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Value | undefined>((resolve) => {
      timer = setTimeout(() => resolve(otherwise), PASSIVE_READ_MS);
    });
    const told = asked.catch((error) => {
      this.#parts.log.error({ err: error }, 'the store could not be asked');
      return otherwise;
    });
    const value = await Promise.race([told, late]);
    clearTimeout(timer);
    return value;
  }

  async #accept(acceptance: Acceptance): Promise<Accepted> {
    try {
      const accepted = await this.#parts.store.accept(acceptance);
      this.canKeep = true;
      return accepted;
    } catch (error) {
      this.canKeep = false;
      throw error;
    }
  }

  /** Repeats in rooms that were met with silence. */
  get silenced(): number {
    return this.#repeats.silenced;
  }

  /** A passive reply rides on the platform's own request: late or unkept, it still goes out, and is counted. */
  async #acceptInTime(acceptance: Acceptance, message: Incoming): Promise<Accepted> {
    const limit = message.answerBefore ? message.answerBefore.getTime() - this.#now() - 1_000 : PASSIVE_LIMIT_MS;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), Math.max(0, Math.min(limit, PASSIVE_LIMIT_MS)));
    });
    const accepting = this.#accept(acceptance).catch((error) => {
      this.#parts.log.error({ err: error }, 'a message could not be kept');
      return undefined;
    });
    const accepted = await Promise.race([accepting, late]);
    clearTimeout(timer);
    if (accepted) return accepted;
    this.unrecorded += 1;
    return { first: true };
  }
}

const NOTHING: Accepted = { first: true };

/** Silence that changes nothing needs no record: most of what a channel says is none of our business, and said again it is silence again. */
function isNothing({ reply, delivery, memory, opensWindow, toldNotices, tally }: Acceptance): boolean {
  return reply === undefined && !delivery && memory === undefined && !opensWindow && !toldNotices && !tally;
}

function isDirect(where: Address): boolean {
  return where.split(':', 2)[1] === 'person';
}
