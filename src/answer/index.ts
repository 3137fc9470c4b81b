/** Text and events → reply. Pure: no clock, no I/O; what it needs comes with the question. */

export { createAnswerer, refersBack } from './answerer.js';
export type { Answer, Answerer, AnswerKind, Memory, Question } from './types.js';
