/** What a post says, in a channel's language, at the instant it goes out. Pure. */
import type { Link, Outgoing } from '../adapter.js';
import { localDay, spanOf } from '../answer/time.js';
import { eventCard, linkTo, placeText, titleOf, type Viewer, whenText } from '../answer/view.js';
import type { Catalog, Channel, Community, CommunityEvent } from '../content/catalog.js';
import { fillIn, type TemplateName } from '../content/reminder-rules.js';
import type { Language } from '../content/types.js';
import { PHRASES } from '../phrases/index.js';
import { POST_PHRASES, type PostPhrases } from '../phrases/posts.js';
import { escapeMarkdown } from '../render/index.js';
import { zoneOf } from './due.js';
import type { Planned } from './plan.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './spans.js';

const DIGEST_MOST = 8;
/** From here on "in 5 hours" tells less than "tomorrow". */
const HOURS_TELL_MS = 6 * HOUR_MS;
/** Whoever reads it so soon after the start has missed nothing. */
const JUST_NOW_MS = 2 * MINUTE_MS;

export interface Scene {
  catalog: Catalog;
  community: Community;
  now: number;
}

export function languageOf(channel: Pick<Channel, 'language'>, community: Community): Language {
  return channel.language ?? community.language;
}

export function viewerOf(language: Language, { community, now }: Pick<Scene, 'community' | 'now'>): Viewer {
  return { language, say: PHRASES[language], community, now, zoned: true };
}

/** Undefined: there is nothing to say, as in a digest without events. */
export function messageOf(planned: Planned, channel: Pick<Channel, 'language'>, scene: Scene): Outgoing | undefined {
  const language = planned.language ?? languageOf(channel, scene.community);
  const viewer = viewerOf(language, scene);
  const say = POST_PHRASES[language];
  const own = typeof planned.text === 'string' ? planned.text : (planned.text?.[language] ?? Object.values(planned.text ?? {})[0]);
  if (!planned.subject) return digest(scene, viewer, say, own);
  const { event } = planned.subject;
  if (own !== undefined) return { text: withTitle(own, event, viewer) };
  if (planned.when !== 'after') return { text: opening(planned.when, event, scene.now, say), card: eventCard(event, [], viewer) };
  const code = slidesCode(event);
  return {
    text: code === undefined ? say.recap : `${say.recap}\n${say.getSlides(escapeMarkdown(code))}`,
    // What a code gets is for whoever sends it; links that stand on the page are everybody's.
    card: eventCard(event, code === undefined ? ownSlides(event, viewer) : [], viewer),
  };
}

/** Slides or a recording: a recap without them would say nothing. */
export function hasMaterial(event: CommunityEvent, { codes }: Pick<Catalog, 'codes'>): boolean {
  const talks = event.talks.some(({ video, slides }) => video !== null || slides !== null);
  return (
    talks || event.videos.length > 0 || event.slides.length > 0 || event.codes.some((code) => (codes.get(code)?.links.length ?? 0) > 0)
  );
}

export function slidesCode({ codes, codeFor }: CommunityEvent): string | undefined {
  return codes.find((code) => (Object.hasOwn(codeFor, code) ? codeFor[code] : 'slides') === 'slides');
}

function opening(when: Planned['when'], event: CommunityEvent, now: number, say: PostPhrases): string {
  const span = spanOf(event);
  if (when === 'published' || !span || event.start === null) return say.newEvent;
  const left = span.startAt - now;
  const hasHour = event.start.length > 10;
  if (hasHour && left <= 0) return -left < JUST_NOW_MS ? say.startsNow : say.startedAgo(Math.round(-left / MINUTE_MS));
  // To the nearest minute: "in an hour" is said a few seconds after the hour before.
  if (hasHour && left < HOURS_TELL_MS) return say.startsIn(Math.max(1, Math.round(left / MINUTE_MS)));
  const zone = zoneOf(event);
  const days = Math.round((Date.parse(event.start.slice(0, 10)) - Date.parse(localDay(now, zone))) / DAY_MS);
  return say.inDays(Math.max(0, days));
}

function withTitle(own: string, event: CommunityEvent, viewer: Viewer): string {
  const title = escapeMarkdown(titleOf(event, viewer));
  const videos = [
    ...event.talks.flatMap((talk) => linkTo(talk.title, talk.video)),
    ...event.videos.flatMap((url) => linkTo(viewer.say.video, url)),
  ];
  const values: Record<TemplateName, string> = {
    title,
    when: escapeMarkdown(whenText(event, viewer, true)),
    where: escapeMarkdown(placeText(event, viewer.say)),
    link: addressOf(event.url),
    register: addressOf(event.register),
    code: escapeMarkdown(slidesCode(event) ?? event.codes[0] ?? ''),
    videos: videos.map(({ label, url }) => `- [${escapeMarkdown(label)}](${url})`).join('\n'),
  };
  const text = fillIn(own, values);
  // A post that does not say what it is about helps nobody.
  return /\{\s*title\s*\}/.test(own) ? text : `**${title}**\n${text}`;
}

function digest({ catalog, now }: Scene, viewer: Viewer, say: PostPhrases, own: string | undefined): Outgoing | undefined {
  const ahead = catalog.events
    .filter((event) => event.status !== 'cancelled' && event.start !== null)
    .map((event) => ({ event, startAt: spanOf(event)?.startAt ?? Number.NaN }))
    .filter(({ startAt }) => startAt > now)
    .sort((a, b) => a.startAt - b.startAt)
    .map(({ event }) => event);
  if (ahead.length === 0) return undefined;
  const lines = ahead.slice(0, DIGEST_MOST).map((event) => {
    const title = escapeMarkdown(titleOf(event, viewer));
    const url = addressOf(event.url ?? event.register);
    const about = [whenText(event, viewer, true), placeText(event, viewer.say)].filter(Boolean).map(escapeMarkdown);
    return `- ${url === '' ? `**${title}**` : `[${title}](${url})`}\n  ${about.join(' · ')}`;
  });
  const rest = ahead.length - lines.length;
  return { text: [own ?? say.digest, ...lines, ...(rest > 0 ? [say.more(rest)] : [])].join('\n') };
}

const addressOf = (url: string | null): string => linkTo('', url)[0]?.url ?? '';

function ownSlides(event: CommunityEvent, { say }: Viewer): Link[] {
  const talks = event.talks.flatMap((talk) => linkTo(say.slidesOf(talk.title), talk.slides));
  return [...talks, ...event.slides.flatMap((url) => linkTo(say.slides, url))];
}
