/** The status as an organizer reads it on a phone: what has to be mended first, each with what to say or run. Pure. */
import { titleOf } from '../answer/view.js';
import type { Catalog, Community } from '../content/catalog.js';
import { wallTime } from '../content/time-zone.js';
import type { Language } from '../content/types.js';
import { DESK_STATUS_PHRASES } from '../phrases/desk-status.js';
import { PHRASES } from '../phrases/index.js';
import { shown } from './kept-view.js';
import type { PlatformStatus, StatusFacts, Stuck } from './status-facts.js';

/** An alias may be no longer; a question with a gap in it is nobody's words. */
const LONGEST_ALIAS = 20;

export interface StatusView {
  language: Language;
  community: Pick<Community, 'timezone'>;
  catalog: Catalog;
  /** It is read where one can answer it, not in a terminal. */
  inChat?: boolean;
}

/** The parts of the message, the most urgent first. */
export function statusParts(facts: StatusFacts, view: StatusView): string[] {
  const say = DESK_STATUS_PHRASES[view.language];
  const parts = [
    stuckText(facts.unknown, say.unknown, view, (id) => (view.inChat ? say.settle(shown(id)) : say.resolve(shown(quoted(id))))),
    stuckText(facts.missed, say.missed, view, undefined, say.missedHint),
    stuckText(facts.held, say.held, view, undefined, say.heldHint),
    broadcastsText(facts, view),
    codesText(facts, view),
    questionsText(facts, view),
    aliasesText(facts, view),
  ].filter((part) => part !== '');
  const isWell = parts.length === 0 && (facts.platforms ?? []).every(({ state, paused }) => state.is === 'online' && !paused);
  const head = [say.heading, ...platformsText(facts.platforms, view), ...(isWell ? [say.allWell] : [])].join('\n');
  const urgent = [facts.unknown, facts.missed, facts.held].filter(({ count }) => count > 0).length + (facts.broadcasts.length > 0 ? 1 : 0);
  return [head, ...parts.slice(0, urgent), nextText(facts, view), ...parts.slice(urgent)];
}

function platformsText(platforms: readonly PlatformStatus[] | null, view: StatusView): string[] {
  const say = DESK_STATUS_PHRASES[view.language];
  if (!platforms) return [say.noPlatforms];
  const connected = platforms.filter(({ state }) => state.is === 'online');
  const online = connected.filter((each) => !each.paused).map(({ instance }) => instance);
  const others = platforms.flatMap(({ instance, state, since }) => {
    switch (state.is) {
      case 'online':
        return [];
      case 'offline':
        return [say.offline(instance, shown(state.reason), since === undefined ? undefined : when(since, view))];
      case 'waiting-for-login':
        return [say.login(instance)];
      default:
        return [(state.is === 'closed' ? say.closed : say.connecting)(instance)];
    }
  });
  const paused = platforms.filter((each) => each.paused).map(({ instance }) => say.paused(instance));
  const well = online.length > 0 ? [say.allOnline(online)] : connected.length === 0 ? [say.noneOnline] : [];
  return [...others, ...paused, ...well];
}

function stuckText(
  { count, newest }: Stuck,
  heading: (count: number) => string,
  view: StatusView,
  mend?: (id: string) => string,
  hint?: string,
): string {
  if (count === 0) return '';
  const say = DESK_STATUS_PHRASES[view.language];
  const lines = newest.map(({ id, post, channel, address, changedAt }) =>
    say.post(shown(channel ?? address), postName(post, view), when(changedAt, view), mend?.(id)),
  );
  const left = count - newest.length;
  return [heading(count), ...lines, ...(left > 0 ? [say.more(left)] : []), ...(hint === undefined ? [] : [hint])].join('\n');
}

/** `meetup:before-1d:2027-06-02` as the event's title; a broadcast by its id. */
function postName(post: string | null, { catalog, language }: StatusView): string {
  const say = DESK_STATUS_PHRASES[language];
  if (post === null) return '';
  if (post.startsWith('digest:')) return say.digest;
  for (let end = post.lastIndexOf(':'); end > 0; end = post.lastIndexOf(':', end - 1)) {
    const event = catalog.byId.get(post.slice(0, end));
    if (event)
      return say.about(
        shown(titleOf(event, { language })),
        shown(
          post
            .slice(end + 1)
            .split(':')[0]
            ?.replace('-', ' ') ?? '',
        ),
      );
  }
  return shown(post);
}

function broadcastsText({ broadcasts }: StatusFacts, view: StatusView): string {
  if (broadcasts.length === 0) return '';
  const say = DESK_STATUS_PHRASES[view.language];
  const lines = broadcasts.map(({ id, label, at, isRunning, isWaiting, isStopped, progress }) => {
    const total = Object.values(progress).reduce((sum, count) => sum + (count ?? 0), 0);
    const counts = say.counts(progress.sent ?? 0, total, progress.refused ?? 0, progress.unknown ?? 0);
    const state = isRunning ? 'running' : isWaiting ? 'waiting' : isStopped ? 'stopped' : 'done';
    return say.broadcast(shown(id), shown(label), when(at, view), counts, state);
  });
  return [say.broadcasts, ...lines].join('\n');
}

function nextText({ next }: StatusFacts, view: StatusView): string {
  const say = DESK_STATUS_PHRASES[view.language];
  if (next.length === 0) return say.noNext;
  const lines = next.map(({ at, title, rule, channels }) =>
    say.nextPost(
      when(at, view),
      title === null ? say.digest : say.about(shown(title), shown(rule === 'broadcast' ? say.byHand : rule)),
      channels,
    ),
  );
  return [say.next(view.community.timezone), ...lines].join('\n');
}

function codesText({ codes, codeCount }: StatusFacts, { language }: StatusView): string {
  const [first] = codes;
  if (!first) return '';
  const say = DESK_STATUS_PHRASES[language];
  return [
    say.codes(codeCount),
    ...codes.map(({ code, title, asked }) => say.code(shown(code), shown(title), asked)),
    say.codeHint(shown(first.code)),
  ].join('\n');
}

function questionsText({ questions }: StatusFacts, { language }: StatusView): string {
  if (questions.length === 0) return '';
  const say = DESK_STATUS_PHRASES[language];
  const isShort = (text: string) => [...text].length <= LONGEST_ALIAS && !text.includes('…');
  return [say.questions, ...questions.map(({ text, count }) => say.question(shown(text), count, isShort(text)))].join('\n');
}

function aliasesText({ aliases }: StatusFacts, { language }: StatusView): string {
  if (aliases.length === 0) return '';
  const say = DESK_STATUS_PHRASES[language];
  return [say.aliases, ...aliases.slice(0, 5).map(({ alias, target, why }) => say.alias[why](shown(alias), shown(target)))].join('\n');
}

/** As one word of a shell. */
function quoted(id: string): string {
  return /^[\w./:@-]+$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`;
}

function when(at: number, { language, community }: StatusView): string {
  const wall = wallTime(at, community.timezone);
  const { day, weekdays } = PHRASES[language];
  return day(wall.slice(0, 10), weekdays[new Date(`${wall.slice(0, 10)}T00:00Z`).getUTCDay()] ?? '', wall.slice(11));
}
