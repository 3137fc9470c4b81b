// A process as the ledger makes it (src/ledger/index.ts), one step at a time: it can stall or die between any two of them.
import { refusalOf } from '../../src/ledger/permission.js';
import type { Claimed } from '../../src/ledger/send.js';
import type { NewDelivery, Outcome } from '../../src/store/port.js';
import { type Late, LEASE, QUIET, type World } from './model-world.js';

const RECHECK = 50;

interface Work {
  claim: Claimed;
  /** The lease as the process knows it. */
  until: number;
  phase: 'claimed' | 'asked' | 'ended';
  outcome: Outcome;
}

export class Process {
  readonly owner: string;
  readonly #world: World;
  /** Sends what it has claimed even where it has slept through the lease: a fault, planted. */
  readonly #sleeper: boolean;
  readonly #late: Late = [];
  #works: Work[] = [];
  #looks: { id: string; fence: number; found: 'sent' | 'pending' | 'unknown' }[] = [];

  constructor(world: World, owner: string, sleeper: boolean) {
    this.#world = world;
    this.owner = owner;
    this.#sleeper = sleeper;
  }

  claim(most: number): void {
    const { run, laws, limits, now } = this.#world;
    const claims = run.claim({ owner: this.owner, instance: 'a', limits, leaseMs: LEASE, most, now });
    this.#say('claims', claims.map(({ id, fence }) => `${id}#${fence}`).join(' ') || 'nothing');
    laws.claimed(claims, now);
    for (const claim of claims)
      this.#works.push({ claim, until: now + LEASE, phase: 'claimed', outcome: { state: 'unknown', reason: 'no answer' } });
  }

  /** A reply that was claimed while its message was accepted. */
  take(reply: NewDelivery, fence: number): void {
    const { laws, now } = this.#world;
    const claim: Claimed = { ...reply, fence, attempts: 1, hold: false, heardAt: null };
    this.#say('claims at once', `${reply.id}#${fence}`);
    const { id, address, forMs } = reply;
    laws.claimed([claim], now, {
      id,
      address,
      state: 'pending',
      fence: 0,
      seq: now,
      priority: 0,
      not_before: now,
      expires_at: now + forMs,
    });
    this.#works.push({ claim, until: now + LEASE, phase: 'claimed', outcome: { state: 'unknown', reason: 'no answer' } });
  }

  /** Goes on with something that it has begun. */
  work(): void {
    const world = this.#world;
    const { run, laws, now } = world;
    const work = world.one(this.#works);
    const late = world.below(3) === 0 ? this.#late.pop() : undefined;
    if (late !== undefined) {
      this.#say('settles late', late);
      run.settle(late, { state: 'sent', platformId: late }, now);
      laws.hold();
    } else if (this.#looks.length > 0 && world.below(5) === 0) this.#found();
    else if (work?.phase === 'claimed') this.#send(work);
    else if (work?.phase === 'asked') work.phase = 'ended';
    else if (work) this.#record();
  }

  /** Everything that it has begun comes to its end now. */
  finish(): void {
    this.sendAll();
    if (this.#works.length > 0) this.#record();
    if (this.#looks.length > 0) this.#found();
  }

  sendAll(): void {
    for (const work of this.#works) {
      if (work.phase === 'claimed') this.#send(work);
      work.phase = 'ended';
    }
  }

  beat(): void {
    const { run, laws, now } = this.#world;
    this.#say('lengthens its leases');
    const ids = this.#works.map(({ claim }) => claim.id);
    run.heartbeat(this.owner, ids, LEASE, now);
    // Who has lost its lease has not lengthened it: the process goes by its own clock until then.
    for (const work of this.#works) if (work.until > now && laws.underWay(work.claim)) work.until = now + LEASE;
    laws.hold();
  }

  /** `othersAreDead`: a store of one process; whoever held a lease is dead when the next one starts. */
  expire(othersAreDead = false): void {
    const done = this.#world.run.expire(this.#world.now, { othersAreDead });
    this.#say('expires', JSON.stringify(done), othersAreDead ? 'the dead' : '');
    this.#world.laws.hold();
  }

  /** Asks the platform; what it says is acted on at once or, as its answer takes time, some steps later. */
  look(): void {
    const { run, laws, now, readBack, calm } = this.#world;
    if (!readBack) return;
    for (const { id, fence } of run.unresolved('a', { endedBefore: now - QUIET, checkedBefore: now - RECHECK }, 20)) {
      const found = !calm && this.#world.below(5) === 0 ? 'unknown' : laws.arrived(id) ? 'sent' : 'pending';
      this.#say('looks for', id, found);
      this.#looks.push({ id, fence, found });
    }
    if (calm || this.#world.below(2) > 0) this.#found();
  }

  #found(): void {
    const { run, laws, now } = this.#world;
    for (const { id, fence, found } of this.#looks) {
      const kept = run.resolve(id, { state: found, ...(found === 'pending' && { fence }) }, now);
      this.#say('resolves', id, found, kept);
    }
    this.#looks = [];
    laws.hold();
  }

  #send(work: Work): void {
    const { now, capabilities } = this.#world;
    // Whoever has slept through its lease before the first byte has left must not begin.
    const slept = now >= work.until && !this.#sleeper;
    const refusal = slept ? ({ state: 'pending', reason: 'not sent', waitMs: 0 } as const) : refusalOf(work.claim, capabilities, now);
    work.phase = refusal ? 'ended' : 'asked';
    work.outcome = refusal ?? this.#world.answer(work.claim.id, this.#late);
    this.#say('sends', work.claim.id, work.outcome.state, 'reason' in work.outcome ? work.outcome.reason : '');
  }

  #record(): void {
    const { run, laws, gapMs, now } = this.#world;
    const ended = this.#works.filter(({ phase }) => phase === 'ended');
    this.#works = this.#works.filter(({ phase }) => phase !== 'ended');
    const attempts = ended.map(({ claim, outcome }) => ({ id: claim.id, fence: claim.fence, outcome: { ...outcome, gapMs } }));
    const kept = run.record(attempts, now).map((each) => each.kept);
    this.#say('records', attempts.map(({ id, fence, outcome }, i) => `${id}#${fence} ${outcome.state} ${kept[i]}`).join(', '));
    laws.recorded(attempts, kept, now);
  }

  #say(...words: unknown[]): void {
    this.#world.say(this.owner, ...words);
  }
}
