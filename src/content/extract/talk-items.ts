// Items of a list of talks or of speakers: `name（house）：title`, `name《title》 [slides](…)`, `[title，name](recording)`.
import { nameSetOff } from './speaker-names.js';
import { readSpeakers, readsLikeSpeaker } from './speakers.js';
import { withoutMedia } from './talk-text.js';
import { talkTitle } from './talk-title.js';
import { isPause } from './talk-words.js';
import { listedTalk, namedTitle, type Titled, withSpeaker } from './titled.js';

/** Below which heading a list stands: one of talks, one of speakers, or another. */
export type Place = 'agenda' | 'speakers' | null;

const LONGEST = 300;
const BIOGRAPHY = /[。；;]|^(?:负责|专注|主要|曾|目前|现|任|拥有|从事|热爱)/;

/** The talk that an item tells with its speakers, or null. */
export function itemTalk(raw: string, place: Place): Titled | null {
  const text = raw.includes('](') ? withoutMedia(raw) : raw;
  if (text.length > LONGEST || text.length < 6) return null;
  const talk = read(text, place);
  return talk && talk.speakers.length > 0 && talk.title.length > (text.includes('《') ? 1 : 3) && !isPause(talk.title) ? talk : null;
}

const LINK_FIRST = /^\[([^[\]]{4,120})\]\([^()\s]{4,400}\)\s?(?:[-–—:：,，|｜]{1,2}\s?)?(\S.{1,60})$/;

/** `[title](recording) name，house`. */
function behindLink(text: string): Titled | null {
  const [, title = '', tail = ''] = LINK_FIRST.exec(text) ?? [];
  const speakers = tail && (readsLikeSpeaker(tail, true) || nameSetOff(tail) === tail) ? readSpeakers(tail, true) : [];
  return speakers.length ? { title: talkTitle(title), speakers } : null;
}

function read(text: string, place: Place): Titled | null {
  if (text.includes('《')) {
    const around = withSpeaker(text);
    if (around.speakers.length) return around;
  }
  const behind = text.startsWith('[') ? behindLink(text) : null;
  if (behind) return behind;
  if (place !== 'agenda') return null;
  const named = namedTitle(text, true);
  if (named && named.title.length < 100 && !BIOGRAPHY.test(named.title)) return named;
  if (text.length > 199) return null;
  const listed = listedTalk(text);
  return listed.speakers.length ? listed : linked(text);
}

const LINKED = /^\[([^[\]]{4,120}?)\s?[，,]\s?([\u4e00-\u9fff]{2,3})\]\(/;
const GOES_ON = /^[再新更很不从向与和在的让为]/;

/** `[title，name](recording)`: in such a list any family name will do. */
function linked(text: string): Titled | null {
  const [, title = '', name = ''] = LINKED.exec(text) ?? [];
  return nameSetOff(name) && !GOES_ON.test(name) ? { title: talkTitle(title), speakers: readSpeakers(name) } : null;
}
