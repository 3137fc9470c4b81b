// What organizers do in a chat, on the command line. As in main.ts, a command is imported only when it is the one that was asked for.
import type { Command } from 'commander';
import { json } from './json-option.js';
import { finish } from './output.js';

export function addOrganizerCommands(program: Command): void {
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
      .description(
        is === 'pause' ? 'the kill switch: a platform sends nothing more until it is resumed' : 'let a paused platform send again',
      )
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
}
