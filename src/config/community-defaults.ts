// What holds where emcee.yaml says nothing, or is not there.
import type { Channel, Community, Site } from '../content/catalog.js';
import type { DigestRule, ReminderRule } from '../content/reminder-rules.js';
import type { Language, Problem } from '../content/types.js';

export interface ReadCommunity {
  community: Community;
  problems: Problem[];
  /** The file names no language. */
  isGuess: boolean;
}

/** The keys of emcee.yaml, checked. */
export interface Given {
  community?: string;
  timezone?: string;
  language?: Language;
  organizers?: string[];
  alerts?: string[];
  everyone?: string[];
  channels?: (Omit<Channel, 'tags'> & { tags?: string[] })[];
  reminders?: ReminderRule[];
  digests?: DigestRule[];
  remindAt?: string;
  changesAfter?: string;
  jitter?: string;
  words?: { welcome?: string; help?: string; 'no-match'?: string };
  sources?: string[];
  site?: Site;
  slidesAfterDays?: string;
  publicSlides?: boolean;
  sample?: boolean;
}

/** @param guess the language where none is given; its zone is Asia/Shanghai for zh, else UTC */
export function withDefaults(given: Given, guess: Language): Community {
  const language = given.language ?? guess;
  const organizers = given.organizers ?? [];
  const { welcome, help, 'no-match': noMatch } = given.words ?? {};
  return {
    name: given.community ?? 'emcee',
    timezone: given.timezone ?? (language === 'zh' ? 'Asia/Shanghai' : 'UTC'),
    language,
    organizers,
    alerts: given.alerts ?? organizers,
    ...(given.everyone && { everyone: given.everyone }),
    channels: (given.channels ?? []).map((each): Channel => ({ ...each, tags: each.tags ?? [] })),
    reminders: given.reminders ?? [],
    digests: given.digests ?? [],
    ...(given.remindAt && { remindAt: given.remindAt }),
    ...(given.changesAfter && { changesAfter: given.changesAfter }),
    ...(given.jitter && { jitter: given.jitter }),
    words: { ...(welcome && { welcome }), ...(help && { help }), ...(noMatch && { noMatch }) },
    sources: given.sources ?? [],
    site: given.site ?? null,
    slidesAfterDays: Number(given.slidesAfterDays ?? 7),
    publicSlides: given.publicSlides ?? false,
    sample: given.sample ?? false,
  };
}
