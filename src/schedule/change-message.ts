// The notice of a change: what holds now, and what was said before. Pure.
import type { Outgoing } from '../adapter.js';
import { eventCard, placeText, titleOf, type Viewer, whenText } from '../answer/view.js';
import type { Channel, CommunityEvent } from '../content/catalog.js';
import { POST_PHRASES } from '../phrases/posts.js';
import { SCHEDULE_PHRASES } from '../phrases/schedule.js';
import { escapeMarkdown } from '../render/index.js';
import type { Difference, Facts } from './facts.js';
import { languageOf, type Scene, viewerOf } from './message.js';

export interface ChangeTold {
  event: CommunityEvent;
  before: Facts;
  what: readonly Difference[];
}

export function changeMessage({ event, before, what }: ChangeTold, channel: Pick<Channel, 'language'>, scene: Scene): Outgoing {
  const language = languageOf(channel, scene.community);
  const viewer = viewerOf(language, scene);
  const say = POST_PHRASES[language];
  if (event.status === 'cancelled') {
    const was = whenWas(event, before, viewer);
    return {
      text: [say.cancelled(escapeMarkdown(titleOf(event, viewer))), was === '' ? '' : say.wasWhen(escapeMarkdown(was))]
        .filter(Boolean)
        .join('\n'),
    };
  }
  const lines = [
    what.includes('status') ? say.onAgain : say.changed,
    what.includes('start') || what.includes('end') ? say.wasWhen(escapeMarkdown(whenWas(event, before, viewer))) : '',
    what.includes('place') ? say.wasWhere(escapeMarkdown(placeWas(event, before, viewer))) : '',
  ];
  return { text: lines.filter(Boolean).join('\n'), card: eventCard(event, [], viewer) };
}

/** The change in one line, for organizers. */
export function changeNews({ event, before, what }: ChangeTold, viewer: Viewer): string {
  const say = SCHEDULE_PHRASES[viewer.language];
  if (event.status === 'cancelled') return say.cancelledNews;
  const parts = [
    what.includes('status') ? say.onAgainNews : '',
    what.includes('start') || what.includes('end') ? say.changed(whenWas(event, before, viewer), whenText(event, viewer, true)) : '',
    what.includes('place') ? say.changed(placeWas(event, before, viewer), placeText(event, viewer.say)) : '',
  ];
  return parts.filter(Boolean).join('; ');
}

function placeWas(event: CommunityEvent, { location, online }: Facts, { say }: Viewer): string {
  return placeText({ ...event, location, online: online ?? null }, say);
}

function whenWas(event: CommunityEvent, { start, end, timezone }: Facts, viewer: Viewer): string {
  return whenText({ ...event, start, end, timezone, startBasis: 'key' }, viewer, true);
}
