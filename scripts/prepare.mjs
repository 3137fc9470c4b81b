#!/usr/bin/env node
// Runs after `npm ci`: builds dist/. Without the compiler (`npm ci --omit=dev`) it keeps what is built, or says what to run.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (path) => `${root}${path}`;

if (existsSync(inRoot('node_modules/typescript/package.json'))) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
} else if (!existsSync(inRoot('dist/src/cli/main.js'))) {
  console.error('emcee is not built yet: run `npm ci && npm run build`, then `npm prune --omit=dev` if you want a small folder.');
}
