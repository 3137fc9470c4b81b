// One schedule of the ledger in virtual time: what comes in, who does what next, and the end of all trouble.
import type { Target } from '../../src/store/port.js';
import { Process } from './model-process.js';
import type { ModelStore } from './model-store.js';
import { LEASE, QUIET, World } from './model-world.js';

export interface Played {
  /** The law that was broken. */
  fault?: string;
  /** With `trace`: the steps. */
  log: string[];
}

export function play(store: ModelStore, seed: number, { trace = false, sleeper = false } = {}): Played {
  const world = new World(store, seed, trace);
  const fault = store.schedule(() => {
    try {
      new Schedule(world, sleeper).play();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  return { fault, log: world.log };
}

/** Deliveries of one schedule: few, so that they get into each other's way. */
const MOST = 6;

class Schedule {
  readonly #world: World;
  readonly #sleeper: boolean;
  readonly #addresses: string[];
  readonly #processes: Process[];
  readonly #posts: string[] = [];
  readonly #heard: { key: string; address: string }[] = [];
  #made = 0;
  #owners = 0;

  constructor(world: World, sleeper: boolean) {
    this.#world = world;
    this.#sleeper = sleeper;
    this.#addresses = Array.from({ length: 1 + world.below(3) }, (_, i) => `a:person:${i}`);
    this.#processes = Array.from({ length: 1 + world.below(3) }, () => this.#born());
  }

  play(): void {
    const world = this.#world;
    this.#enqueue();
    if (world.below(3) === 0) this.#beginUnknown();
    for (let steps = 12 + world.below(9); steps > 0; steps -= 1) this.#step(world.below(this.#processes.length), world.below(100));
    this.#calmDown();
    world.laws.atTheEnd(world.readBack);
  }

  #step(index: number, dice: number): void {
    const world = this.#world;
    const process = this.#processes[index] as Process;
    if (dice < 10) this.#enqueue();
    else if (dice < 13) this.#cancel();
    else if (dice < 30) process.claim(1 + world.below(4));
    else if (dice < 63) process.work();
    else if (dice < 67) this.#restart(index);
    else if (dice < 70) process.beat();
    else if (dice < 76) process.expire();
    else if (dice < 84) process.look();
    else if (dice < 86) this.#byHand();
    else if (dice < 95) world.wait(1 + world.below(14));
    else world.wait(LEASE + world.below(QUIET + 10));
  }

  /** Much of what can go wrong goes wrong after an unknown end: a third of the schedules have one from the start. */
  #beginUnknown(): void {
    const world = this.#world;
    const process = this.#processes[0] as Process;
    process.claim(64);
    process.sendAll();
    if (world.below(2) === 0) process.finish();
    else this.#restart(0);
    world.wait(LEASE + world.below(QUIET));
    process.expire();
    if (world.below(2) === 0) return;
    // Replicas look at about the same time; one hears sooner than another.
    world.wait(QUIET);
    for (const each of this.#processes) each.look();
  }

  #enqueue(): void {
    const { run, laws, now } = this.#world;
    const id = `d${this.#made}`;
    const address = this.#world.one(this.#addresses) as string;
    // Some are worth sending after read-back, too.
    const forMs = this.#world.below(2) === 0 ? 400 : 40 + this.#world.below(120);
    const dice = this.#world.below(10);
    const before = this.#world.below(6) === 0 ? this.#world.one(this.#heard) : undefined;
    if (before) this.#hear(before.key, before.address, forMs);
    else if (dice < 2) this.#hear(id, address);
    else if (this.#made >= MOST) return;
    else if (dice < 5) this.#hear(id, address, forMs);
    else if (dice < 6) {
      this.#world.say('notice', id, address, forMs);
      run.say({ id, kind: 'notice', address, wire: 0, forMs }, now, []);
      this.#made += 1;
    } else this.#post(this.#world.below(4) === 0 ? (this.#world.one(this.#posts) ?? id) : id, forMs);
    laws.hold();
  }

  /** A message, perhaps for the second time; what is held for its sender may go. */
  #hear(key: string, address: string, forMs?: number): void {
    const { run, now } = this.#world;
    this.#world.say('heard', key, address, forMs === undefined ? 'no reply' : `reply for ${forMs}`);
    const delivery = forMs === undefined ? undefined : { id: `reply:${key}`, kind: 'reply' as const, address, wire: 0, forMs };
    const by = this.#world.limits.length === 0 && this.#world.below(2) === 0 ? this.#world.one(this.#processes) : undefined;
    const claim = by && { owner: by.owner, leaseMs: LEASE };
    const { fence } = run.accept({ key, address, member: address, now, opensWindow: true, reply: 0, delivery, claim });
    if (by && delivery && fence !== undefined) by.take(delivery, fence);
    this.#heard.push({ key, address });
    this.#made += 1;
  }

  #post(id: string, forMs: number): void {
    const world = this.#world;
    const targets = this.#addresses.slice(0, 1 + world.below(this.#addresses.length)).map((address): Target => {
      const at = world.now + (world.below(3) === 0 ? world.below(60) : 0);
      return { channel: address.slice(-1), address, wire: 0, at, until: at + forMs, hold: world.below(2) === 0 };
    });
    world.say('post', id, targets.map(({ address, at, until }) => `${address} at ${at} until ${until}`).join(', '));
    world.run.post({ id, kind: 'reminder', by: 'model' }, targets, world.now);
    this.#posts.push(id);
    this.#made += targets.length;
  }

  #cancel(): void {
    const post = this.#world.one(this.#posts);
    if (!post) return;
    this.#world.say('cancel', post);
    this.#world.run.cancel(post, this.#world.now);
    this.#world.laws.cancelled(post);
  }

  #byHand(): void {
    const { run, laws, now, organizer } = this.#world;
    const id = organizer ? this.#world.one(laws.unknown()) : undefined;
    if (id === undefined) return;
    const state = this.#world.below(2) === 0 ? 'sent' : 'pending';
    this.#world.say('an organizer resolves', id, state);
    laws.byHand.add(id);
    run.resolve(id, state === 'sent' ? { state } : { state, forMs: 100 }, now);
    laws.hold();
  }

  /** The process dies, with whatever it was doing; another one starts. */
  #restart(index: number): void {
    this.#world.say(this.#processes[index]?.owner, 'dies');
    const next = this.#born();
    this.#processes[index] = next;
    if (this.#processes.length === 1) next.expire(true);
  }

  /** Everybody ends, or is dead; then one process goes on until nothing changes. */
  #calmDown(): void {
    const world = this.#world;
    world.calm = true;
    for (const process of this.#processes) if (world.below(2) > 0) process.finish();
    const last = this.#born();
    for (let rounds = 0; rounds < 40 && world.laws.open(world.readBack); rounds += 1) {
      world.wait(rounds === 0 ? LEASE + QUIET : 80);
      last.expire();
      if (world.laws.any('unknown')) last.look();
      if (!world.laws.any('pending')) continue;
      last.claim(64);
      last.finish();
    }
  }

  #born(): Process {
    this.#owners += 1;
    return new Process(this.#world, `p${this.#owners}`, this.#sleeper);
  }
}
