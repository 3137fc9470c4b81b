#!/usr/bin/env node
// Names that a file exports and nobody imports. A name in use only by its own file needs no `export`; one in use nowhere can go.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = ['src', 'adapters', 'test', 'bench', 'scripts'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((file) => /\.(tsx?|mjs)$/.test(file) && !file.endsWith('.d.ts') && !file.includes('node_modules'))
    .map((file) => join(root, folder, file)),
);
/** What the outside may import: the contract, its suite, and modules loaded by name. */
const OPEN = [/^src\/adapter\.ts$/, /^test\/contracts\//, /^adapters\/[^/]+\/index\.ts$/];

const exported = new Map();
const imported = new Set();
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  for (const [, kind, name] of text.matchAll(
    /^export (?:declare )?(?:async )?(?:abstract )?(function\*?|const|let|class|interface|type|enum) (\w+)/gm,
  )) {
    // The shape of something that is exported may be named without being imported anywhere.
    const isShape = /class|interface|type/.test(kind) && text.split(new RegExp(`\\b${name}\\b`)).length > 2;
    if (!isShape) exported.set(`${file}#${name}`, { file, name });
  }
  for (const [, names, from] of text.matchAll(/(?:import|export)\s+(?:type\s+)?(?:\w+\s*,\s*)?\{([^}]*)\}\s*from\s*'([^']+)'/g))
    add(file, from, names);
  for (const [, names, from] of text.matchAll(/\{([^{}]*)\}\s*=\s*await import\('([^']+)'\)/g))
    add(file, from, names.replaceAll(':', ' as '));
  for (const [, from, name] of text.matchAll(/import\('([^']+)'\)\)?\.(\w+)/g)) add(file, from, name);
}

function add(file, from, names) {
  if (!from.startsWith('.')) return;
  const source = resolve(dirname(file), from.replace('/dist/', '/').replace(/\.js$/, '.ts'));
  const target = existsSync(source) ? source : `${source}x`;
  for (const name of names.split(','))
    imported.add(
      `${target}#${
        name
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+/)[0]
      }`,
    );
}

const dead = [...exported].filter(([key, { file }]) => !imported.has(key) && !OPEN.some((open) => open.test(relative(root, file))));
for (const [, { file, name }] of dead) console.log(`${relative(root, file)}: ${name} is exported, and nobody imports it`);
process.exitCode = dead.length > 0 ? 1 : 0;
