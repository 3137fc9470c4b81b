import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLibrary } from '../../src/content/library.js';
import { readSlides } from '../../src/content/slides.js';

test('a slides.yaml or emcee.yaml that is taken away still holds, and is missed; a start without them is a start without them', async () => {
  const root = mkdtempSync(join(tmpdir(), 'emcee-gone-'));
  mkdirSync(join(root, 'events'));
  writeFileSync(join(root, 'events/a.md'), '---\ntitle: 聚会\nstart: 2027-05-15 14:00\ncodes: [spring2027]\n---\n');
  writeFileSync(join(root, 'emcee.yaml'), 'community: 我们\ntimezone: Asia/Tokyo\nlanguage: zh\n');
  writeFileSync(join(root, 'slides.yaml'), 'spring2027: https://example.org/s\n');
  const options = { root, cacheFile: join(root, 'cache.json') };
  const library = await openLibrary(options);
  rmSync(join(root, 'slides.yaml'));
  rmSync(join(root, 'emcee.yaml'));
  await library.refresh();
  expect(library.catalog().codes.get('spring2027')?.links).toHaveLength(1);
  expect(library.community().timezone).toBe('Asia/Tokyo');
  expect(library.problems().filter(({ rule }) => rule === 'settings-gone')).toHaveLength(2);
  await library.close();

  const again = await openLibrary(options);
  expect(again.catalog().codes.get('spring2027')?.links).toHaveLength(0);
  expect(again.problems().filter(({ rule }) => rule === 'settings-gone')).toEqual([]);
  await again.close();
  rmSync(root, { recursive: true });
});

test('thousands of codes in slides.yaml: each with its line, and one that stands twice is named and not used', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `'code-${i}': https://example.org/${i}`);
  const { slides, problems } = readSlides([...lines, "'code-7': https://example.org/other", 'bad: no link'].join('\n'), 'en');
  expect(slides.get('code-19999')).toMatchObject({ line: 20_000, links: [{ url: 'https://example.org/19999' }] });
  expect(slides.has('code-7')).toBe(false);
  expect(problems.map(({ line }) => line).sort()).toEqual([20_001, 20_002]);
});
