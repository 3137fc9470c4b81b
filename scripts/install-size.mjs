#!/usr/bin/env node
// How much a plain install brings, development apart: what package-lock.json names and is there. Fails when it has grown past the limit,
// or when an optional platform has come along.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MOST_MB = 80;
const OPTIONAL = ['wechaty'];

const root = fileURLToPath(new URL('..', import.meta.url));
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const installed = Object.entries(packages)
  .filter(([path, { dev }]) => path !== '' && !dev && existsSync(join(root, path)))
  .map(([path]) => path);

function bytesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .reduce((sum, entry) => {
      const path = join(folder, entry.name);
      return sum + (entry.isDirectory() ? bytesOf(path) : entry.isFile() ? statSync(path).size : 0);
    }, 0);
}

const megabytes = installed.reduce((sum, path) => sum + bytesOf(join(root, path)), 0) / 1e6;
const astray = OPTIONAL.filter((name) => existsSync(join(root, 'node_modules', name)));
console.log(`A plain install: ${installed.length} packages, ${megabytes.toFixed(1)} MB (at most ${MOST_MB} MB).`);
if (astray.length > 0) console.log(`A plain install must not bring ${astray.join(', ')}.`);
process.exitCode = megabytes > MOST_MB || astray.length > 0 ? 1 : 0;
