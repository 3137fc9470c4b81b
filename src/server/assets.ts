// What Vite built for the pages: a few small files with a hash in their names, held in memory, compressed once.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export interface Asset {
  type: string;
  body: Buffer;
  gzip: Buffer;
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** From dist/src/server, and from src/server in tests. */
const FOLDERS = ['../../web/assets/', '../../dist/web/assets/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** File name → asset; empty when the pages were not built. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const folder = FOLDERS.find((each) => existsSync(each));
  const assets = new Map<string, Asset>();
  for (const name of folder ? readdirSync(folder) : []) {
    const type = TYPES[extname(name)];
    if (!type) continue;
    const body = readFileSync(`${folder}${name}`);
    assets.set(name, { type: `${type}; charset=utf-8`, body, gzip: gzipSync(body, { level: 9 }) });
  }
  return assets;
}
