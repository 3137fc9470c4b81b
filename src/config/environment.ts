// The only room that reads the environment. Every mistake is named at once, in words.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import type { AdapterModule, Setting } from '../adapter.js';
import { CORE_SETTINGS } from './settings.js';

/** Wrong settings: each mistake is one sentence that says how to mend it. Commands end with exit code 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

export interface Environment {
  /** Folder with emcee.yaml, slides.yaml and events/. */
  content: string;
  data: string;
  databaseUrl: string | undefined;
  /** Milliseconds. */
  readBackAfter: number;
  keepDays: number;
  /** Where understood pages are kept between starts. */
  pagesCache: string;
  host: string;
  port: number;
  /** Without a slash at the end. */
  publicUrl: string | undefined;
  /** Proxies whose forwarding headers are believed: addresses, ranges, and the names of proxy-addr. */
  trustProxy: string[];
  metricsToken: string | undefined;
  adapters: string[];
  /** undefined: not set. */
  logLevel: string | undefined;
}

export interface AdapterSettings {
  module: AdapterModule;
  values: Record<string, unknown>;
}

type Variables = Record<string, string | undefined>;

/** Reads `.env` of the working folder, where there is one; variables that are set already win. */
export function readEnvFile(folder = process.cwd()): void {
  const file = resolve(folder, '.env');
  if (!existsSync(file)) return;
  try {
    loadEnvFile(file);
  } catch (error) {
    throw new SettingsError([`${file} cannot be read: ${(error as Error).message}`]);
  }
}

/** @throws SettingsError with every mistake among the core settings. */
export function readEnvironment(variables: Variables = process.env): Environment {
  const { values, mistakes } = read(CORE_SETTINGS, variables);
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return {
    content: values.EMCEE_CONTENT as string,
    data: values.EMCEE_DATA as string,
    databaseUrl: values.DATABASE_URL as string | undefined,
    readBackAfter: values.EMCEE_READBACK_AFTER as number,
    keepDays: values.EMCEE_KEEP_DAYS as number,
    pagesCache: join(values.EMCEE_DATA as string, 'pages-cache.json'),
    host: values.HOST as string,
    port: values.PORT as number,
    publicUrl: values.EMCEE_PUBLIC_URL as string | undefined,
    trustProxy: (values.EMCEE_TRUST_PROXY as string[] | undefined) ?? [],
    metricsToken: values.EMCEE_METRICS_TOKEN as string | undefined,
    adapters: (values.EMCEE_ADAPTERS as string[] | undefined) ?? [],
    logLevel: values.LOG_LEVEL as string | undefined,
  };
}

/**
 * Which adapters are on, with their settings: those whose settings are all there. One that has only some of them, or a secret without them, is a mistake.
 * @throws SettingsError with every mistake of every adapter.
 */
export function readAdapterSettings(modules: readonly AdapterModule[], variables: Variables = process.env): AdapterSettings[] {
  const mistakes: string[] = [];
  const on: AdapterSettings[] = [];
  for (const module of modules) {
    const required = Object.entries(module.settings).filter(([, setting]) => !setting.optional && setting.default === undefined);
    const missing = required.filter(([name]) => !variables[name]?.trim()).map(([name]) => name);
    const partly = Object.entries(module.settings).some(([name, { secret }]) => secret && variables[name]?.trim());
    if (required.length > 0 && missing.length === required.length && !partly) continue;
    if (missing.length > 0) {
      mistakes.push(
        `${module.name}: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing (the other settings of ${module.name} are there).`,
      );
      continue;
    }
    const { values, mistakes: found } = read(module.settings, variables);
    const together = found.length > 0 ? undefined : module.mistake?.(values);
    mistakes.push(...found, ...(together === undefined ? [] : [together]));
    if (isWanted(module, values)) on.push({ module, values });
  }
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return on;
}

/** An adapter that cannot even say whether it is wanted is tried: its own error then names it. */
function isWanted(module: AdapterModule, values: Record<string, unknown>): boolean {
  try {
    return module.enabled?.(values) !== false;
  } catch {
    return true;
  }
}

/** The values that must never be seen in a log, an error or a page. */
export function secretsOf(modules: readonly AdapterModule[], variables: Variables = process.env): string[] {
  const settings = [CORE_SETTINGS, ...modules.map((module) => module.settings)].flatMap((group) => Object.entries(group));
  const secrets = settings.filter(([, setting]) => setting.secret).flatMap(([name]) => variables[name]?.trim() || []);
  // A driver's error may name the password without the address around it.
  const passwords = secrets.flatMap((secret) => (URL.canParse(secret) ? decodeURIComponent(new URL(secret).password) || [] : []));
  return [...secrets, ...passwords];
}

function read(settings: Record<string, Setting>, variables: Variables): { values: Record<string, unknown>; mistakes: string[] } {
  const values: Record<string, unknown> = {};
  const mistakes: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const written = variables[name]?.trim() || setting.default;
    if (written === undefined) continue;
    try {
      values[name] = setting.parse ? setting.parse(written) : written;
    } catch (error) {
      const shown = setting.secret ? 'its value' : `'${written.slice(0, 80)}'`;
      mistakes.push(`${name}: ${shown} ${(error as Error).message}`);
    }
  }
  return { values, mistakes };
}
