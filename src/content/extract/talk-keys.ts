// What front matter says of talks, recordings and slides; it wins over the body.
import type { Source, Speaker, Talk } from '../types.js';
import { clean } from './links.js';
import { judgeVideo } from './recordings.js';
import { isDeck } from './slides-links.js';
import { readSpeakers } from './speakers.js';

type Map_ = Record<string, unknown>;

const isMap = (value: unknown): value is Map_ => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const first = (map: Map_, keys: readonly string[]): unknown => {
  for (const key of keys) if (map[key] !== undefined && map[key] !== null && map[key] !== '') return map[key];
  return undefined;
};

const SPEAKER_KEYS = ['speakers', 'speaker', 'presenters', 'presenter', 'instructor', 'lecturer', '讲师', '嘉宾'];
const HOUSE_KEYS = ['affiliation', 'company', 'organization', 'organisation', 'org', 'employer', '公司'];
const VIDEO_KEYS = ['video', 'videos', 'videoUrl', 'video_url', 'recording', 'youtube', 'youtube_url', 'bilibili', 'replay', 'playback'];
const SLIDES_KEYS = ['slides', 'slide', 'slidesUrl', 'slides_url', 'slides_link', 'ppt', 'deck', 'presentation'];

function speakersOf(value: unknown, house: unknown): Speaker[] {
  if (Array.isArray(value)) return value.flatMap((one) => speakersOf(one, house));
  if (isMap(value)) {
    const name = text(first(value, ['name', 'title', 'fullname', '姓名']));
    if (!name) return [];
    const own = text(first(value, HOUSE_KEYS)) || text(house);
    const read = readSpeakers(name);
    return read.length
      ? read.map((speaker) => ({ name: speaker.name, affiliation: own || speaker.affiliation }))
      : [{ name, affiliation: own || null }];
  }
  const said = text(value);
  if (!said) return [];
  const read = readSpeakers(said);
  const speakers = read.length || said.length > 40 ? read : [{ name: said, affiliation: null }];
  for (const speaker of speakers) speaker.affiliation ??= text(house) || null;
  return speakers;
}

const ID = /^[\w-]{11}$/;

function linkOf(value: unknown, key: string): string | null {
  const one = Array.isArray(value) ? value.find((item) => text(isMap(item) ? first(item, ['url', 'link', 'href']) : item)) : value;
  const raw = text(isMap(one) ? first(one, ['url', 'link', 'href', 'src']) : one);
  if (/^BV[0-9A-Za-z]{10}$/.test(raw)) return `https://www.bilibili.com/video/${raw}`;
  if (ID.test(raw) && /youtube/i.test(key)) return `https://www.youtube.com/watch?v=${raw}`;
  return /^(?:https?:)?\/\/\S/i.test(raw) ? clean(raw) : null;
}

const media = (map: Map_, keys: readonly string[]): string | null => {
  for (const key of keys) {
    const link = linkOf(map[key], key);
    if (link) return link;
  }
  return null;
};

/** The talks that front matter lists under `talks` (or sessions, presentations); null when it lists none. */
export function talksOfKeys(data: Record<string, unknown>): Talk[] | null {
  const list = first(data, ['talks', 'sessions', 'presentations', 'lightning_talks']);
  if (!Array.isArray(list)) return null;
  const talks: Talk[] = [];
  for (const entry of list) {
    const map = isMap(entry) ? entry : null;
    const title = map ? text(first(map, ['title', 'name', 'talk', 'topic', '题目', '主题'])) : '';
    if (!map || !title) continue;
    talks.push({
      title: title.replace(/^《([^《》]+)》$/, '$1'),
      speakers: speakersOf(
        first(map, SPEAKER_KEYS) ?? (map.title ? first(map, ['name', 'author', 'authors', 'by']) : undefined),
        first(map, HOUSE_KEYS),
      ),
      video: media(map, VIDEO_KEYS),
      slides: media(map, SLIDES_KEYS),
    });
  }
  return talks.length ? talks : null;
}

/** Speakers that front matter names for the page as a whole. */
export const speakersOfKeys = (data: Record<string, unknown>): Speaker[] => {
  const value = first(data, SPEAKER_KEYS);
  return value === undefined ? [] : speakersOf(value, first(data, HOUSE_KEYS));
};

export interface Media {
  videos: string[];
  slides: string[];
  live: string[];
}

const SKIP =
  /^(?:cover|image|images|img|banner|thumbnail|snapshot|avatar|icon|bg|logo|authorlink|author_link|css|link|canonical|canonical_url|tags|categories|keywords|talks|sessions|list)$/i;
const DEEPEST = 3;

/** Links in front matter, at most three levels deep: `section1.videoUrl`, `location_url: [slides, video]`. */
export function mediaOfKeys(source: Source): Media {
  const found: Media = { videos: [], slides: [], live: [] };
  const look = (value: unknown, key: string, depth: number): void => {
    if (typeof value === 'string') {
      const mayLink = value.length < 600 && value.length > 9 && (value.includes('//') || VIDEO_KEY.test(key));
      const link = mayLink ? linkOf(value, key) : null;
      if (link) sort(link, key, found);
    } else if (Array.isArray(value)) for (const one of value.slice(0, 50)) look(one, key, depth + 1);
    else if (isMap(value) && depth < DEEPEST)
      for (const [name, inner] of Object.entries(value)) if (!SKIP.test(name)) look(inner, name, depth + 1);
  };
  look(source.data, '', 0);
  return found;
}

const VIDEO_KEY = /video|record|youtube|bilibili|replay|playback/i;
const SLIDES_KEY = /slide|ppt|deck/i;
const ARCHIVE = /^https?:\/\/(?:doi\.org\/10\.(?:6084|5281)|(?:www\.)?figshare\.com\/|zenodo\.org\/record)/i;

function sort(link: string, key: string, found: Media): void {
  const verdict = judgeVideo(link, VIDEO_KEY.test(key) ? 'video' : '', '', '', false);
  if (verdict === 'live') found.live.push(link);
  else if (verdict === 'recording') found.videos.push(link);
  else if (SLIDES_KEY.test(key) || ARCHIVE.test(link) || isDeck(link, { label: '', before: '', lead: '', heading: '' }))
    found.slides.push(link);
}
