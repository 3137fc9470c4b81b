import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isZone } from '../content/time-zone.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';

/** `emcee init`: a content folder of one's own, small and complete. Never writes over anything. */
export async function initCommand(dir: string, options: { language?: string; json?: boolean }): Promise<Outcome> {
  const { timeZone = 'UTC', locale } = Intl.DateTimeFormat().resolvedOptions();
  const language = options.language ?? (locale.startsWith('zh') ? 'zh' : 'en');
  if (language !== 'zh' && language !== 'en') throw new UsageError(`--language: '${language}' is not known. Write zh or en.`);
  const root = resolve(dir);
  if (existsSync(root) && !statSync(root).isDirectory()) throw new UsageError(`${root} is a file. Name a new folder.`);
  if (existsSync(root) && readdirSync(root).length > 0)
    throw new UsageError(`${root} is not empty; emcee init writes over nothing. Name a new folder.`);
  mkdirSync(join(root, 'events'), { recursive: true });
  const files = new Map([
    ['emcee.yaml', settings(language, isZone(timeZone) ? timeZone : 'UTC')],
    ['slides.yaml', slides(language)],
    ['events/.gitkeep', ''],
  ]);
  for (const [file, text] of files) writeFileSync(join(root, file), text, { flag: 'wx' });
  const shown = relative(process.cwd(), root) || '.';
  if (options.json) return jsonOutcome({ folder: root, files: [...files.keys()] });
  return {
    lines: [
      `${shown} is ready.`,
      `1. Edit ${join(shown, 'emcee.yaml')}: the community's name, time zone and channels.`,
      `2. EMCEE_CONTENT=${shown} npx emcee new "${language === 'zh' ? '第一次聚会' : 'Our first meetup'}" --start "2027-05-15 14:00" --place "…"`,
      `3. EMCEE_CONTENT=${shown} npm start   (or write EMCEE_CONTENT=${shown} into .env)`,
    ],
  };
}

function settings(language: 'zh' | 'en', timeZone: string): string {
  const said =
    language === 'zh'
      ? {
          name: '我的社区',
          head: '社区的设置；每个键的含义见 docs/content.md。',
          organizers: '组织者的地址：让他们给机器人发“我是谁”，把回复的地址填在这里。',
          channels: '频道：机器人会主动发言的地方。',
          sources: '还可以读取别处的页面（只读，不会改动），例如网站仓库：',
        }
      : {
          name: 'My community',
          head: 'Settings of the community; docs/content.md explains every key.',
          organizers: 'Addresses of the organizers: let them send "whoami" to the bot and write here what it answers.',
          channels: 'Channels: where the bot speaks by itself.',
          sources: 'Pages can be read from elsewhere too (read, never changed), for example from a checkout of your website:',
        };
  return `# ${said.head}
community: ${said.name}
timezone: ${timeZone}
language: ${language}

# ${said.organizers}
organizers: []

# ${said.channels}
channels: []

# ${said.sources}
# sources: [../website/content/zh/live/**/*.md]
`;
}

function slides(language: 'zh' | 'en'): string {
  return language === 'zh'
    ? `# 口令 → 链接。口令按书写的原样读取（0514 的 0 会保留）。
# '20270515': https://example.org/slides/20270515
# '20270612':
#   - { label: 全部课件, url: https://example.org/slides/20270612, password: abcd, note: 有效期 30 天 }
`
    : `# code → link. Codes are read as they are written (0514 keeps its zero).
# '20270515': https://example.org/slides/20270515
# '20270612':
#   - { label: All slides, url: https://example.org/slides/20270612, password: abcd, note: for 30 days }
`;
}
