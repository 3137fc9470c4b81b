// What the fake Slack does to its callers besides working.

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };
const LIMITED = '{"ok":false,"error":"ratelimited"}';
const limited = (headers) => (response) => response.writeHead(429, { ...JSON_TYPE, ...headers }).end(LIMITED);
const html = (status) => (response) =>
  response.writeHead(status, { 'Content-Type': 'text/html' }).end('<!DOCTYPE html><html><body>Slack is having trouble.</body></html>');

const ANSWERS = {
  reset: (response) => response.socket?.resetAndDestroy(),
  500: html(500),
  503: html(503),
  html: html(200),
  hang: () => {},
  429: limited({ 'Retry-After': '1' }),
  '429-long': limited({ 'Retry-After': '30' }),
  '429-date': (response) => limited({ 'Retry-After': new Date(Date.now() + 2_000).toUTCString() })(response),
  '429-bare': limited({}),
};

/**
 * A fault as facts: `accept`: the call is carried out first; `wait`: then the answer takes slack.slowMs; `answer` gets the response and the
 * honest answer. An object is `{ error, …more }` (Slack's no) or `{ status, headers, body }`; with `accepted: true` the call is carried out.
 */
function readFault(fault) {
  if (typeof fault === 'object') {
    const { accepted = false, status = 200, headers = {}, body, ...said } = fault;
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? { ok: false, ...said });
    return { accept: accepted, answer: (response) => response.writeHead(status, { ...JSON_TYPE, ...headers }).end(text) };
  }
  if (fault === 'slow') return { accept: true, wait: true, answer: answerJson };
  // The whole answer of a call that went well, but for its end: HTTP finds nothing wrong with it.
  if (fault === 'half-json')
    return { accept: true, answer: (response, body) => response.writeHead(200, JSON_TYPE).end(JSON.stringify(body).slice(0, 11)) };
  const accept = fault.startsWith('accepted-then-');
  const answer = ANSWERS[fault.replace('accepted-then-', '')];
  if (!answer) throw new Error(`there is no fault '${fault}'`);
  return { accept, answer };
}

export function answerJson(response, body, status = 200, headers = {}) {
  // The caller may have gone while Slack was at work.
  if (!response.destroyed) response.writeHead(status, { ...JSON_TYPE, ...headers }).end(JSON.stringify(body));
}

/** Faults that wait for their call, in order; those of '*' meet any method. */
export class Faults {
  #queues = new Map();

  add(method, fault, times) {
    const queue = this.#queues.get(method) ?? [];
    this.#queues.set(method, queue);
    for (let n = 0; n < times; n++) queue.push(readFault(fault));
  }

  /** The next one, and how to put it back when the call was refused before it could happen. */
  take(method) {
    for (const queue of [this.#queues.get(method), this.#queues.get('*')]) {
      const fault = queue?.shift();
      if (fault) return { ...fault, putBack: () => queue.unshift(fault) };
    }
    return undefined;
  }

  clear() {
    this.#queues.clear();
  }
}
