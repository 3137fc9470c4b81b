// Answers: how much the number of codes matters, and how far an answer is from folding the text and one Map lookup.
import { createAnswerer } from '../dist/src/answer/index.js';
import { catalogOf, community, eventOf } from './catalog.mjs';
import { paired, report } from './measure.mjs';

const ROUNDS = 15;
const QUESTIONS = 20_000;

export async function benchAnswers() {
  const few = asker(100);
  const many = asker(100_000);
  const { ratio } = await paired(ROUNDS, few, many);
  report('an answer from 100,000 codes : one from 100', ratio, 1.05);

  const links = new Map(Array.from({ length: 100 }, (_, i) => [`code-${100_000 + i}`, `https://example.org/${i}`]));
  let found = 0;
  const floor = () => {
    for (let i = 0; i < QUESTIONS; i += 1) if (links.has(`CODE-${100_000 + (i % 100)} `.normalize('NFKC').trim().toLowerCase())) found += 1;
  };
  const near = await paired(ROUNDS, floor, few);
  if (found === 0) throw new Error('the floor found nothing');
  report('an answer : NFKC + trim + lower + one Map lookup', near.ratio, 5);
}

/** Asks 100 of the codes again and again: the same working set, whatever the number of codes. */
function asker(count) {
  const answerer = createAnswerer(catalogOf(Array.from({ length: count }, (_, i) => eventOf(i))), community);
  const now = new Date('2026-01-01T00:00:00Z');
  return () => {
    for (let i = 0; i < QUESTIONS; i += 1) {
      const text = `CODE-${100_000 + (i % 100)} `;
      const answer = answerer.answer({ text, place: 'direct', addressed: true, role: 'member', sender: 'bench:person:1', now });
      if (answer.kind !== 'code') throw new Error(`no answer to code ${i}: ${answer.kind}`);
    }
  };
}
