// The order in which a text is understood; the first that fits answers.
//
//  1. a code, letter by letter           (so a code that is also a command or a number stays a code)
//  2. a code, folded                     (`fold.ts`)
//     In a room, when the bot was not addressed, this is all, and only for codes that cannot be ordinary talk.
//  3. a number or 更多, when something was offered to this member in the last ten minutes
//  4. a command, as the whole message    (`commands.ts`)
//  5. a code and the day or id of one of its events: what a choice between two events sends
//  6. the id or the title of an event:   what other choices send
//  7. codes inside a short request       (`request.ts`)
//  8. a day, a city, a talk, a speaker   (`find.ts`); one slip from a code is asked back here, never answered
//  9. silence in a room, a short hint to whoever spoke to the bot
import type { Outgoing } from '../adapter.js';
import type { Catalog, CodeEntry, Community, CommunityEvent } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { PHRASES } from '../phrases/index.js';
import { cleanText, escapeMarkdown } from '../render/index.js';
import { EVENTS_PER_PAGE, listPage, offer } from './choices.js';
import { CodeAnswers } from './code-answers.js';
import { CodeIndex, isDistinctive } from './codes.js';
import { type Command, commandOf, type Reference, referenceOf } from './commands.js';
import { Events } from './events.js';
import { find } from './find.js';
import { fold, foldWords } from './fold.js';
import { codesInRequest } from './request.js';
import { localDay } from './time.js';
import type { Answer, Answerer, Memory, Question } from './types.js';
import { eventCard, labelOf, linkTo, TALKS_PER_PAGE, talksCard, type Viewer } from './view.js';
import { languageOf } from './words.js';

const LONGEST_TEXT = 4_000;
const LONGEST_NOTE = 64;
const MEMORY_MS = 10 * 60_000;

/**
 * An answerer for this catalog. Cheap: what takes time is made at the first question that needs it, and the search index is
 * taken over from `previous`, the answerer of the catalog before.
 */
export function createAnswerer(catalog: Catalog, community: Community, previous?: Answerer): Answerer {
  return new CatalogAnswerer(catalog, community, previous instanceof CatalogAnswerer ? previous : undefined);
}

/** Whether a text can only be understood with what was last offered to the member: a small number, 更多, 上一页. */
export function refersBack(text: string): boolean {
  return text.length <= LONGEST_NOTE && referenceOf(fold(text)) !== undefined;
}

class CatalogAnswerer implements Answerer {
  readonly #community: Community;
  readonly #codes: CodeIndex;
  readonly #codeAnswers: CodeAnswers;
  readonly #events: Events;

  constructor(catalog: Catalog, community: Community, previous?: CatalogAnswerer) {
    this.#community = community;
    this.#codes = new CodeIndex(catalog.codes);
    this.#codeAnswers = new CodeAnswers(this.#codes, community);
    this.#events = new Events(catalog, previous ? previous.#events.takeSearch() : undefined);
  }

  answer(question: Question): Answer {
    const { text } = question;
    const given = question.language ?? this.#community.language;
    const open = question.place === 'direct' || question.addressed;
    const written = this.#codes.written(text);
    if (written && (open || this.#allowedInRoom(question))) return this.#codeAnswers.written(written, given, question.now.getTime());
    if (text.length > LONGEST_TEXT) return open ? this.#hint(question, this.#viewer(question, given)) : silence(given);
    const folded = fold(text);
    const group = this.#codes.folded(folded);
    if (group.length > 0 && (open || this.#allowedInRoom(question))) return this.#codeAnswers.folded(group, this.#viewer(question, given));
    if (!open) return silence(given);
    return this.#understand(question, folded, this.#viewer(question, languageOf(text) ?? given));
  }

  #allowedInRoom({ text, mentionOnly }: Question): boolean {
    return !mentionOnly && isDistinctive(text);
  }

  #understand(question: Question, folded: string, viewer: Viewer): Answer {
    const reference = referenceOf(folded);
    if (reference) return this.#recall(question, reference, viewer);
    const command = commandOf(folded) ?? (/^\s*[?？]\s*$/.test(question.text) ? 'help' : undefined);
    if (command) return this.#obey(command, question, /^[a-z]+$/.test(folded) ? this.#viewer(question, 'en') : viewer);
    return this.#oneOfSeveral(question.text, viewer) ?? this.#named(question.text, folded, viewer) ?? this.#asked(question, viewer);
  }

  /** `20231104 2023-11-04`: a code on several events, and which of them. */
  #oneOfSeveral(text: string, viewer: Viewer): Answer | undefined {
    const trimmed = text.trim();
    const blank = trimmed.lastIndexOf(' ');
    if (blank < 0) return undefined;
    const which = trimmed.slice(blank + 1);
    const group = this.#codes.folded(fold(trimmed.slice(0, blank)));
    const events = [...new Set(group.flatMap(({ events }) => events))];
    const matching = events.filter(({ id, start }) => id === which || start?.slice(0, 10) === which);
    const [event, another] = matching;
    return event && !another ? this.#codeAnswers.forEvent(group, event, viewer) : undefined;
  }

  #named(text: string, folded: string, viewer: Viewer): Answer | undefined {
    const event = this.#events.named(text, folded);
    return event && this.#oneEvent('search', event, viewer.say.found, viewer);
  }

  #asked(question: Question, viewer: Viewer): Answer {
    const request = codesInRequest(foldWords(question.text.slice(0, 400)), this.#codes);
    const [group, another] = request?.groups ?? [];
    if (request && another) return this.#whichCode(request.groups, viewer);
    if (group) return this.#codeAnswers.folded(group, viewer);
    return this.#search(question, question.text, 0, viewer);
  }

  #search(question: Question, query: string, offset: number, viewer: Viewer): Answer {
    const found = find(query, this.#events, this.#codes, localDay(viewer.now, this.#community.timezone));
    switch (found.is) {
      case 'guess':
        return this.#suggest(found.suggestions, viewer);
      case 'all':
        return this.#list('command', [...this.#events.catalog.events], query, offset, viewer);
      case 'nothing':
        return this.#hint(question, viewer, found.dated ? viewer.say.noEventThen : undefined);
      case 'events': {
        const [event, another] = found.events;
        if (event && !another) return this.#oneEvent('search', event, viewer.say.found, viewer, found.topic);
        return this.#list('search', found.events, query, offset, viewer);
      }
    }
  }

  #obey(command: Command, question: Question, viewer: Viewer): Answer {
    const { say } = viewer;
    const { words } = this.#community;
    switch (command) {
      case 'help':
        return spoken('command', words.help ?? say.help, viewer);
      case 'welcome':
        return spoken('command', words.welcome ?? say.welcome, viewer);
      case 'thanks':
        return spoken('command', say.youAreWelcome, viewer);
      case 'whoami':
        return spoken('command', say.whoami(escapeMarkdown(cleanText(question.sender))), viewer);
      case 'events':
        return this.#list('command', [...this.#events.catalog.events], question.text.trim(), 0, viewer);
      case 'last': {
        const last = this.#events.past(viewer.now)[0];
        return last ? this.#oneEvent('command', last, say.lastEvent, viewer) : spoken('command', say.noLastEvent, viewer);
      }
      case 'next':
        return this.#next(viewer);
    }
  }

  #next(viewer: Viewer): Answer {
    const { now, ahead } = this.#events.upcoming(viewer.now);
    const event = ahead[0] ?? now[0];
    if (!event) return spoken('command', viewer.say.noNextEvent, viewer);
    const answer = this.#oneEvent('command', event, viewer.say.nextEvent, viewer);
    const others = now.filter((each) => each !== event).map((each) => ({ label: labelOf(each, viewer), say: this.#events.sayFor(each) }));
    if (others.length === 0 || !answer.reply) return answer;
    return offer(
      'command',
      answer.events,
      { ...answer.reply, choices: [...(answer.reply.choices ?? []), ...others] },
      viewer,
      answer.memory?.more,
    );
  }

  #recall(question: Question, reference: Reference, viewer: Viewer): Answer {
    const { say, now } = viewer;
    const memory = question.memory && now - question.memory.at <= MEMORY_MS ? question.memory : undefined;
    if (!memory) return spoken('none', say.noList, viewer);
    if (reference.is !== 'number') return this.#turnPage(question, memory, reference.is, viewer);
    const { choices } = memory;
    const choice = choices[reference.number - 1];
    if (!choice) {
      if (choices.length === 0) return spoken('none', say.noList, viewer);
      return offer('choice', [], { text: say.outOfRange(choices.length), choices }, viewer, memory.more);
    }
    const page = referenceOf(fold(choice.say));
    // A code may be a number too: what a choice sends is looked up as a code first, as if the member had written it.
    if (page && page.is !== 'number' && !this.#codes.written(choice.say)) return this.#turnPage(question, memory, page.is, viewer);
    return this.#chosen({ ...question, text: choice.say, addressed: true, memory: undefined, language: viewer.language });
  }

  // The list stays in memory: the member may look at another of its events.
  #chosen(question: Question): Answer {
    const viewer = this.#viewer(question, question.language ?? this.#community.language);
    const group = this.#codes.written(question.text) ? [] : this.#codes.folded(fold(question.text));
    const written = this.#codes.written(question.text);
    if (written) return this.#codeAnswers.written(written, viewer.language, viewer.now);
    return group.length > 0 ? this.#codeAnswers.folded(group, viewer) : this.#understand(question, fold(question.text), viewer);
  }

  #turnPage(question: Question, memory: Memory, to: 'more' | 'back', viewer: Viewer): Answer {
    const { more } = memory;
    if (!more) return spoken('none', viewer.say.noMore, viewer);
    if ('id' in more) return this.#moreTalks(more, to, viewer);
    const offset = to === 'more' ? more.offset : more.offset - 2 * EVENTS_PER_PAGE;
    if (offset < 0) return spoken('none', viewer.say.noMore, viewer);
    if (commandOf(fold(more.query)) === 'events')
      return this.#list('command', [...this.#events.catalog.events], more.query, offset, viewer);
    return this.#search(question, more.query, offset, viewer);
  }

  #moreTalks({ id, offset }: { id: string; offset: number }, to: 'more' | 'back', viewer: Viewer): Answer {
    const event = this.#events.catalog.byId.get(id);
    const from = to === 'more' ? offset : offset - 2 * TALKS_PER_PAGE;
    if (!event || from < 0 || from >= event.talks.length) return spoken('none', viewer.say.noMore, viewer);
    const rest = from + TALKS_PER_PAGE < event.talks.length;
    const choices = rest ? [{ label: viewer.say.more, say: viewer.say.sayMore }] : undefined;
    const reply: Outgoing = { text: viewer.say.moreTalks, card: talksCard(event, from, viewer), ...(choices && { choices }) };
    return offer('command', [id], reply, viewer, { id, offset: from + TALKS_PER_PAGE });
  }

  /** An event that was found, not asked for by its code: what only the code gets is one choice away. */
  #oneEvent(kind: 'search' | 'command', event: CommunityEvent, lead: string, viewer: Viewer, topic: readonly string[] = []): Answer {
    const { say } = viewer;
    const code = this.#events.slidesCode(event);
    const offered = code !== undefined && (this.#events.catalog.codes.get(code)?.links.length ?? 0) > 0;
    const choices = [
      ...(offered ? [{ label: say.getSlides, say: code }] : []),
      ...(event.talks.length > TALKS_PER_PAGE ? [{ label: say.more, say: say.sayMore }] : []),
    ];
    const slides = offered ? [] : event.slides.flatMap((url) => linkTo(say.slides, url));
    const about = (talk: { title: string; speakers: { name: string }[] }) => {
      const folded = fold([talk.title, ...talk.speakers.map(({ name }) => name)].join(' '));
      return topic.some((word) => folded.includes(word));
    };
    const talks = [...event.talks.filter(about), ...event.talks.filter((talk) => !about(talk))];
    const card = eventCard(event, slides, viewer, talks);
    const reply: Outgoing = { text: lead, card, ...(choices.length > 0 && { choices }) };
    if (choices.length === 0) return { kind, events: [event.id], reply, language: viewer.language };
    // Where the talks asked for came first, the rest begins with the first talk again.
    const offset = event.talks.some(about) ? 0 : TALKS_PER_PAGE;
    return offer(kind, [event.id], reply, viewer, { id: event.id, offset });
  }

  #list(kind: 'search' | 'command', events: readonly CommunityEvent[], query: string, offset: number, viewer: Viewer): Answer {
    const { say, now } = viewer;
    if (events.length === 0) return spoken('command', say.noEvents, viewer);
    if (offset >= events.length) return spoken('none', say.noMore, viewer);
    return listPage(kind, this.#events.inOrder(events, now), query, offset, viewer, (event) => this.#events.sayFor(event));
  }

  #suggest(found: readonly (CommunityEvent | CodeEntry)[], viewer: Viewer): Answer {
    const choices = found.map((each) => {
      if (!('code' in each)) return { label: labelOf(each, viewer), say: this.#events.sayFor(each) };
      const [event] = each.events;
      return { label: [each.code, event && labelOf(event, viewer)].filter(Boolean).join(' · '), say: each.code };
    });
    const ids = found.flatMap((each) => ('code' in each ? each.events.map(({ id }) => id) : [each.id]));
    return offer('suggest', [...new Set(ids)], { text: viewer.say.didYouMean, choices }, viewer);
  }

  #whichCode(groups: readonly (readonly CodeEntry[])[], viewer: Viewer): Answer {
    const first = groups.flatMap(([entry]) => entry ?? []).slice(0, EVENTS_PER_PAGE);
    const answer = this.#suggest(first, viewer);
    return { ...answer, kind: 'choice', reply: { ...answer.reply, text: viewer.say.whichCode } };
  }

  #hint(question: Question, viewer: Viewer, hint = this.#community.words.noMatch ?? viewer.say.noMatch): Answer {
    const folded = fold(question.text.slice(0, 4 * LONGEST_NOTE)).slice(0, LONGEST_NOTE);
    const answer = spoken('none', hint, viewer);
    return folded === '' ? answer : { ...answer, note: { about: 'no-answer', folded } };
  }

  #viewer(question: Question, language: Language): Viewer {
    return { language, say: PHRASES[language], community: this.#community, now: question.now.getTime() };
  }
}

function spoken(kind: 'command' | 'none', text: string, viewer: Viewer): Answer {
  return { kind, events: [], reply: { text }, language: viewer.language };
}

function silence(language: Language): Answer {
  return { kind: 'none', events: [], language };
}
