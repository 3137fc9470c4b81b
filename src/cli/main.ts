#!/usr/bin/env node
// The command line. Each command is one file; it is imported only when it is the one that was asked for.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { readEnvFile } from '../config/environment.js';
import { json } from './json-option.js';
import { addOrganizerCommands } from './organizer-commands.js';
import { fail, finish } from './output.js';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };

const program = new Command('emcee')
  .description('emcee (司仪): answers, reminders and broadcasts for community channels, from one Markdown page per event.')
  .version(version)
  .addHelpText(
    'after',
    '\nSettings come from the environment and from .env (see .env.example).\nExit codes: 0 done, 1 found problems, 2 wrong use or settings.',
  )
  .exitOverride();

program
  .command('start')
  .description('run the bot; with nothing configured it chats on this terminal')
  .action(async () => (await import('./start.js')).startCommand());

program
  .command('ask')
  .description('ask one question and see the reply; nothing is sent or written')
  .argument('[text...]', 'what a member would type')
  .option('--batch', 'one question a line on standard input, one reply a line out')
  .option('--as <role>', 'member or organizer', 'member')
  .option('--on <platform>', 'show the reply as this platform would', 'console')
  .option('--room', 'ask in a room without mentioning the bot')
  .option(
    '--now <instant>',
    "answer as if it were then, for example 2026-03-01T12:00 (in the community's time zone) or 2026-03-01T12:00+08:00",
  )
  .addOption(json())
  .action(async (words: string[], options) => finish((await import('./ask.js')).askCommand(words, options)));

program
  .command('pages')
  .description('what was understood of every page')
  .argument('[dir]', 'a content folder, or any folder of Markdown pages (default: the content folder)')
  .addOption(json())
  .action(async (dir: string | undefined, options) => finish((await import('./pages.js')).pagesCommand(dir, options)));

program
  .command('check')
  .description('look for mistakes in the content; exit code 1 when there are errors')
  .argument('[dir]', 'a content folder (default: the one of EMCEE_CONTENT)')
  .option('--now <instant>', 'check as if it were then, written as for emcee ask')
  .addOption(json())
  .action(async (dir: string | undefined, options) => finish((await import('./check.js')).checkCommand(dir, options)));

program
  .command('doctor')
  .description('look at settings, content, store and platforms, and say what to mend')
  .addOption(json())
  .action(async (options) => finish((await import('./doctor.js')).doctorCommand(options)));

program
  .command('calendar')
  .description('everything the bot will post, when, where and how it will look; nothing is sent')
  .option('--from <instant>', "the first instant, for example 2027-03-01 or 2027-03-01T12:00, in the community's time zone (default: now)")
  .option('--days <n>', 'so many days from there', '30')
  .addOption(json())
  .option('--ics', 'print a calendar file instead')
  .action(async (options) => finish((await import('./calendar.js')).calendarCommand(options)));

const deliveries = program
  .command('deliveries')
  .description('who was told what, where and when; works beside a running bot')
  .option('--state <state>', 'only these: pending, held, sending, sent, refused, unknown, cancelled, missed')
  .option('--post <id>', 'only those of one post')
  .option('--replies', 'answers to members and notices to organizers too')
  .addOption(json())
  .action(async (options) => finish((await import('./deliveries.js')).deliveriesCommand(options)));

deliveries
  .command('resolve')
  .description('say what became of a delivery whose end is unknown')
  .argument('<id>', 'as emcee deliveries --state unknown shows it')
  .argument('<end>', 'sent: it arrived; again: it did not, send it again')
  .action(async (id: string, end: string) => finish((await import('./deliveries.js')).resolveCommand(id, end)));

addOrganizerCommands(program);

program
  .command('backup')
  .description('copy the store to a file, also while the bot runs')
  .argument('<file>', 'a file that is not there yet')
  .action(async (file: string) => finish((await import('./backup.js')).backupCommand(file)));

program
  .command('new')
  .description('write a new event page, ready to edit')
  .argument('<title>', 'for example "云原生 Meetup 成都站"')
  .requiredOption('--start <time>', 'for example "2027-05-15 14:00"')
  .option('--end <time>', 'for example "18:00" or "2027-05-15 18:00"')
  .option('--place <place>', 'an address, or "online"')
  .option('--code <code>', 'the reply keyword (default: the day, 20270515)')
  .addOption(json())
  .action(async (title: string, options) => finish((await import('./new.js')).newCommand(title, options)));

program
  .command('init')
  .description('make a content folder of your own')
  .argument('<dir>', 'a folder that is new or empty')
  .option('--language <language>', 'zh or en (default: from the locale of this machine)')
  .addOption(json())
  .action(async (dir: string, options) => finish((await import('./init.js')).initCommand(dir, options)));

program
  .command('import')
  .description('take along what a platform answered by itself so far; run it before emcee takes over')
  .argument('<what>', 'wechat-rules: keyword, follow and default replies of an Official Account')
  .option('--file <json>', 'a saved answer of get_current_autoreply_info instead of asking WeChat')
  .option('--dry-run', 'show what would be written, write nothing')
  .addOption(json())
  .action(async (what: string, options) => finish((await import('./import.js')).importCommand(what, options)));

try {
  readEnvFile();
  await program.parseAsync();
} catch (error) {
  // --help and --version end this way too, with 0.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else fail(error);
}
