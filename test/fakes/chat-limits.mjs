// Sliding windows over what reached the platform, per target and for the whole app.

export class Windows {
  #arrivals = new Map();

  /** The limit that one more post would break, and when there is room again. `graceMs` forgives what the network squeezed together. */
  broken(limits, target, now) {
    for (const [scope, key] of [
      ['target', target],
      ['app', ''],
    ]) {
      const limit = limits[scope];
      if (!limit) continue;
      const from = now - limit.perMs + (limits.graceMs ?? 0);
      const inside = (this.#arrivals.get(key) ?? []).filter((at) => at > from);
      // A window that closes at once lets `count` through; the oldest of them has to leave before the next one may come.
      if (inside.length >= limit.count) return { scope, limit, waitMs: Math.max(0, inside[inside.length - limit.count] - from) };
    }
    return undefined;
  }

  note(target, now, limits) {
    const longest = Math.max(limits.target?.perMs ?? 0, limits.app?.perMs ?? 0);
    if (longest === 0) return;
    for (const key of [target, '']) {
      const arrivals = this.#arrivals.get(key) ?? [];
      arrivals.push(now);
      while (arrivals[0] <= now - longest) arrivals.shift();
      this.#arrivals.set(key, arrivals);
    }
  }
}

/** `settings.retryAfter` says what the header looks like; platforms and proxies send all of these. */
export function retryAfterHeader(form, waitMs, now) {
  if (form === undefined) return { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1_000))) };
  if (form === 'missing') return {};
  if (form === 'date') return { 'Retry-After': new Date(now + Math.max(1_000, waitMs)).toUTCString() };
  return { 'Retry-After': form };
}
