#!/usr/bin/env node
// Runs after `npm ci`: builds dist/ and makes `npx emcee` find it. Without the compiler (`npm ci --omit=dev`) it keeps what is
// built, or says what to run.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'dist/src/cli/main.js');

if (existsSync(join(root, 'node_modules/typescript/package.json'))) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
}
if (existsSync(bin)) linkBin();
else if (!process.exitCode)
  console.error('emcee is not built yet: run `npm ci && npm run build`, then `npm prune --omit=dev` if you want a small folder.');

/** npm links the bins of dependencies, not the project's own; without the link npx goes through its cache, and slowly. */
function linkBin() {
  const folder = join(root, 'node_modules/.bin');
  mkdirSync(folder, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(join(folder, 'emcee.cmd'), `@node "%~dp0\\..\\..\\dist\\src\\cli\\main.js" %*\r\n`);
    return;
  }
  chmodSync(bin, 0o755);
  rmSync(join(folder, 'emcee'), { force: true });
  symlinkSync('../../dist/src/cli/main.js', join(folder, 'emcee'));
}
