import { keptTroubles } from '../content/kept.js';
import { statusFacts } from '../desk/status-facts.js';
import { statusParts } from '../desk/status-text.js';
import { plainText } from '../render/index.js';
import { plannedAhead } from '../schedule/ahead.js';
import { withKeptContent } from './kept-content.js';
import { jsonOutcome, type Outcome } from './output.js';

/** `emcee status`: what an organizer hears who asks for the status, but for the platforms: only the running bot knows those. */
export async function statusCommand({ json }: { json?: boolean }): Promise<Outcome> {
  return withKeptContent(async ({ store, base, catalog, community, rows }) => {
    const now = Date.now();
    const facts = await statusFacts({
      store,
      nextPosts: (count) => plannedAhead({ catalog, community }, now, count),
      catalog: () => catalog,
      troubles: () => keptTroubles(base, rows, community),
      now: () => now,
    });
    if (json) return jsonOutcome(withInstants(facts));
    const parts = statusParts(facts, { language: 'en', community, catalog });
    return { lines: [parts.map((text) => plainText({ text })).join('\n\n')] };
  });
}

const INSTANTS = new Set(['at', 'changedAt']);

function withInstants(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, each) =>
    INSTANTS.has(key) && typeof each === 'number' ? new Date(each).toISOString() : each,
  );
}
