// The one place that knows adapters by name. Their SDKs are imported by their `connect`, never here.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AdapterModule } from './adapter.js';

const BUILT_IN: readonly (() => Promise<object>)[] = [
  () => import('../adapters/console/index.js'),
  () => import('../adapters/web/index.js'),
  () => import('../adapters/wechat/index.js'),
  () => import('../adapters/slack/index.js'),
  () => import('../adapters/wechaty/index.js'),
];

/** An adapter that cannot be loaded; the message says which and how to mend it. */
export class AdapterLoadError extends Error {
  override readonly name = 'AdapterLoadError';
  /** settings: EMCEE_ADAPTERS names nothing that is an adapter. code: the adapter's own code fails while it is loaded. */
  readonly fault: 'settings' | 'code';

  constructor(message: string, fault: 'settings' | 'code' = 'settings') {
    super(message);
    this.fault = fault;
  }
}

/**
 * The built-in adapters and those that EMCEE_ADAPTERS names: packages, files or folders (relative to `from`).
 * One that cannot be loaded does not keep the others away: it comes back in `errors`.
 */
export async function loadAdapters(
  further: readonly string[],
  from: string,
): Promise<{ modules: AdapterModule[]; errors: AdapterLoadError[] }> {
  const modules: AdapterModule[] = [];
  const errors: AdapterLoadError[] = [];
  for (const load of BUILT_IN) modules.push(checked(await load(), 'a built-in adapter'));
  for (const name of further) {
    try {
      const module = checked(await import(locate(name, from)), name);
      if (modules.some((other) => other.name === module.name))
        throw new AdapterLoadError(
          `EMCEE_ADAPTERS: '${name}' calls itself '${module.name}', and that name is taken. Give it another \`name\`.`,
        );
      modules.push(module);
    } catch (error) {
      errors.push(
        error instanceof AdapterLoadError
          ? error
          : new AdapterLoadError(`EMCEE_ADAPTERS: '${name}' cannot be loaded: ${(error as Error).message}`, 'code'),
      );
    }
  }
  return { modules, errors };
}

function locate(name: string, from: string): string {
  if (name.startsWith('file:')) return name;
  if (!name.startsWith('.') && !isAbsolute(name)) return packageEntry(name, from);
  const path = resolve(from, name);
  if (!existsSync(path)) throw new AdapterLoadError(`EMCEE_ADAPTERS: there is no '${path}'.`);
  return pathToFileURL(statSync(path).isDirectory() ? entryOf(path) : path).href;
}

function packageEntry(name: string, from: string): string {
  try {
    return pathToFileURL(createRequire(join(from, 'package.json')).resolve(name)).href;
  } catch {
    throw new AdapterLoadError(
      `EMCEE_ADAPTERS: there is no package '${name}'. Install it with npm i ${name}, or write a path that starts with ./`,
    );
  }
}

function entryOf(folder: string): string {
  const manifest = join(folder, 'package.json');
  const main = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as { main?: string; exports?: unknown }) : {};
  const named = [typeof main.exports === 'string' ? main.exports : undefined, main.main, 'index.mjs', 'index.js'];
  const entry = named.filter((each) => each !== undefined).find((each) => existsSync(join(folder, each)));
  if (!entry) throw new AdapterLoadError(`EMCEE_ADAPTERS: the folder '${folder}' has no index.js, index.mjs or package.json with "main".`);
  return join(folder, entry);
}

function checked(exported: object, from: string): AdapterModule {
  const module = { settings: {}, ...('default' in exported ? (exported.default as object) : exported) } as Partial<AdapterModule>;
  const missing = (['format', 'preview', 'create'] as const).filter((member) => typeof module[member] !== 'function');
  if (missing.length > 0)
    throw new AdapterLoadError(`EMCEE_ADAPTERS: '${from}' is no adapter: it does not export ${missing.join(', ')} (docs/adapters.md).`);
  if (!/^[a-z][a-z0-9-]*$/.test(module.name ?? ''))
    throw new AdapterLoadError(`EMCEE_ADAPTERS: '${from}' needs a \`name\` of small letters, digits and hyphens, such as 'matrix'.`);
  return module as AdapterModule;
}
