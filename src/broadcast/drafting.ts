// Drafts: proposed, shown again, edited, discarded, confirmed. Every way to a draft plans it anew.
import { factsOf } from '../schedule/facts.js';
import type { Done } from '../store/desk.js';
import { confirm } from './confirm.js';
import { type DraftRow, draftId, KIND, listed, newNumber, proposalOf, shown } from './drafts.js';
import type { BroadcastsParts } from './index.js';
import { lineOf } from './line.js';
import { broadcastOf, past, pastOne } from './past.js';
import { type Prepared, prepare } from './plan.js';
import type { Broadcast, Change, Confirmed, Draft, KeptDraft, Maker, Plan, Proposed, Refusal, Wanted, Word } from './types.js';

const DAY_MS = 24 * 3600_000;

interface Writing {
  id: string;
  wanted: Wanted;
  said: readonly string[];
  /** Everybody's, where they have been read already. */
  drafts?: readonly DraftRow[];
}

export class Drafting {
  readonly #parts: BroadcastsParts;

  constructor(parts: BroadcastsParts) {
    this.#parts = parts;
  }

  async preview(wanted: Wanted, maker: Maker): Promise<{ is: 'planned'; plan: Plan } | { is: 'refused'; why: Refusal }> {
    const prepared = await this.#prepare(wanted, maker);
    return prepared.is === 'refused' ? prepared : { is: 'planned', plan: prepared.plan };
  }

  async propose(wanted: Wanted, maker: Maker): Promise<Proposed> {
    const drafts = await this.#drafts();
    const gone = await past(this.#parts.store);
    for (let attempt = 0; ; attempt += 1) {
      const id = draftId(maker, attempt);
      const row = drafts.find((each) => each.id === id);
      if (row?.person === maker.person && row.value.said.includes(maker.key)) return this.#again(row, maker);
      const sent = gone.find(({ note }) => note.draft === id);
      if (sent?.note.said?.includes(maker.key)) return { is: 'taken', broadcast: broadcastOf(sent) };
      if (!row && !sent && !this.#parts.catalog().codes.has(id)) return this.#put({ id, wanted, said: [], drafts }, maker, 'proposed');
    }
  }

  /** Shows a draft anew, with a new number: ten minutes more. */
  async again(id: string, maker: Maker): Promise<Proposed> {
    const drafts = await this.#drafts();
    const row = ownOf(drafts, id, maker);
    if (!row) return this.#goneOrTaken(id);
    return this.#put({ id: row.id, wanted: row.value.wanted, said: row.value.said, drafts }, maker, 'shown-again');
  }

  async edit(id: string, change: Change, maker: Maker): Promise<Proposed> {
    const drafts = await this.#drafts();
    const row = ownOf(drafts, id, maker);
    if (!row) return this.#goneOrTaken(id);
    if (row.value.said.includes(maker.key)) return this.#again(row, maker);
    const { at, ...rest } = { ...row.value.wanted, ...change };
    const wanted = { ...rest, ...(typeof at === 'number' && { at }) };
    return this.#put({ id: row.id, wanted, said: row.value.said, drafts }, maker, 'edited');
  }

  /** The newest first. */
  async drafts(person: string): Promise<KeptDraft[]> {
    return (await this.#drafts()).filter((row) => row.person === person).map(listed);
  }

  /** False: there is none. */
  async discard(id: string, maker: Maker): Promise<boolean> {
    const { store, now } = this.#parts;
    const said = `broadcast:discarded:${maker.person}:${maker.key}`;
    const row = ownOf(await this.#drafts(), id, maker);
    if (!row) return (await store.kvGet(said, now())) === id.trim().toLowerCase();
    // Known before it is done: the message that comes again is told what it has done.
    await store.kvSet(said, row.id, now() + DAY_MS);
    const wasThere = await store.discard(row.id, maker.person, now(), lineOf(maker, 'discarded', { broadcast: row.id }));
    if (!wasThere) await store.kvDelete(said);
    return wasThere;
  }

  /** Without `id` the draft is the person's with that number, else their newest: a slip is a try on it. */
  async confirm(word: Word, maker: Maker): Promise<Confirmed> {
    const result = await confirm(word, maker, {
      store: this.#parts.store,
      now: this.#parts.now(),
      drafts: () => this.#drafts(),
      prepare: (wanted) => this.#prepare(wanted, maker),
      showAnew: (row, prepared) => this.#write(ofRow(row), prepared, maker),
      aboutOf: async ({ event }) => event && { id: await this.#parts.idOf(event), facts: factsOf(event) },
    });
    if (result.is === 'confirmed') {
      this.#parts.wake?.();
      await this.#auditOnce(result.broadcast, maker);
    }
    return result;
  }

  async #put(written: Writing, maker: Maker, did: string): Promise<Proposed> {
    const { id, wanted } = written;
    const prepared = await this.#prepare(wanted, maker);
    if (prepared.is === 'refused') return prepared;
    const { hash, targets, label } = prepared.plan;
    // The event's name is public; how a text begins may be what nobody is to read yet.
    const about = 'event' in wanted.say ? { event: label } : {};
    const line = lineOf(maker, did, { broadcast: id, targets: targets.length, hash: hash.slice(0, 12), ...about });
    const draft = await this.#write(written, prepared, maker, line);
    return draft ? { is: 'proposed', draft } : this.#goneOrTaken(id);
  }

  /** Undefined: another word has taken it. */
  async #write({ id, wanted, said, drafts }: Writing, prepared: Prepared, maker: Maker, line?: Done): Promise<Draft | undefined> {
    const { store, now, catalog } = this.#parts;
    const used = new Set((drafts ?? (await this.#drafts())).map(({ value }) => value.number));
    const number = newNumber(catalog(), used);
    const row = await store.propose(proposalOf({ id, wanted, number, plan: prepared.plan, said }, maker, now()), now(), line);
    return row.takenBy === null && row.person === maker.person ? shown(row as DraftRow, prepared) : undefined;
  }

  /** The message has come before: what it said is there. */
  async #again(row: DraftRow, maker: Maker): Promise<Proposed> {
    const prepared = await this.#prepare(row.value.wanted, maker);
    if (prepared.is === 'refused') return prepared;
    if (prepared.plan.hash === row.value.hash) return { is: 'proposed', draft: shown(row, prepared) };
    const draft = await this.#write(ofRow(row), prepared, maker);
    return draft ? { is: 'proposed', draft } : this.#goneOrTaken(row.id);
  }

  async #goneOrTaken(id: string): Promise<Proposed> {
    const row = await pastOne(this.#parts.store, id);
    return row ? { is: 'taken', broadcast: broadcastOf(row) } : { is: 'gone', why: 'unknown' };
  }

  #prepare(wanted: Wanted, { person, account }: Maker) {
    const { store, now, catalog, community, platform } = this.#parts;
    const { everyone = [] } = community();
    const mayMentionEveryone = everyone.some((address) => address === person || address === account);
    return prepare(wanted, { store, now: now(), catalog: catalog(), community: community(), platform, mayMentionEveryone });
  }

  async #drafts(): Promise<DraftRow[]> {
    return (await this.#parts.store.proposals({ kind: KIND }, this.#parts.now())) as DraftRow[];
  }

  /** Also where the first delivery of the word got as far as the commit. */
  async #auditOnce({ id, post, total, at }: Broadcast, maker: Maker): Promise<void> {
    const { store, now } = this.#parts;
    const written = `broadcast:audited:${post}`;
    if ((await store.kvGet(written, now())) !== undefined) return;
    const line = lineOf(maker, 'confirmed', { broadcast: id, post, targets: total, at: new Date(at).toISOString() });
    await store.writeAudit({ who: maker.person, ...line }, now());
    await store.kvSet(written, '1', now() + DAY_MS);
  }
}

function ownOf(drafts: readonly DraftRow[], id: string, { person }: Maker): DraftRow | undefined {
  const wanted = id.trim().toLowerCase();
  return drafts.find((row) => row.id === wanted && row.person === person);
}

const ofRow = ({ id, value: { wanted, said } }: DraftRow): Writing => ({ id, wanted, said });
