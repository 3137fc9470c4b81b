/** How a change of links looks: to members once it is made, and in lists for organizers. Pure. */
import type { Choice, Link, Outgoing } from '../adapter.js';
import { createAnswerer } from '../answer/index.js';
import type { Answer } from '../answer/types.js';
import { labelOf, titleOf } from '../answer/view.js';
import type { Catalog, CodeEntry, Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import type { DeskSlidesPhrases } from '../phrases/desk-slides.js';
import { PHRASES } from '../phrases/index.js';
import { cleanText, escapeMarkdown } from '../render/index.js';
import { viewerOf } from '../schedule/message.js';
import type { KeptRow } from '../store/desk.js';
import type { KeptChange } from './kept-changes.js';

const MOST_LISTED = 5;

export const shown = (text: string) => escapeMarkdown(cleanText(text));

/** A question with what can be chosen; a number refers back to it. */
export function question(reply: Outgoing, choices: Choice[], language: Language, now: number): Answer {
  return { kind: 'command', events: [], language, reply: { ...reply, choices }, memory: { choices, language, at: now } };
}

/** What a member gets who sends a code, under a sentence for the organizer. */
export function asMembersSee(
  intro: string,
  code: string,
  catalog: Catalog,
  { community, language, now }: { community: Community; language: Language; now: number },
): Outgoing {
  const { reply } = createAnswerer(catalog, community).answer({
    ...{ text: code, place: 'direct', addressed: true, role: 'member', sender: '', language, now: new Date(now) },
  });
  return { text: `${intro}\n${reply?.text ?? ''}`.trim(), ...(reply?.card && { card: reply.card }) };
}

/** The rows as they will be. */
export function changed(rows: readonly KeptRow[], { kind, name, value }: KeptChange): KeptRow[] {
  const others = rows.filter((row) => row.kind !== kind || row.name !== name);
  return value === null ? others : [...others, { kind, name, value, by: '', changedAt: 0 }];
}

export function listed(links: readonly Link[], say: DeskSlidesPhrases): string {
  if (links.length === 0) return say.wasNothing;
  const lines = links
    .slice(0, MOST_LISTED)
    .map(({ label, url, password }) => say.link(shown(label), shown(url), password && shown(password)));
  return say.was([...lines, ...(links.length > MOST_LISTED ? [`- … +${links.length - MOST_LISTED}`] : [])].join('\n'));
}

/** `20231104 · 2023-11-04 云原生 Meetup 成都站` */
export function entryLabel({ code, events: [event] }: CodeEntry, language: Language, community: Community, now: number): string {
  return [code, event && labelOf(event, { ...viewerOf(language, { community, now }), say: PHRASES[language] })].filter(Boolean).join(' · ');
}

export function titlesOf({ events }: CodeEntry, language: Language): string[] {
  return events.map((event) => shown(titleOf(event, { language })));
}
