// What a chat platform does to its callers besides working: each fault is a few facts that chat-server.mjs acts on.

/**
 * `answer` is what the caller gets: ok, 429, 500, html (with 200), refused, fatal (an error in JSON that says nothing about the post),
 * reset, cut (in the middle of the answer) or none at all. `accept`: the post is made, before the answer, whatever the answer says.
 * `wait` names the setting that says how long: `late` before the post is made, `slow` between the post and its answer.
 */
export const FAULTS = {
  none: { accept: true, answer: 'ok' },
  rateLimited: { accept: false, answer: '429' },
  refused: { accept: false, answer: 'refused' },
  reset: { accept: false, answer: 'reset' },
  acceptedThenReset: { accept: true, answer: 'reset' },
  acceptedThenCut: { accept: true, answer: 'cut' },
  error500: { accept: false, answer: '500' },
  acceptedThen500: { accept: true, answer: '500' },
  html: { accept: false, answer: 'html' },
  acceptedThenHtml: { accept: true, answer: 'html' },
  fatal: { accept: false, answer: 'fatal' },
  acceptedThenFatal: { accept: true, answer: 'fatal' },
  never: { accept: false, answer: 'none' },
  acceptedThenNever: { accept: true, answer: 'none' },
  late: { accept: true, answer: 'ok', wait: 'late' },
  slow: { accept: true, answer: 'ok', wait: 'slow' },
};

/** A mix such as chat platforms show on a bad day: 93 of 100 sends go well. */
export const BAD_DAY = {
  rateLimited: 0.02,
  acceptedThenReset: 0.01,
  acceptedThenCut: 0.005,
  reset: 0.01,
  acceptedThen500: 0.0075,
  error500: 0.0075,
  acceptedThenHtml: 0.0025,
  html: 0.0025,
  acceptedThenFatal: 0.0025,
  late: 0.0025,
};

/**
 * A number in [0, 1) that depends on the seed and the words alone. Requests come in another order in each run;
 * drawn by key and attempt, each delivery still meets the same faults under the same seed.
 */
export function draw(seed, ...words) {
  let hash = 2166136261 ^ seed;
  for (const letter of words.join('\u0000')) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
  // Neighbouring words ("d1", "d2") would draw neighbouring numbers without this last stirring.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** One of the list. */
export const pick = (list, number) => list[Math.floor(number * list.length)];

/** The fault that a number in [0, 1) means in this mix. */
export function faultOf(mix, number) {
  let upTo = 0;
  for (const [name, probability] of Object.entries(mix)) {
    if (!(name in FAULTS)) throw new Error(`there is no fault '${name}'`);
    upTo += probability;
    if (number < upTo) return name;
  }
  return 'none';
}
