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
import type { Catalog, Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { PHRASES } from '../phrases/index.js';
import { cleanText, escapeMarkdown } from '../render/index.js';
import { offer } from './choices.js';
import { CodeAnswers } from './code-answers.js';
import { CodeIndex, isDistinctive } from './codes.js';
import { type Command, commandOf, referenceOf } from './commands.js';
import { EventAnswers, spoken } from './event-answers.js';
import { Events } from './events.js';
import { find } from './find.js';
import { fold, foldWords } from './fold.js';
import { recall } from './recall.js';
import { codesInRequest } from './request.js';
import { localDay } from './time.js';
import type { Answer, Answerer, Question } from './types.js';
import type { Viewer } from './view.js';
import { languageOf } from './words.js';

const LONGEST_TEXT = 4_000;
const LONGEST_NOTE = 64;

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
  readonly #events: Events;
  readonly #codeAnswers: CodeAnswers;
  readonly #eventAnswers: EventAnswers;

  constructor(catalog: Catalog, community: Community, previous?: CatalogAnswerer) {
    this.#community = community;
    this.#codes = new CodeIndex(catalog.codes);
    this.#events = new Events(catalog, previous ? previous.#events.takeSearch() : undefined);
    this.#codeAnswers = new CodeAnswers(this.#codes, community);
    this.#eventAnswers = new EventAnswers(this.#events);
  }

  answer(question: Question): Answer {
    return this.#answer(question);
  }

  #answer(question: Question, language?: Language): Answer {
    const { text } = question;
    const given = language ?? question.language ?? this.#community.language;
    if (question.arrived) return this.#welcome(this.#viewer(question, given));
    const open = question.place === 'direct' || question.addressed;
    const mayAnswerCode = open || (!question.mentionOnly && text.length <= LONGEST_TEXT && isDistinctive(text));
    if (!mayAnswerCode) return silence(given);
    const now = question.now.getTime();
    const ready = this.#codeAnswers.ready(text, given, now);
    if (ready) return ready;
    const folded = text.length > LONGEST_TEXT ? undefined : fold(text);
    const answer = this.#codeAnswers.answer(text, folded, given, now);
    if (answer) return answer;
    if (!open) return silence(given);
    return folded === undefined ? this.#hint(text, this.#viewer(question, given)) : this.#understand(question, folded, language);
  }

  #understand(question: Question, folded: string, language?: Language): Answer {
    const { text, memory } = question;
    const reference = referenceOf(folded);
    const viewer = this.#viewer(question, language ?? languageOf(text) ?? (reference && memory?.language));
    if (reference) {
      return recall(reference, memory, viewer, {
        said: (chosen) => this.#answer({ ...question, text: chosen, addressed: true, memory: undefined }, viewer.language),
        page: (query, offset) =>
          commandOf(fold(query)) ? this.#eventAnswers.all(query, offset, viewer) : this.#search(query, offset, viewer),
        talks: (id, offset) => this.#eventAnswers.moreTalks(id, offset, viewer),
        rest: ({ rest, next }) => {
          const { choices } = memory ?? {};
          const answer = offer('command', [], rest, viewer, next);
          // The numbers of the page still stand in the chat.
          return answer.memory && choices ? { ...answer, memory: { ...answer.memory, choices } } : answer;
        },
      });
    }
    const command = commandOf(folded) ?? (/^\s*[?？]\s*$/.test(text) ? 'help' : undefined);
    // An English word is no sentence, but a command is clear by itself.
    if (command) return this.#obey(command, question, /^[a-z]+$/.test(folded) ? this.#viewer(question, 'en') : viewer);
    return (
      this.#oneOfSeveral(text.trim(), viewer) ??
      this.#named(text, folded, viewer) ??
      this.#inRequest(text, viewer) ??
      this.#search(text, 0, viewer)
    );
  }

  /** For somebody new: the greeting, and the event that comes next. */
  #welcome(viewer: Viewer): Answer {
    const greeting = this.#community.words.welcome ?? viewer.say.welcome;
    const next = this.#eventAnswers.next(viewer);
    if (next.events.length === 0 || !next.reply) return spoken('command', greeting, viewer);
    return { ...next, reply: { ...next.reply, text: `${greeting}\n\n${next.reply.text}` } };
  }

  #obey(command: Command, question: Question, viewer: Viewer): Answer {
    const { words } = this.#community;
    switch (command) {
      case 'help':
        return spoken('command', this.#help(question, viewer), viewer);
      case 'welcome':
        return spoken('command', words.welcome ?? viewer.say.welcome, viewer);
      case 'thanks':
        return spoken('command', viewer.say.youAreWelcome, viewer);
      case 'whoami':
        return spoken('command', viewer.say.whoami(escapeMarkdown(cleanText(question.sender))), viewer);
      case 'events':
        return this.#eventAnswers.all(question.text.trim(), 0, viewer);
      case 'next':
        return this.#eventAnswers.next(viewer);
      case 'last':
        return this.#eventAnswers.last(viewer);
    }
  }

  #help({ role, place }: Question, { say }: Viewer): string {
    const help = this.#community.words.help ?? say.help;
    return role === 'organizer' && place === 'direct' ? `${help}\n\n${say.helpForOrganizers}` : help;
  }

  /** `20231104 2023-11-04`: a code on several events, and which of them. */
  #oneOfSeveral(text: string, viewer: Viewer): Answer | undefined {
    const blank = text.lastIndexOf(' ');
    if (blank < 0) return undefined;
    const which = text.slice(blank + 1);
    const group = this.#codes.folded(fold(text.slice(0, blank)));
    const events = [...new Set(group.flatMap((entry) => entry.events))];
    const [event, another] = events.filter(({ id, start }) => id === which || start?.slice(0, 10) === which);
    return event && !another ? this.#codeAnswers.forEvent(group, event, viewer) : undefined;
  }

  #named(text: string, folded: string, viewer: Viewer): Answer | undefined {
    const event = this.#events.named(text, folded);
    return event && this.#eventAnswers.one('search', event, viewer.say.found, viewer);
  }

  #inRequest(text: string, viewer: Viewer): Answer | undefined {
    const found = codesInRequest(foldWords(text), this.#codes);
    const [code, another] = found;
    if (code === undefined) return undefined;
    if (another === undefined) return this.#codeAnswers.folded(code, viewer.language, viewer.now);
    const entries = found.flatMap((each) => this.#codes.folded(each)[0] ?? []);
    return this.#eventAnswers.suggest(entries, viewer, 'choice');
  }

  #search(text: string, offset: number, viewer: Viewer): Answer {
    const found = find(text, this.#events, this.#codes, localDay(viewer.now, this.#community.timezone));
    switch (found.is) {
      case 'guess':
        return this.#eventAnswers.suggest(found.suggestions, viewer);
      case 'all':
        return this.#eventAnswers.all(text, offset, viewer);
      case 'nothing':
        return this.#hint(text, viewer, found.dated ? viewer.say.noEventThen : undefined);
      case 'events': {
        const [event, another] = found.events;
        if (event && !another) return this.#eventAnswers.one('search', event, viewer.say.found, viewer, found.topic);
        return this.#eventAnswers.list('search', found.events, text, offset, viewer);
      }
    }
  }

  #hint(text: string, viewer: Viewer, hint = this.#community.words.noMatch ?? viewer.say.noMatch): Answer {
    const folded = fold(text.slice(0, 4 * LONGEST_NOTE)).slice(0, LONGEST_NOTE);
    const answer = { ...spoken('none', hint, viewer), reply: { text: hint, hint: true as const } };
    return folded === '' ? answer : { ...answer, note: { about: 'no-answer', folded } };
  }

  /** The language of the question where that is clear, else the channel's, else the community's. */
  #viewer(question: Question, clear?: Language): Viewer {
    const language = clear ?? question.language ?? this.#community.language;
    return { language, say: PHRASES[language], community: this.#community, now: question.now.getTime() };
  }
}

function silence(language: Language): Answer {
  return { kind: 'none', events: [], language };
}
