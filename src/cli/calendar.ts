import type { AdapterModule, Outgoing } from '../adapter.js';
import { loadAdapters } from '../adapters.js';
import { readEnvironment } from '../config/environment.js';
import type { Channel, Community } from '../content/catalog.js';
import { type Loaded, loadContent } from '../content/load.js';
import { wallTime } from '../content/time-zone.js';
import { count } from '../phrases/count.js';
import { PHRASES } from '../phrases/index.js';
import { cleanText, plainText } from '../render/index.js';
import { calendarFile, text, utc } from '../schedule/ics/text.js';
import { nextPostAt, type Preview, previews, spansOf, unconfirmed } from '../schedule/preview.js';
import { instant } from './instant.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';

const DAY_MS = 24 * 3600_000;
const MOST_DAYS = 3_660;
const TO_BE_CONFIRMED =
  'Start to be confirmed; posts go out once `start:` stands on the page, or an organizer has told the bot (which is not seen here):';

interface Options {
  from?: string;
  days: string;
  json?: boolean;
  ics?: boolean;
}

/** `emcee calendar`: everything the bot will post, rendered as each channel will see it. Nothing is sent. */
export async function calendarCommand(options: Options): Promise<Outcome> {
  if (options.json && options.ics) throw new UsageError('--json and --ics: choose one of them.');
  const days = /^\d{1,4}$/.test(options.days) ? Number(options.days) : 0;
  if (days < 1 || days > MOST_DAYS) throw new UsageError(`--days: '${options.days}' is no number of days from 1 to ${MOST_DAYS}.`);
  const environment = readEnvironment();
  const { modules } = await loadAdapters(environment.adapters, process.cwd());
  const content = await loadContent(environment.content, { cacheFile: environment.pagesCache });
  const { community } = content;
  const from = options.from === undefined ? Date.now() : instant(options.from, community.timezone, '--from');
  const show = (channel: Channel, message: Outgoing) => shownOn(modules, channel, message);
  const posts = previews(spansOf(content, from, from + days * DAY_MS), community, show);
  if (options.json) return jsonOutcome(posts.map(asJson));
  // The last line's LF is added where it is printed.
  if (options.ics) return { lines: [ics(posts, community, from).replace(/\n$/, '')] };
  return { lines: readable(posts, content, { from, days, show }) };
}

/** The stable shape of design 3.2. */
function asJson({ at, rule, event, channel, text }: Preview): unknown {
  return { at: new Date(at).toISOString(), rule, event: event?.id ?? null, channel: channel.name, text };
}

function shownOn(modules: readonly AdapterModule[], { address }: Channel, message: Outgoing): string {
  const module = modules.find(({ name }) => address.startsWith(`${name}:`));
  return module ? module.preview(module.format(message)) : plainText(message);
}

interface Shown {
  from: number;
  days: number;
  show(channel: Channel, message: Outgoing): string;
}

function readable(posts: readonly Preview[], content: Loaded, { from, days, show }: Shown): string[] {
  const { community } = content;
  const { timezone } = community;
  const day = (at: number) => wallTime(at, timezone).slice(0, 10);
  const head = `${cleanText(community.name)}: ${count(posts.length, 'post')} from ${day(from)} on, ${count(days, 'day')} (times in ${timezone})`;
  const lines = [head, ...notes(community), ...byDay(posts, community)];
  const next = posts.length > 0 ? undefined : nextPostAt(spansOf(content, from, Number.POSITIVE_INFINITY), community);
  if (next !== undefined) {
    lines.push('', `The next ones are due from ${day(next)} on (emcee calendar --from ${day(next)}):`);
    lines.push(...byDay(previews(spansOf(content, next, next + days * DAY_MS), community, show), community));
  }
  const waiting = unconfirmed(content.catalogAt(from + days * DAY_MS), day(from));
  if (waiting.length > 0) lines.push('', TO_BE_CONFIRMED);
  for (const { id, title, start, pages } of waiting) lines.push(`  ${start}  ${cleanText(title)} (${pages[0] ?? id})`);
  return lines;
}

function notes({ sample, reminders, digests, channels }: Community): string[] {
  const none = 'Nothing is posted by itself: emcee.yaml has no';
  if (channels.length === 0) return [`${none} channels.`];
  if (reminders.length === 0 && digests.length === 0) return [`${none} reminders and no digests.`];
  return sample ? ['This is the sample content: shown here, and not posted.'] : [];
}

/** A day, under it each post with its channels: one text where they all get the same. */
function byDay(posts: readonly Preview[], { timezone, language }: Community): string[] {
  const lines: string[] = [];
  let day = '';
  for (const [index, post] of posts.entries()) {
    const wall = wallTime(post.at, timezone);
    if (wall.slice(0, 10) !== day) {
      day = wall.slice(0, 10);
      lines.push('', `${day} ${PHRASES[language].weekdays[new Date(`${day}T00:00Z`).getUTCDay()]}`);
    }
    const moved = post.sent === post.at ? '' : `, sent ${wallTime(post.sent, timezone).replace('T', ' ')}`;
    lines.push(`  ${wall.slice(11)}  ${cleanText(post.rule)} → ${cleanText(post.channel.name)}${moved}`);
    const following = posts[index + 1];
    if (following?.post !== post.post || following.text !== post.text || following.at !== post.at)
      lines.push(...post.text.split('\n').map((line) => (line === '' ? '' : `         ${line}`)));
  }
  return lines;
}

function ics(posts: readonly Preview[], community: Community, stamp: number): string {
  const events = posts.map(({ post, sent, rule, channel, title, text: shown }) => [
    'BEGIN:VEVENT',
    text('UID', `${post}/${channel.name}`),
    `DTSTAMP:${utc(stamp)}`,
    `DTSTART:${utc(sent)}`,
    'DURATION:PT5M',
    text('SUMMARY', `[${channel.name}] ${rule} ${title}`),
    text('DESCRIPTION', shown),
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]);
  return calendarFile([text('X-WR-CALNAME', `${community.name}: emcee`), 'METHOD:PUBLISH'], events);
}
