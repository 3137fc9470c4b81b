import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadAdapters } from '../adapters.js';
import { type AdapterSettings, readAdapterSettings, readEnvironment, SettingsError } from '../config/environment.js';
import { check } from '../content/lint.js';
import { loadContent } from '../content/load.js';
import { jsonOutcome, type Outcome } from './output.js';

interface Finding {
  about: 'node' | 'settings' | 'content' | 'store' | 'platforms';
  level: 'ok' | 'warning' | 'error';
  message: string;
}

/** `emcee doctor`: one line a matter, and what to do where something is wrong. Exit code 1 when there is an error. */
export async function doctorCommand(options: { json?: boolean }): Promise<Outcome> {
  const findings: Finding[] = [node()];
  try {
    const environment = readEnvironment();
    findings.push({ about: 'settings', level: 'ok', message: `listens on ${environment.host}:${environment.port}` });
    findings.push(...(await content(environment.content, environment.pagesCache)), store(environment.data));
    findings.push(...(await platforms(environment.adapters, environment.publicUrl)));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    findings.push(...mistakes(error));
  }
  const exitCode = findings.some(({ level }) => level === 'error') ? 1 : 0;
  if (options.json) return jsonOutcome(findings, exitCode);
  return { lines: findings.map(({ about, level, message }) => `${level.padEnd(7)} ${about.padEnd(9)} ${message}`), exitCode };
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return {
    about: 'node',
    level: enough ? 'ok' : 'error',
    message: `Node ${process.versions.node}${enough ? '' : ': emcee needs 20.19 or newer'}`,
  };
}

async function content(folder: string, cacheFile: string): Promise<Finding[]> {
  if (!existsSync(folder))
    return [{ about: 'content', level: 'error', message: `there is no ${folder}: set EMCEE_CONTENT, or make one with emcee init DIR` }];
  const { catalog, community, problems } = await loadContent(folder, { now: Date.now(), cacheFile });
  const found = [...problems, ...check(catalog, community, Date.now())];
  const errors = found.filter(({ level }) => level === 'error').length;
  const withoutLink = [...catalog.codes.values()].filter((entry) => entry.links.length === 0).map(({ code }) => code);
  const findings: Finding[] = [
    {
      about: 'content',
      level: 'ok',
      message: `${folder}: ${catalog.pages.length} pages, ${catalog.events.length} events, ${catalog.codes.size} codes`,
    },
  ];
  if (errors > 0) findings.push({ about: 'content', level: 'error', message: `${errors} mistakes: emcee check names them` });
  if (withoutLink.length > 0)
    findings.push({ about: 'content', level: 'warning', message: `codes without a link in slides.yaml: ${shortened(withoutLink)}` });
  if (community.sample)
    findings.push({
      about: 'content',
      level: 'warning',
      message:
        'this is the sample content: members get answers, but nothing is posted by itself. emcee init DIR makes your own, EMCEE_CONTENT names it',
    });
  return findings;
}

function store(folder: string): Finding {
  const existing = existsSync(folder) ? folder : dirname(folder);
  try {
    accessSync(existing, constants.W_OK);
  } catch {
    return { about: 'store', level: 'error', message: `${existing} cannot be written: set EMCEE_DATA to a folder that can` };
  }
  // Others on the machine must not read members' ids; Windows keeps rights elsewhere.
  if (process.platform !== 'win32' && existsSync(folder) && (statSync(folder).mode & 0o077) !== 0)
    return { about: 'store', level: 'warning', message: `others on this machine can read ${folder}: chmod 700 ${folder}` };
  return { about: 'store', level: 'ok', message: `SQLite in ${folder}` };
}

async function platforms(further: string[], publicUrl: string | undefined): Promise<Finding[]> {
  const { modules, errors } = await loadAdapters(further, process.cwd());
  const broken: Finding[] = errors.map((error) => ({ about: 'platforms', level: 'error', message: error.message }));
  try {
    const adapters = readAdapterSettings(modules);
    const on = adapters.map(({ module }) => module.name);
    const examined = await Promise.all(adapters.map((adapter) => examine(adapter, publicUrl)));
    const message =
      on.length > 0
        ? `on: ${on.join(', ')}`
        : 'none is on: on a terminal emcee start chats there; .env.example lists the settings of the others';
    return [...broken, { about: 'platforms', level: 'ok', message }, ...examined.flat()];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return [...broken, ...mistakes(error)];
  }
}

/** What the platform itself says to its settings. */
async function examine({ module, values }: AdapterSettings, publicUrl: string | undefined): Promise<Finding[]> {
  try {
    const found = (await module.examine?.(values, { publicUrl })) ?? [];
    return found.map((each) => ({ about: 'platforms', ...each }));
  } catch (error) {
    return [{ about: 'platforms', level: 'error', message: `${module.name}: ${(error as Error).message}` }];
  }
}

const mistakes = (error: SettingsError): Finding[] => error.mistakes.map((message) => ({ about: 'settings', level: 'error', message }));

function shortened(codes: string[]): string {
  const most = 10;
  return codes.length > most ? `${codes.slice(0, most).join(', ')} and ${codes.length - most} more` : codes.join(', ');
}
