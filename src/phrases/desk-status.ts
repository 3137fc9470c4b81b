// `状态` / `status`: how the bot is, and how to mend what is not right. Small Markdown; what is put into it is escaped before.
import type { Language } from '../content/types.js';

export interface DeskStatusPhrases {
  onlyDirect: string;
  heading: string;
  noPlatforms: string;
  allOnline(names: readonly string[]): string;
  noneOnline: string;
  paused(name: string): string;
  offline(name: string, reason: string, since: string | undefined): string;
  connecting(name: string): string;
  closed(name: string): string;
  login(name: string): string;
  unknown(count: number): string;
  missed(count: number): string;
  held(count: number): string;
  post(channel: string, what: string, at: string, id: string | undefined): string;
  more(count: number): string;
  about(title: string, rule: string): string;
  /** In a terminal, and in a chat. */
  resolve(id: string): string;
  settle(id: string): string;
  settled: Record<'sent' | 'again' | 'already', (channel: string) => string>;
  missedHint: string;
  heldHint: string;
  broadcasts: string;
  broadcast(id: string, label: string, at: string, counts: string, state: 'waiting' | 'running' | 'stopped' | 'done'): string;
  counts(sent: number, total: number, refused: number, unknown: number): string;
  next(zone: string): string;
  nextPost(at: string, what: string, channels: number): string;
  noNext: string;
  digest: string;
  /** Of a post that is a broadcast. */
  byHand: string;
  codes(count: number): string;
  code(code: string, title: string, asked: number): string;
  codeHint(code: string): string;
  questions: string;
  /** `isShort`: it could be an alias as it stands. */
  question(text: string, count: number, isShort: boolean): string;
  aliases: string;
  alias: Record<'code' | 'gone' | 'circle', (alias: string, target: string) => string>;
  allWell: string;
}

export const DESK_STATUS_PHRASES: Record<Language, DeskStatusPhrases> = {
  zh: {
    onlyDirect: '请私聊我看状态，这里大家都看得见。',
    heading: '**状态**',
    noPlatforms: '平台：这里看不到平台的连接状态；请在聊天里发送“状态”，或打开 /healthz。',
    allOnline: (names) => `平台：${names.join('、')} 正常`,
    noneOnline: '平台：一个都没有连上',
    paused: (name) => `⏸ ${name} 已暂停：什么都不发出，等待的消息会留着。恢复请回复“恢复 ${name}”。`,
    offline: (name, reason, since) =>
      `⚠ ${name} 连接不上${since === undefined ? '' : `（从 ${since} 起）`}：${reason}。会自动重试；一直不行请运行 \`emcee doctor\`。`,
    connecting: (name) => `${name} 正在连接`,
    closed: (name) => `${name} 已关闭`,
    login: (name) => `⚠ ${name} 等待扫码登录：私聊发“登录”，登录网页聊天后打开 /scan；或运行 \`emcee login ${name}\``,
    unknown: (count) => `**不知道有没有送到：${count} 条**。请去看一眼，再告诉我结果：`,
    missed: (count) => `**错过时间没有发：${count} 条**（最近两周）`,
    held: (count) => `**先停着没有发：${count} 条**`,
    post: (channel, what, at, id) => `- ${channel}：${what}，${at}${id === undefined ? '' : `。${id}`}`,
    more: (count) => `- ……还有 ${count} 条，运行 \`emcee deliveries\` 查看`,
    about: (title, rule) => `${title}${rule === '' ? '' : `（${rule}）`}`,
    resolve: (id) => `送到了运行 \`emcee deliveries resolve ${id} sent\`，没送到运行 \`emcee deliveries resolve ${id} again\``,
    settle: (id) => `送到了回复“到了 ${id}”；没送到、要再发一次，回复“没到 ${id}”`,
    settled: {
      sent: (channel) => `好的，发往 ${channel} 的这条记为已送到。`,
      again: (channel) => `好的，发往 ${channel} 的这条会再发一次。`,
      already: (channel) => `发往 ${channel} 的这条已经有结果了，什么都没有改。发“状态”看现在的情况。`,
    },
    missedHint: '不会自动补发。还来得及的话，自己发一条：群发 @频道 内容',
    heldHint: '对方下次来消息、或平台恢复后会自动发出，不用管；不想发了用“停止”。',
    broadcasts: '**群发**',
    broadcast: (id, label, at, counts, state) =>
      `- ${[id, label].filter(Boolean).join(' ')}（${at}）：${counts}${
        {
          waiting: `，还没到时间。不发了回复“停止 ${id}”`,
          running: `，进行中。回复“进度 ${id}”或“停止 ${id}”`,
          stopped: `，已停止。接着发：继续 ${id}`,
          done: `。详情：报告 ${id}`,
        }[state]
      }`,
    counts: (sent, total, refused, unknown) =>
      [`已发 ${sent}/${total}`, refused > 0 && `失败 ${refused}`, unknown > 0 && `不确定 ${unknown}`].filter(Boolean).join('，'),
    next: (zone) => `**接下来要发的**（${zone}）`,
    nextPost: (at, what, channels) => `- ${at} ${what}，${channels} 个频道`,
    noNext: '接下来没有要自动发的消息。',
    digest: '活动汇总',
    byHand: '群发',
    codes: (count) => `**活动结束了还没有课件链接：${count} 场**`,
    code: (code, title, asked) => `- ${code} ${title}${asked > 0 ? `，被问过 ${asked} 次` : ''}`,
    codeHint: (code) => `补上：课件 ${code} https://… 提取码 abcd`,
    questions: '**没答上来、问得最多的**',
    question: (text, count, isShort) => `- ${text}（${count} 次）${isShort ? ` → 别名 ${text} = 口令` : ''}`,
    aliases: '**不起作用的别名**',
    alias: {
      code: (alias) => `- ${alias}：现在本身就是口令。删掉：删除别名 ${alias}`,
      gone: (alias, target) => `- ${alias} = ${target}：${target} 不是口令了。改：别名 ${alias} = 口令；删：删除别名 ${alias}`,
      circle: (alias, target) => `- ${alias} = ${target}：绕回了自己。改：别名 ${alias} = 口令；删：删除别名 ${alias}`,
    },
    allWell: '没有需要处理的事。',
  },
  en: {
    onlyDirect: 'Please ask me for the status in a direct chat: everybody can read this room.',
    heading: '**Status**',
    noPlatforms: 'Platforms: how they are connected cannot be seen from here; send “status” in a chat, or look at /healthz.',
    allOnline: (names) => `Platforms: ${names.join(', ')} online`,
    noneOnline: 'Platforms: none is online',
    paused: (name) => `⏸ ${name} is paused: nothing goes out, and what waits stays. Send "resume ${name}" to go on.`,
    offline: (name, reason, since) =>
      `⚠ ${name} cannot be reached${since === undefined ? '' : ` (since ${since})`}: ${reason}. I keep trying; if it stays so, run \`emcee doctor\`.`,
    connecting: (name) => `${name} is connecting`,
    closed: (name) => `${name} is closed`,
    login: (name) =>
      `⚠ ${name} waits for a login: send “sign in”, and open /scan in the signed-in web chat; or run \`emcee login ${name}\``,
    unknown: (count) => `**Nobody knows whether it arrived: ${count}**. Please look there, then say so:`,
    missed: (count) => `**Missed their time, not sent: ${count}** (in the last two weeks)`,
    held: (count) => `**Held back: ${count}**`,
    post: (channel, what, at, id) => `- ${channel}: ${what}, ${at}${id === undefined ? '' : `. ${id}`}`,
    more: (count) => `- … and ${count} more: run \`emcee deliveries\``,
    about: (title, rule) => `${title}${rule === '' ? '' : ` (${rule})`}`,
    resolve: (id) => `If it arrived: \`emcee deliveries resolve ${id} sent\`; if not: \`emcee deliveries resolve ${id} again\``,
    settle: (id) => `If it arrived, say “arrived ${id}”; if it did not and is to be sent once more, “again ${id}”`,
    settled: {
      sent: (channel) => `All right: the message to ${channel} counts as arrived.`,
      again: (channel) => `All right: the message to ${channel} is sent once more.`,
      already: (channel) =>
        `What became of the message to ${channel} is known already; nothing was changed. “status” tells how things are.`,
    },
    missedHint: 'They are not sent later by themselves. If there is still time, post it yourself: broadcast @channel text',
    heldHint: 'They go out when that person writes again or the platform is back; to stop a broadcast, say “stop”.',
    broadcasts: '**Broadcasts**',
    broadcast: (id, label, at, counts, state) =>
      `- ${[id, label].filter(Boolean).join(' ')} (${at}): ${counts}${
        {
          waiting: `, planned. To call it off: stop ${id}`,
          running: `, going on. Say “progress ${id}” or “stop ${id}”`,
          stopped: `, stopped. To go on: resume ${id}`,
          done: `. More: report ${id}`,
        }[state]
      }`,
    counts: (sent, total, refused, unknown) =>
      [`${sent} of ${total} sent`, refused > 0 && `${refused} refused`, unknown > 0 && `${unknown} unknown`].filter(Boolean).join(', '),
    next: (zone) => `**Next posts** (${zone})`,
    nextPost: (at, what, channels) => `- ${at} ${what}, ${channels === 1 ? '1 channel' : `${channels} channels`}`,
    noNext: 'Nothing is going to be posted by itself.',
    digest: 'digest of events',
    byHand: 'broadcast',
    codes: (count) => `**Over, and no link to slides yet: ${count}**`,
    code: (code, title, asked) => `- ${code} ${title}${asked > 0 ? `, asked for ${asked} times` : ''}`,
    codeHint: (code) => `To mend it: slides ${code} https://… password abcd`,
    questions: '**Asked most, and not answered**',
    question: (text, count, isShort) => `- ${text} (${count} times)${isShort ? ` → alias ${text} = CODE` : ''}`,
    aliases: '**Aliases that do not work**',
    alias: {
      code: (alias) => `- ${alias}: it is a code itself now. Remove it: remove alias ${alias}`,
      gone: (alias, target) =>
        `- ${alias} = ${target}: ${target} is no code any more. Change it: alias ${alias} = CODE; or: remove alias ${alias}`,
      circle: (alias, target) =>
        `- ${alias} = ${target}: it leads back to itself. Change it: alias ${alias} = CODE; or: remove alias ${alias}`,
    },
    allWell: 'There is nothing to mend.',
  },
};
