/**
 * What organizers are told: content mistakes, platforms that went away, slides that members ask for. A notice goes to the first
 * of `alerts` that can be reached; else it waits for an organizer's next message. At most one message in a quarter of an hour, but
 * for what is urgent.
 */
import type { Address, Capabilities, Logger, Outgoing } from '../adapter.js';
import type { Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import type { Notice, Store } from '../store/port.js';

const BUNDLE_MS = 15 * 60_000;
/** A first short wait, so that the ten mistakes of one edit make one message. */
const GATHER_MS = 2_000;
const MOST_IN_ONE_MESSAGE = 10;

export interface AlertsParts {
  store: Store;
  log: Logger;
  community(): Community;
  /** What an address's platform allows now; undefined while its adapter is not online. */
  capabilities(address: string): Capabilities | undefined;
  say(address: Address, message: Outgoing, noticeIds: number[]): Promise<void>;
  /** All the words of a bundle, in one language: src/phrases. */
  words(notices: readonly string[], more: number, language: Language): string;
  codeWithoutLink(code: string): Notice['text'];
  now?: () => number;
  bundleMs?: number;
  gatherMs?: number;
}

export class Alerts {
  readonly #parts: AlertsParts;
  readonly #now: () => number;
  readonly #asked = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #lastTold = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(parts: AlertsParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  /**
   * Never rejects: a notice that cannot be kept is in the log at least.
   * `urgent`: an organizer has only some minutes to answer; it takes along whatever waits.
   */
  async notify(text: Notice['text'], { urgent = false }: { urgent?: boolean } = {}): Promise<void> {
    try {
      await this.#parts.store.addNotice(text, this.#now());
      this.#plan(urgent);
    } catch (error) {
      this.#parts.log.error({ err: error, notice: text.en }, 'a notice to organizers could not be kept');
    }
  }

  /** Members ask for slides that are not there yet: organizers hear it once a code while the bot runs. */
  codeWithoutLink(code: string): void {
    if (this.#asked.has(code)) return;
    this.#asked.add(code);
    void this.notify(this.#parts.codeWithoutLink(code));
  }

  /** Notices that could not be delivered, to ride on the reply to an organizer. */
  async waiting(language: Language): Promise<{ ids: number[]; text: string } | undefined> {
    if (this.#target()) return undefined;
    return this.#bundle(language).catch(() => undefined);
  }

  /** Looks again whether something waits: at the start, and when an adapter comes online. */
  retry(): void {
    this.#plan();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #plan(urgent = false): void {
    if (this.#closed || (this.#timer && !urgent)) return;
    clearTimeout(this.#timer);
    const bundled = this.#lastTold + (this.#parts.bundleMs ?? BUNDLE_MS) - this.#now();
    const wait = Math.max(this.#parts.gatherMs ?? GATHER_MS, urgent ? 0 : bundled);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#tell().catch((error) => this.#parts.log.error({ err: error }, 'organizers could not be told'));
    }, wait);
    this.#timer.unref();
  }

  async #tell(): Promise<void> {
    const target = this.#target();
    if (!target) return;
    const bundle = await this.#bundle(target.language);
    if (!bundle) return;
    this.#lastTold = this.#now();
    await this.#parts.say(target.address, { text: bundle.text }, bundle.ids);
  }

  #target(): { address: Address; language: Language } | undefined {
    const community = this.#parts.community();
    const addresses = community.alerts.length > 0 ? community.alerts : community.organizers;
    // An audience is everybody: nothing that is for organizers goes there, whatever emcee.yaml says.
    const persons = addresses.filter((each) => each.split(':', 2)[1] !== 'audience');
    const address = persons.find((each) => {
      const capabilities = this.#parts.capabilities(each);
      return capabilities?.proactive === 'always' && capabilities.stopped === undefined;
    });
    if (!address) return undefined;
    const channel = community.channels.find((each) => each.address === address);
    return { address: address as Address, language: channel?.language ?? community.language };
  }

  async #bundle(language: Language): Promise<{ ids: number[]; text: string } | undefined> {
    const notices = await this.#parts.store.untoldNotices(1_000);
    if (notices.length === 0) return undefined;
    const texts = [...new Set(notices.map(({ text }) => text[language]))];
    const shown = texts.slice(0, MOST_IN_ONE_MESSAGE);
    return { ids: notices.map(({ id }) => id), text: this.#parts.words(shown, texts.length - shown.length, language) };
  }
}
