/** What src/broadcast says, as answers in a chat. Pure. */
import type { Choice } from '../adapter.js';
import type { Answer } from '../answer/types.js';
import { whenText } from '../broadcast/moments.js';
import type { Confirmed, Draft, Proposed } from '../broadcast/types.js';
import { previewText, refusalText } from '../broadcast/words.js';
import type { Language } from '../content/types.js';
import { BROADCAST_DESK_PHRASES } from '../phrases/desk-broadcast.js';
import { escapeMarkdown } from '../render/index.js';
import { spoken } from './said.js';

/** As much of the hash as a button carries: 48 bits, of a draft that only its maker can confirm. */
const HASH_SHOWN = 12;
/** So much goes into one message everywhere, with what is said around it. */
const SHORT_BYTES = 1_200;

export interface Scene {
  language: Language;
  now: number;
  /** The platform shows choices as buttons; numbered ones would let a slip of the finger send. */
  hasButtons: boolean;
}

/** `id`: of the draft that was meant. */
export function proposedAnswer(proposed: Proposed, scene: Scene, id = ''): Answer {
  const { language } = scene;
  const say = BROADCAST_DESK_PHRASES[language];
  switch (proposed.is) {
    case 'proposed':
      return preview(proposed.draft, scene);
    case 'refused':
      return spoken(refusalText(proposed.why, language), language);
    case 'taken':
      return spoken(say.taken(escapeMarkdown(proposed.broadcast.label)), language);
    case 'gone':
      return spoken(say.noDraft(id), language);
  }
}

export function confirmedAnswer(confirmed: Confirmed, scene: Scene): Answer {
  const { language } = scene;
  const say = BROADCAST_DESK_PHRASES[language];
  switch (confirmed.is) {
    case 'confirmed': {
      const { at, label, total, timezone } = confirmed.broadcast;
      const isLater = at > scene.now + 1_000;
      const shown = escapeMarkdown(label);
      const first = isLater ? say.planned(shown, total, escapeMarkdown(whenText(at, timezone))) : say.started(shown, total);
      return spoken(`${first}\n${say.followIt}`, language);
    }
    case 'changed':
      return preview(confirmed.draft, scene, say.changed);
    case 'refused':
      return spoken(refusalText(confirmed.why, language), language);
    case 'count-needed':
      return spoken(say.countNeeded(confirmed.draft.number, confirmed.draft.count), language);
    case 'wrong':
      return spoken(say.wrong(confirmed.triesLeft), language);
    case 'gone':
      return spoken(say.gone[confirmed.why], language);
    case 'not-yours':
      return spoken(say.notYours, language);
    case 'taken':
      return spoken(say.taken(escapeMarkdown(confirmed.broadcast.label)), language);
  }
}

function preview(draft: Draft, { language, now, hasButtons: shows }: Scene, before = ''): Answer {
  const { id, number, plan, needsCount } = draft;
  const say = BROADCAST_DESK_PHRASES[language];
  const hasButtons = shows && !needsCount;
  const byWord = needsCount ? say.confirmByCount(number, plan.targets.length) : say.confirmByNumber(number);
  const choices: Choice[] = [
    { label: say.send, say: say.saySend(id, plan.hash.slice(0, HASH_SHOWN)) },
    { label: say.discard, say: say.sayDiscard(id) },
  ];
  const { text, rest } = previewText(draft, language);
  const goOn = `${hasButtons ? say.confirmByButton(number) : byWord}\n${say.orElse(id)}`;
  // What is too long may be cut: how to go on has to stand in what is left.
  const parts = Buffer.byteLength(text) > SHORT_BYTES ? [before, goOn, text] : [before, text, goOn];
  const reply = parts.filter(Boolean).join('\n\n');
  return spoken(reply, language, { ...(hasButtons && { choices }), ...(rest !== undefined && { rest, at: now }) });
}
