// Items of a list of talks or of speakers: `name（house）：title`, `name《title》 [slides](…)`, `[title，name](recording)`.
import { withoutMedia } from './talk-text.js';
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
  return talk && talk.speakers.length > 0 && talk.title.length > 3 && !isPause(talk.title) ? talk : null;
}

function read(text: string, place: Place): Titled | null {
  if (text.includes('《')) {
    const around = withSpeaker(text);
    if (around.speakers.length) return around;
  }
  if (place !== 'agenda') return null;
  const named = namedTitle(text, true);
  if (named && named.title.length < 100 && !BIOGRAPHY.test(named.title)) return named;
  return text.length < 200 ? listedTalk(text) : null;
}
