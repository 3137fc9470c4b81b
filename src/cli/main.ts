#!/usr/bin/env node
// The command line. Each command is one file; it is imported only when it is the one that was asked for.
import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { readEnvFile } from '../config/environment.js';
import { fail, finish } from './output.js';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
const json = () => new Option('--json', 'print one JSON value, for other programs');

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

const organizer = program.command('organizer').description('who may do more than ask: invite, list, remove');

organizer
  .command('invite')
  .description('a code for ten minutes; whoever sends it to the bot in a direct chat becomes an organizer')
  .addOption(json())
  .action(async (options) => finish((await import('./organizer.js')).inviteCommand(options)));

organizer
  .command('list')
  .description('organizers and their accounts')
  .addOption(json())
  .action(async (options) => finish((await import('./organizer.js')).listCommand(options)));

organizer
  .command('remove')
  .description('end an organizer, with all accounts and sessions')
  .argument('<address>', 'as emcee organizer list shows it, for example slack:person:U01')
  .action(async (address: string) => finish((await import('./organizer.js')).removeCommand(address)));

program
  .command('audit')
  .description('what organizers and operators did')
  .option('--limit <n>', 'the last so many entries', '100')
  .addOption(json())
  .action(async (options) => finish((await import('./audit.js')).auditCommand(options)));

const broadcast = program
  .command('broadcast')
  .description('say something in many channels: shows it, asks, then the running bot sends it, or the next one that is started')
  .option('--to <tag...>', 'tags, cities, platforms or names of channels; all for all of them')
  .option('--except <tag...>', 'but not these')
  .option('--text <text>', 'small Markdown; lines [zh] and [en] begin the part for channels of that language')
  .option('--file <file>', 'the text from a file')
  .option('--announce <event>', 'the announcement of an event, from its page: its code, id or title')
  .option('--at <when>', "later: '2026-12-01 18:00' in the community's zone, or an instant with its offset")
  .option('--everyone', 'mention everyone; only who is named under everyone: in emcee.yaml may')
  .option('--dry-run', 'show it only')
  .option('--yes', 'send it without asking')
  .option('--detach', 'do not wait for its end')
  .addOption(json())
  .action(async (options) => finish((await import('./broadcast.js')).broadcastCommand(options)));

for (const [name, what] of [
  ['stop', 'what has not left does not leave any more; without an id the one that is under way'],
  ['resume', 'what was stopped goes after all; what is more than a day old needs its id'],
  ['retry', 'what was refused goes once more; what is unknown stays so'],
  ['list', 'all broadcasts and how far they are'],
  ['progress', 'how far one is; without an id the one that is going out'],
  ['drafts', 'those of yours that were not confirmed'],
  ['discard', 'a draft is not wanted any more'],
  ['report', 'what became of one, each failure in words; exit code 1 when something did not arrive'],
] as const) {
  const steering = broadcast.command(name).description(what);
  if (name === 'discard') steering.argument('<id>', 'as emcee broadcast drafts shows it');
  else if (name !== 'list' && name !== 'drafts') steering.argument('[id]', 'as emcee broadcast list shows it');
  // With a parent that has the same option, commander gives it to the parent.
  steering.addOption(json()).action(async (...args: unknown[]) => {
    const { json: asJson } = steering.optsWithGlobals();
    const id = name === 'list' || name === 'drafts' ? undefined : (args[0] as string | undefined);
    return finish((await import('./broadcast-steer.js')).steerCommand(name, id, { json: asJson }));
  });
}

const slides = program
  .command('slides')
  .description('links to slides that were set from a chat or here: they win over slides.yaml and the pages');

slides
  .command('list')
  .description('all of them, and who set them')
  .addOption(json())
  .action(async (options) => finish((await import('./slides.js')).slidesListCommand(options)));

slides
  .command('set')
  .description('what members get who send a code; a running bot knows it within a second')
  .argument('<code>', 'for example 20231104')
  .argument('<link...>', 'https://…; several are numbered')
  .option('--password <password>', 'what a netdisk asks for')
  .option('--label <label>', 'how the link is called')
  .action(async (code: string, links: string[], options) => finish((await import('./slides.js')).slidesSetCommand(code, links, options)));

slides
  .command('remove')
  .description('take them back: slides.yaml and the page count again')
  .argument('<code>', 'as emcee slides list shows it')
  .action(async (code: string) => finish((await import('./slides.js')).slidesRemoveCommand(code)));

slides
  .command('export')
  .description('print them for slides.yaml; nothing is written')
  .option('--merge', 'print the whole slides.yaml with them in it, comments kept')
  .action(async (options) => finish((await import('./slides.js')).slidesExportCommand(options)));

const alias = program.command('alias').description('words that members may send instead of a code');

alias
  .command('list')
  .description('all of them, and those that do not work')
  .addOption(json())
  .action(async (options) => finish((await import('./alias.js')).aliasListCommand(options)));

alias
  .command('set')
  .description('let a word mean a code')
  .argument('<alias>', 'for example chengdu-ppt')
  .argument('<code>', 'for example 20231104')
  .action(async (word: string, code: string) => finish((await import('./alias.js')).aliasSetCommand(word, code)));

alias
  .command('remove')
  .description('a word means nothing any more')
  .argument('<alias>', 'as emcee alias list shows it')
  .action(async (word: string) => finish((await import('./alias.js')).aliasRemoveCommand(word)));

program
  .command('status')
  .description('what waits, what went wrong, what comes next, and what members ask in vain; works beside a running bot')
  .addOption(json())
  .action(async (options) => finish((await import('./status.js')).statusCommand(options)));

for (const is of ['pause', 'resume'] as const)
  program
    .command(is)
    .description(is === 'pause' ? 'the kill switch: a platform sends nothing more until it is resumed' : 'let a paused platform send again')
    .argument('<platform>', 'for example wechaty')
    .action(async (platform: string) => finish((await import('./platforms.js')).switchCommand(is, platform)));

program
  .command('login')
  .description('show the picture that the running bot waits to have scanned')
  .argument('<platform>', 'for example wechaty')
  .action(async (platform: string) => finish((await import('./platforms.js')).loginCommand(platform)));

const rooms = program
  .command('rooms')
  .description('channels that have to be bound to a room of their platform, and to which they are')
  .addOption(json())
  .action(async (options) => finish((await import('./platforms.js')).roomsCommand(options)));

for (const is of ['bind', 'confirm'] as const)
  rooms
    .command(is)
    .description(is === 'bind' ? 'print the code that binds the room in which it is typed' : 'the one candidate is the room')
    .argument('<channel>', 'its name in emcee.yaml')
    .action(async (channel: string) => finish((await import('./platforms.js')).bindCommand(is, channel)));

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
