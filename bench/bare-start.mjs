// The floor for start-up: a bare Node program that reads the pages, picks title and code with regular expressions, and answers one code.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , dir, code] = process.argv;
const titles = new Map();
for (const file of readdirSync(join(dir, 'events'))) {
  const text = readFileSync(join(dir, 'events', file), 'utf8');
  const title = /^title: (.*)$/m.exec(text)?.[1];
  const found = /回复关键词 `([^`]+)`/.exec(text)?.[1];
  if (found) titles.set(found, title);
}
const links = new Map(
  [...readFileSync(join(dir, 'slides.yaml'), 'utf8').matchAll(/^'([^']+)': (.*)$/gm)].map(([, key, url]) => [key, url]),
);
console.log(titles.get(code), links.get(code));
