import type { AdapterModule, Setting } from '../adapter.js';
import { CORE_SETTINGS } from './settings.js';

/** The text of .env.example: every declared setting with what it means, none of them set. */
export function envExample(modules: readonly AdapterModule[]): string {
  const groups: [string, Record<string, Setting>][] = [
    ['emcee runs without any of these. Copy this file to .env and take the # off the lines you need.', CORE_SETTINGS],
    ...modules
      .filter((module) => Object.keys(module.settings).length > 0)
      .map((module): [string, Record<string, Setting>] => [
        `${module.name}: on when all of its settings that are not optional are there.`,
        module.settings,
      ]),
  ];
  return `${groups.map(([title, settings]) => [`# ${title}`, ...Object.entries(settings).map(lines)].join('\n\n')).join('\n\n\n')}\n`;
}

function lines([name, setting]: [string, Setting]): string {
  const marks = [setting.optional ? 'optional' : undefined, setting.secret ? 'secret' : undefined].filter(Boolean).join(', ');
  return `# ${setting.description}${marks ? ` (${marks})` : ''}\n# ${name}=${setting.default ?? ''}`;
}
