// What the chat platform notices about its callers' manners.

const HANG_UP_MS = 100;

export class Watch {
  violations = [];
  #underWay = new Map();
  #lastOrder = new Map();

  /** One at a time per target is what keeps an order; a sender that has hung up does not count. */
  overlap(message, response) {
    const underWay = this.#underWay.get(message.target) ?? new Set();
    this.#underWay.set(message.target, underWay);
    const [other] = underWay;
    if (other) this.#judge(other, { ...message, at: Date.now() });
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  }

  /** A hang-up may be noticed a little after the request that followed it: what becomes of the other post tells. */
  #judge(other, message) {
    const overlaps = () => this.note('overlap', message, `arrived while another post to ${message.target} was under way`);
    const ended = () => {
      clearTimeout(timer);
      if (other.writableFinished) overlaps();
    };
    const timer = setTimeout(() => {
      other.off('close', ended);
      overlaps();
    }, HANG_UP_MS);
    timer.unref();
    other.once('close', ended);
  }

  /** `pattern`: its first group is a number in the text that has to grow within each target. */
  order(pattern, message) {
    const found = pattern && new RegExp(pattern).exec(message.text);
    if (!found) return;
    const number = Number(found[1]);
    const last = this.#lastOrder.get(message.target);
    if (number < last) this.note('order', message, `number ${number} came to ${message.target} after ${last}`);
    else this.#lastOrder.set(message.target, number);
  }

  rate({ scope, limit }, message) {
    this.note(
      'rate',
      message,
      `came over the limit of ${limit.count} in ${limit.perMs} ms for ${scope === 'app' ? 'the app' : message.target}`,
    );
  }

  note(kind, { target, key, at = Date.now() }, why) {
    this.violations.push({ kind, target, key, at, why });
  }
}
