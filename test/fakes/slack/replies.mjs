// response_url: five answers within half an hour.
import { randomUUID } from 'node:crypto';
import { readBody } from './api.mjs';
import { botMessage, contentOf } from './chat.mjs';
import { answerJson } from './faults.mjs';
import { now, Refusal } from './world.mjs';

const USES = 5;

export class Replies {
  #slack;
  #open = new Map();

  constructor(slack) {
    this.#slack = slack;
  }

  open({ channel, user, ts }) {
    const path = `/commands/${this.#slack.team}/${randomUUID()}`;
    this.#open.set(path, { channel, user, ts, left: USES, at: now() });
    return `http://127.0.0.1:${this.#slack.port}${path}`;
  }

  async handle(request, response, { pathname, href }) {
    const text = (await readBody(request)).toString('utf8');
    const place = this.#open.get(pathname);
    this.#slack.calls.push({ method: 'response_url', args: text, headers: request.headers, at: now() });
    const fault = this.#slack.faults.take('response_url');
    if (fault && !fault.accept) return fault.answer(response);
    if (!place || now() - place.at >= this.#slack.responseUrlMs) return answerJson(response, { ok: false, error: 'expired_url' }, 404);
    if (place.left === 0) return answerJson(response, { ok: false, error: 'used_url' }, 404);
    let args;
    try {
      args = JSON.parse(text);
    } catch {
      return answerJson(response, { ok: false, error: 'invalid_payload' }, 400);
    }
    try {
      this.#keep(args, place, href);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return answerJson(response, { ok: false, error: error.error, ...error.more }, 400);
    }
    place.left -= 1;
    if (fault) return fault.answer(response, { ok: true });
    answerJson(response, { ok: true });
  }

  #keep(args, { channel, user, ts }, responseUrl) {
    const { response_type = 'ephemeral', replace_original = false, delete_original = false } = args;
    const content = delete_original ? {} : contentOf(args);
    const said = this.#slack.world.ts();
    const ephemeral = response_type !== 'in_channel';
    const message = botMessage(this.#slack, { text: '', ...content }, said);
    if (ephemeral) this.#slack.ephemerals.set(said, message);
    else this.#slack.world.store(channel, message);
    const post = { ...content, channel, ts: said, user: this.#slack.botUser.id, to: user, ephemeral, response_type, responseUrl };
    this.#slack.keep({ ...post, replace_original, delete_original, ...((replace_original || delete_original) && { original: ts }) });
  }

  /** The body of the answer to a command: text, or a message in JSON. */
  immediate(body, channel, user) {
    if (body.trim() === '' || body.trim() === '{}') return;
    let args;
    try {
      args = JSON.parse(body);
    } catch {
      args = { text: body };
    }
    if (!args?.text && !args?.blocks) return;
    try {
      this.#keep(args, { channel, user }, undefined);
    } catch (error) {
      // Slack shows nothing then, and tells nobody.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
