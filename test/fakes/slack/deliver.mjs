// One delivery to the bot's webhook, signed and repeated as Slack does it.
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { now } from './world.mjs';

const FORM = 'application/x-www-form-urlencoded';

/** Slack's own retries: at once, after a minute, after five. Tests have less time. */
const RETRY_DELAYS_MS = [10, 60, 300];

export class Deliverer {
  // Shorter than a server keeps an idle connection (5 s): only the faults asked for should happen.
  #agent = new Agent({ keepAlive: true, timeout: 2_000 });
  #slack;

  constructor(slack) {
    this.#slack = slack;
  }

  /**
   * `payload`: an object goes as JSON, URLSearchParams as a form. `rawBody`: other bytes, signed; `sentBody`: bytes put in their place after
   * the signing. Settles with every answer: `{ status, headers, body, ms }`, `status: 0` and an `error` where there was none.
   */
  async deliver(payload, options = {}) {
    const { retries = this.#slack.retries, retryDelaysMs = RETRY_DELAYS_MS } = options;
    const form = payload instanceof URLSearchParams;
    const signed = Buffer.from(options.rawBody ?? (form ? payload.toString() : JSON.stringify(payload)));
    const body = options.contentEncoding === 'gzip' ? gzipSync(signed) : signed;
    const headers = { 'Content-Type': form ? FORM : 'application/json', 'User-Agent': 'Slackbot 1.0 (+https://api.slack.com/robots)' };
    if (options.contentEncoding) headers['Content-Encoding'] = options.contentEncoding;
    const responses = [];
    for (let n = 0; n <= (retries ? retryDelaysMs.length : 0); n++) {
      if (n > 0) {
        if (!(await this.#slack.sleep(retryDelaysMs[n - 1]))) break;
        Object.assign(headers, { 'X-Slack-Retry-Num': String(n), 'X-Slack-Retry-Reason': responses.at(-1).error ?? 'http_error' });
      }
      const answer = await this.#once(options.sentBody ?? body, { ...headers, ...this.#signature(body, options), ...options.headers });
      responses.push(answer);
      if ((answer.status >= 200 && answer.status < 300) || answer.headers['x-slack-no-retry'] === '1') break;
    }
    return responses;
  }

  /** Over the raw bytes. A retry is signed anew, for its time is its own. */
  #signature(body, { secret = this.#slack.signingSecret, timestamp = Math.floor(Date.now() / 1_000), signature }) {
    const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
    return { 'X-Slack-Request-Timestamp': String(timestamp), 'X-Slack-Signature': signature ?? `v0=${digest}` };
  }

  #once(body, headers) {
    const from = now();
    return new Promise((resolve) => {
      const end = (answer) => {
        clearTimeout(timer);
        resolve({ status: 0, headers: {}, body: '', ms: now() - from, ...answer });
      };
      if (!this.#slack.hook) return resolve({ status: 0, headers: {}, body: '', ms: 0, error: 'connection_failed' });
      const asked = request(this.#slack.hook, {
        method: 'POST',
        agent: this.#agent,
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      });
      const timer = setTimeout(() => {
        end({ error: 'http_timeout' });
        asked.destroy();
      }, this.#slack.ackMs);
      asked.on('error', () => end({ error: 'connection_failed' }));
      asked.on('response', (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk)).on('error', () => end({ error: 'connection_failed' }));
        response.on('end', () =>
          end({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      asked.end(body);
    });
  }

  close() {
    this.#agent.destroy();
  }
}
