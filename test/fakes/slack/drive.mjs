// Many messages at a steady rate, and how long each waited for its acknowledgement and for its answer.
import { now } from './world.mjs';

const sorted = (list) => list.toSorted((a, b) => a - b);

function spread(list) {
  const ordered = sorted(list);
  const at = (share) => ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))];
  return { count: ordered.length, min: ordered[0], p50: at(0.5), p95: at(0.95), p99: at(0.99), max: ordered.at(-1) };
}

/** A post answers the message whose thread it is in; in a direct chat, the oldest there that has no answer yet. */
class Answers {
  #threads = new Map();
  #chats = new Map();
  ms = [];

  expect({ channel, ts, from }) {
    const entry = { from };
    this.#threads.set(`${channel} ${ts}`, entry);
    if (!channel.startsWith('D')) return;
    const chat = this.#chats.get(channel) ?? [];
    this.#chats.set(channel, chat);
    chat.push(entry);
  }

  take(post) {
    const chat = this.#chats.get(post.channel);
    while (chat?.[0]?.answered) chat.shift();
    const entry = post.thread_ts ? this.#threads.get(`${post.channel} ${post.thread_ts}`) : chat?.shift();
    if (!entry || entry.answered) return;
    entry.answered = true;
    this.ms.push(post.at - entry.from);
  }
}

/**
 * `users` people (made when there are too few) write in turn, each to the bot alone or, with `channel`, there. In `text`, `{n}` is the number
 * of the message. With `atOnce` no rate is kept: so many wait for their acknowledgement all the time. Waits at most `waitMs` after the last
 * message; `raw` returns every single time, too.
 */
export async function drive(slack, options = {}) {
  const { count = 100, perSecond = 50, atOnce, users = 10, channel, text = '{n}', waitMs = 5_000, raw = false } = options;
  const answers = new Answers();
  const early = [];
  const acked = [];
  const failed = [];
  const people = Array.from({ length: users }, (_, n) => `UDRIVE${n}`);
  for (const id of people) slack.world.users.set(id, { id, name: id.toLowerCase(), team_id: slack.team, is_bot: false, deleted: false });
  const take = (post) => early.push(post);
  slack.on('post', take);
  const from = now();
  const said = [];
  const sayNext = (n) => {
    const user = people[n % users];
    const where = channel ?? slack.dm(user);
    const at = now();
    const delivered = slack.say({ channel: where, user, text: text.replaceAll('{n}', String(n)) });
    // The message lies in its channel before it is delivered: its ts is there already.
    answers.expect({ channel: where, ts: slack.world.messages(where).at(-1).ts, from: at });
    const done = delivered.then(({ responses }) => {
      for (const { status, ms } of responses) (status >= 200 && status < 300 ? acked : failed).push(status ? ms : 0);
    });
    said.push(done);
    return done;
  };
  const inTurn = async () => {
    while (said.length < count) await sayNext(said.length);
  };
  if (atOnce) await Promise.all(Array.from({ length: atOnce }, inTurn));
  else
    for (let n = 0; n < count; n++) {
      const due = from + (n * 1_000) / perSecond;
      if (due > now() && !(await slack.sleep(due - now()))) break;
      void sayNext(n);
    }
  const settle = () => {
    for (const post of early.splice(0)) answers.take(post);
    return answers.ms.length;
  };
  await Promise.all(said);
  for (const until = now() + waitMs; settle() < said.length && now() < until; ) if (!(await slack.sleep(5))) break;
  slack.off('post', take);
  const result = { sent: said.length, failed: failed.length, missing: said.length - settle(), tookMs: now() - from };
  return { ...result, ack: spread(acked), answer: spread(answers.ms), ...(raw && { ackMs: acked, answerMs: answers.ms }) };
}
