#!/usr/bin/env node
// How well real pages are understood: compares `emcee pages --json` with labels written by people. Skips where the labelled
// pages are not at hand; fails when a figure falls below what was reached.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const corpus = join(root, '..', 'shared', 'corpus');
const REQUIRED = [
  'codes.f1>=0.99',
  'codes.harmful<=0',
  'start.f1>=0.96',
  'start.harmful<=0',
  'title.f1>=0.98',
  'talks.f1>=0.88',
  'speakers.f1>=0.93',
  'videos.f1>=0.96',
  'affiliation.f1>=0.80',
  'end.f1>=0.88',
  'timezone.f1>=0.88',
  'location.f1>=0.88',
  'online.f1>=0.88',
  'account.f1>=0.88',
  'slides.f1>=0.88',
  'talkVideo.f1>=0.88',
  'overall>=0.93',
];

if (!existsSync(join(corpus, 'score.mjs'))) {
  console.log('score: skipped, the labelled pages are not at hand');
} else {
  const pages = spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), 'pages', join(corpus, 'pages'), '--json'], {
    maxBuffer: 1 << 28,
  });
  if (pages.status !== 0) throw new Error(String(pages.stderr));
  const folder = mkdtempSync(join(tmpdir(), 'emcee-score-'));
  const file = join(folder, 'pages.json');
  writeFileSync(file, pages.stdout);
  const args = [
    join(corpus, 'score.mjs'),
    '--labels',
    join(corpus, 'labels.jsonl'),
    '--pages',
    file,
    '--require',
    REQUIRED.join(' '),
    ...process.argv.slice(2),
  ];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
  rmSync(folder, { recursive: true });
}
