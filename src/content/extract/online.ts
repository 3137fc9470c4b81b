// Whether one can take part from afar.
import type { Source } from '../types.js';
import type { Labelled } from './labels.js';

const REMOTE =
  /线上|線上|在线(?!教育)|云端|直播|远程|腾讯会议|飞书会议|视频会议|\bzoom\b|\bonline\b|\bvirtual\b|\bremote\b|livestream|live.?stream|webinar|google meet|hybrid|jitsi|\birc\b|\bdiscord\b|b\s?站/i;
const ON_SITE = /线下|線下|现场|現場|in.?person|on.?site|offline/i;
const TITLE = /线上|線上|在线|直播(?!回[放顾])|云端|\bonline\b|\bvirtual\b|webinar|livestream|\bremote\b/i;
const PROSE =
  /线上直播的?形式|(?:改为|采用|通过|进行).{0,4}线上|线上(?:活动|meetup|分享会|沙龙|举办|举行|会议|同步|直播)|同步直播|\b(?:held|hosted|taking place|takes place|meeting|join us|event is|entirely|fully) (?:\w+ )?(?:online|virtually|on zoom|via zoom)|\bonline (?:event|meetup|meeting)|virtual (?:event|meetup|meeting)|\bwebinar\b|zoom\.us\/|meet\.google\.com|meet\.jit\.si|meeting\.tencent\.com|\bgoogle hangouts?\b|在\s?(?:b\s?站|视频号|直播间|哔哩哔哩|抖音).{0,6}直播|teams\.microsoft\.com|(?:欢迎来|锁定|进入|关注|来到?)\s?(?:b\s?站|哔哩哔哩|视频号|抖音).{0,20}直播间|(?<![a-z])virtual office hours/i;
const PROSE_HINT = /线|直播|online|virtual|webinar|zoom|meet\.|meeting\.|teams\.|hangout/i;
const PLACE_KEYS = ['base', 'location', 'venue', 'place', 'where', 'address', 'format', 'type', 'mode', 'form'];
const LINES_READ = 30;

const asText = (value: unknown) => (typeof value === 'string' ? value : '');

/** True when the page says so, false when it says that it is on site only, else null. */
export function readOnline(
  source: Source,
  labels: readonly Labelled[],
  title: string | null,
  location: string | null,
  live: readonly string[],
): boolean | null {
  const { data } = source;
  for (const flag of [data.online, data.virtual, data.isOnline]) if (typeof flag === 'boolean') return flag;
  const keyed = keyWords(data);
  if (REMOTE.test(keyed)) return true;
  const form = labels
    .filter(({ subject }) => subject === 'form' || subject === 'where')
    .map(({ value }) => value)
    .join('\n');
  if (REMOTE.test(form)) return true;
  if (ON_SITE.test(form)) return false;
  if (live.length > 0 || labels.some(({ subject, value }) => subject === 'live' && value !== '')) return true;
  if (title && TITLE.test(title)) return true;
  if (isLink(data.location_url) && !location) return true;
  if (saysRemote(source)) return true;
  return location || ON_SITE.test(keyed) ? false : null;
}

function keyWords(data: Record<string, unknown>): string {
  const words: string[] = [];
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (PLACE_KEYS.includes(key)) words.push(asText(value));
    else if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const inner of PLACE_KEYS) if (inner !== 'type') words.push(asText((value as Record<string, unknown>)[inner]));
  }
  return words.join('\n');
}

const isLink = (value: unknown): boolean => (Array.isArray(value) ? value.some(isLink) : /^https?:/i.test(asText(value)));

function saysRemote({ lines, data }: Source): boolean {
  if (PROSE.test(asText(data.description)) || PROSE.test(asText(data.summary))) return true;
  let read = 0;
  for (const line of lines) {
    if (line.kind === 'blank' || line.kind === 'code' || line.kind === 'heading') continue;
    if (++read > LINES_READ) return false;
    if (PROSE_HINT.test(line.text) && PROSE.test(line.text.slice(0, 600))) return true;
  }
  return false;
}
