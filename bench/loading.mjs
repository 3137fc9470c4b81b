// Loading 1,000 pages of 10 kB, against reading the same files and splitting their front matter; and one changed page.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import matter from 'gray-matter';
import { parse } from 'yaml';
import { createAnswerer } from '../dist/src/answer/index.js';
import { openLibrary } from '../dist/src/content/library.js';
import { loadContent } from '../dist/src/content/load.js';
import { paired, report } from './measure.mjs';
import { codeOf, pageOf, writePages } from './pages.mjs';

const PAGES = 1_000;

export async function benchLoading(dir) {
  writePages(dir, PAGES);
  const events = join(dir, 'events');
  const floor = () => {
    for (const file of readdirSync(events)) matter(readFileSync(join(events, file), 'utf8'), { engines: { yaml: (text) => parse(text) } });
  };
  const load = async () => {
    const { catalog } = await loadContent(dir, { now: Date.now() });
    if (catalog.events.length !== PAGES) throw new Error(`${catalog.events.length} events`);
  };
  const { a, b, ratio } = await paired(7, floor, load);
  report(`loading ${PAGES} pages : reading and splitting them`, ratio, 4);
  report('  the floor', a, undefined, 'ms', 0);
  report('  loading', b, undefined, 'ms', 0);

  const library = await openLibrary({ root: dir, now: Date.now });
  let answerer = createAnswerer(library.catalog(), library.community());
  const took = [];
  for (let round = 0; round < 15; round += 1) {
    writeFileSync(join(events, '00500.md'), pageOf(500, `edit ${round}. `));
    const before = performance.now();
    await library.refresh();
    answerer = createAnswerer(library.catalog(), library.community(), answerer);
    const answer = answerer.answer({
      text: codeOf(500),
      place: 'direct',
      addressed: true,
      role: 'member',
      sender: 'bench:person:1',
      now: new Date(),
    });
    took.push(performance.now() - before);
    if (answer.kind !== 'code') throw new Error(`no answer after an edit: ${answer.kind}`);
  }
  await library.close();
  report(`one changed page of ${PAGES}: looked for, read, merged, answered`, took, 50, 'ms', 1);
}
