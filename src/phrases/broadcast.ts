// What organizers read about broadcasts. Plain sentences; what is put in is shown as it is.
import type { Unreachable } from '../broadcast/types.js';
import type { Language } from '../content/types.js';

export interface BroadcastPhrases {
  preview(id: string): string;
  to(count: number, names: readonly string[]): string;
  at(when: string): string;
  atOnce: string;
  takes(span: string): string;
  everyone: string;
  unreachable: Record<Unreachable, (names: readonly string[]) => string>;
  quota(of: string, left: number, count: number | undefined, planned: number, needs: number, resets: string): string;
  rendering(platform: string, language: Language, channels: number): string;
  cut: string;
  /** How it is planned for later, or leaves somebody out. */
  changes(id: string): string;
  confirm(number: string): string;
  confirmCount(number: string, count: number): string;
  refusals: {
    noText: string;
    longText(characters: number, most: number): string;
    noTarget: string;
    unknownTarget(name: string, meant: string | undefined): string;
    known(words: readonly string[]): string;
    nobody: string;
    allLeftOut: string;
    unknownEvent(text: string, meant: string | undefined): string;
    severalEvents(text: string, titles: readonly string[]): string;
    cancelled(title: string): string;
    over(title: string): string;
    undated(title: string): string;
    draft(title: string): string;
    past: string;
    far: string;
    everyone: string;
    quota(of: string, needs: number, left: number, planned: number, resets: string): string;
    quotaMend(names: readonly string[], resets: string): string;
  };
  draft(id: string, label: string, count: number, isOld: boolean): string;
  noBroadcast: string;
  stopped(id: string, count: number): string;
  resumed(id: string, count: number): string;
  retried(id: string, count: number): string;
  progress(id: string, label: string, done: number, total: number): string;
  left(span: string): string;
  waits(when: string): string;
  states: Record<'sent' | 'pending' | 'held' | 'refused' | 'unknown' | 'cancelled' | 'missed', (count: number) => string>;
  done: string;
  isStopped: string;
  failures: string;
  more(count: number): string;
  /** What to write for that. */
  retry: string;
  resume: string;
  retryHint(command: string): string;
  resumeHint(command: string): string;
  reasons: Record<string, string>;
  otherReason(reason: string): string;
  span(seconds: number): string;
  stale: Record<'cancelled' | 'moved', (id: string, label: string) => string>;
  old(id: string, label: string, command: string): string;
  gone(names: readonly string[]): string;
}

const MOST_NAMES = 8;

const named = (names: readonly string[], between: string, more: (count: number) => string) =>
  names.slice(0, MOST_NAMES).join(between) + (names.length > MOST_NAMES ? more(names.length - MOST_NAMES) : '');
const zhNames = (names: readonly string[]) => named(names, '、', (count) => `等，另有 ${count} 个`);
const enNames = (names: readonly string[]) => named(names, ', ', (count) => ` and ${count} more`);
const channels = (count: number) => `${count} channel${count === 1 ? '' : 's'}`;

export const BROADCAST_PHRASES: Record<Language, BroadcastPhrases> = {
  zh: {
    preview: (id) => `群发预览 ${id}（还没有发出）`,
    to: (count, names) => `发到 ${count} 个频道：${zhNames(names)}`,
    at: (when) => `发送时间：${when}`,
    atOnce: '确认后立即发送',
    takes: (span) => `大约需要 ${span}`,
    everyone: '会提醒（@）频道里的所有人',
    unreachable: {
      'not-on': (names) => `发不到：${zhNames(names)}（平台没有启用，请检查设置）`,
      paused: (names) => `会等一等：${zhNames(names)}（平台被暂停了，恢复之后再发）`,
      offline: (names) => `会等一等：${zhNames(names)}（平台现在没有连上，连上后再发）`,
      'not-found': (names) => `发不到：${zhNames(names)}（还没有找到这个房间，请邀请机器人进去，或检查 emcee.yaml 里的地址）`,
      never: (names) => `发不到：${zhNames(names)}（平台不允许机器人主动发到那里）`,
      window: (names) => `会等一等：${zhNames(names)}（平台只允许回复最近来过消息的人，等对方下次发消息时送到）`,
      quiet: (names) => `会等一等：${zhNames(names)}（现在是安静时段，结束后再发）`,
    },
    quota: (of, left, count, planned, needs, resets) =>
      `额度 ${of}：${count === undefined ? `还剩 ${left} 条` : `共 ${count} 条，还剩 ${left} 条`}，定时消息要用 ${planned} 条，这次用 ${needs} 条；${resets} 恢复`,
    rendering: (platform, language, count) => `—— ${platform} · ${language === 'zh' ? '中文' : '英文'} · ${count} 个频道 ——`,
    cut: '（太长，平台会截断成上面这样）',
    changes: (id) => `要改时间或少发几个：修改 ${id} 明天 18:00，修改 ${id} -@频道名`,
    confirm: (number) => `确认发送请在 10 分钟内回复 ${number}`,
    confirmCount: (number, count) => `确认发送请在 10 分钟内回复“${number} 频道数”（一共 ${count} 个频道，请把这个数也打上）`,
    refusals: {
      noText: '要发的内容是空的。请写上要发的文字。',
      longText: (characters, most) => `内容太长：${characters} 个字符，最多 ${most} 个。请写短一些，或附上链接。`,
      noTarget: '没有说发到哪里。请写上标签、城市、平台或频道名，例如 @成都；全部频道写“全部”。',
      unknownTarget: (name, meant) => `没有“${name}”这个标签、城市、平台或频道。${meant === undefined ? '' : `是不是“${meant}”？`}`,
      known: (words) => (words.length === 0 ? 'emcee.yaml 里还没有频道，请先写上 channels。' : `可以用：${words.join('、')}、全部`),
      nobody: '这些频道现在都发不到，所以没有可以确认的群发。',
      allLeftOut: '选中的频道都被排除了，所以没有可以发的。请少排除几个，或多选几个。',
      unknownEvent: (text, meant) => `没有找到活动“${text}”。${meant === undefined ? '请写活动的口令、id 或标题。' : `是不是“${meant}”？`}`,
      severalEvents: (text, titles) => `“${text}”对应好几场活动，请写完整的标题：${titles.join('；')}`,
      cancelled: (title) => `“${title}”已经取消，不能再预告。`,
      over: (title) => `“${title}”已经结束，不能再预告。`,
      undated: (title) => `“${title}”的页面上没有时间，请先写上 start:，再来预告。`,
      draft: (title) => `“${title}”的页面还是草稿（draft: true），发布之后才能预告。`,
      past: '发送时间已经过了。请写一个将来的时间，或不写时间、确认后立即发送。',
      far: '发送时间太远：最多提前一年。',
      everyone: '你没有“提醒所有人”的权限。请在 emcee.yaml 的 everyone: 里加上你的地址，或去掉这个选项。',
      quota: (of, needs, left, planned, resets) =>
        `${of} 的额度不够：这次要用 ${needs} 条，还剩 ${left} 条${planned > 0 ? `，其中 ${planned} 条要留给定时消息` : ''}；${resets} 恢复。`,
      quotaMend: (names, resets) => `可以这次不发到 ${zhNames(names)}，或改到 ${resets} 之后发送。`,
    },
    draft: (id, label, count, isOld) => `${id}  ${label}（${count} 个频道${isOld ? '，需要重新预览' : ''}）`,
    noBroadcast: '没有找到这样的群发。',
    stopped: (id, count) =>
      count === 0 ? `群发 ${id} 没有可以停的了。` : `群发 ${id} 已经停下，${count} 个频道不再发。回复“继续 ${id}”接着发。`,
    resumed: (id, count) => (count === 0 ? `群发 ${id} 没有停着的频道。` : `群发 ${id} 接着发，还有 ${count} 个频道。`),
    retried: (id, count) => (count === 0 ? `群发 ${id} 没有被拒绝的频道，不需要重试。` : `群发 ${id} 重试被拒绝的 ${count} 个频道。`),
    progress: (id, label, done, total) => `群发 ${id} “${label}”：${done}/${total}`,
    left: (span) => `大约还要 ${span}`,
    waits: (when) => `将在 ${when} 开始`,
    states: {
      sent: (count) => `已发 ${count}`,
      pending: (count) => `等待 ${count}`,
      held: (count) => `等对方来消息 ${count}`,
      refused: (count) => `被拒绝 ${count}`,
      unknown: (count) => `不确定 ${count}`,
      cancelled: (count) => `已停止 ${count}`,
      missed: (count) => `错过 ${count}`,
    },
    done: '全部处理完了',
    isStopped: '已停止',
    failures: '没有送到，或不确定有没有送到：',
    more: (count) => `……还有 ${count} 个`,
    retry: '重试',
    resume: '继续',
    retryHint: (command) => `只重试被拒绝的：${command}`,
    resumeHint: (command) => `接着发停下的：${command}`,
    reasons: {
      'rate-limited': '平台说发得太快，试了几次都没有成功',
      'window-closed': '对方很久没有来消息，平台不允许主动发',
      'unknown-target': '找不到这个房间或这个人，请检查地址，或邀请机器人进去',
      'not-allowed': '机器人没有在那里发言的权限，请邀请它，或检查权限',
      'signed-out': '机器人在这个平台上的登录失效了，请重新登录或更新密钥',
      'too-long': '内容对这个平台来说太长',
      refused: '平台拒绝了这条消息',
      unreachable: '连不上平台，试了几次都没有成功',
      expired: '等得太久，已经过时，没有发出',
      quota: '额度用完了',
      stopped: '已经停止，没有发出',
      'the process ended while sending': '发送的时候程序中断了，不知道有没有送到，请去频道里看一看',
      'no answer in time': '平台没有及时回应，不知道有没有送到，请去频道里看一看',
    },
    stale: {
      cancelled: (id, label) => `“${label}”取消了，还没发出的群发 ${id} 已经停下。`,
      moved: (id, label) => `“${label}”改了时间，还没发出的群发 ${id} 已经停下。请看过页面后重新预告。`,
    },
    old: (id, label, command) => `群发 ${id}“${label}”是一天以前的，没有再发。确定要发的话，请回复“${command}”。`,
    gone: (names) => `这些频道已经不在 emcee.yaml 里，不再发：${zhNames(names)}`,
    otherReason: (reason) => `不知道有没有送到（${reason}），请去频道里看一看`,
    span: (seconds) =>
      seconds < 60
        ? `${Math.max(1, seconds)} 秒`
        : seconds < 5_400
          ? `${Math.round(seconds / 60)} 分钟`
          : `${Math.round(seconds / 3_600)} 小时`,
  },
  en: {
    preview: (id) => `Broadcast ${id}, a preview: nothing has gone out yet`,
    to: (count, names) => `To ${channels(count)}: ${enNames(names)}`,
    at: (when) => `Goes out: ${when}`,
    atOnce: 'Goes out as soon as it is confirmed',
    takes: (span) => `Takes about ${span}`,
    everyone: 'Mentions everyone there',
    unreachable: {
      'not-on': (names) => `Cannot be reached: ${enNames(names)} (the platform is not on; please look at the settings)`,
      paused: (names) => `Will wait: ${enNames(names)} (the platform is paused; it goes out when it is resumed)`,
      offline: (names) => `Will wait: ${enNames(names)} (the platform is not connected now; it goes out when it is back)`,
      'not-found': (names) =>
        `Cannot be reached: ${enNames(names)} (the room has not been found yet; invite the bot there, or correct the address in emcee.yaml)`,
      never: (names) => `Cannot be reached: ${enNames(names)} (the platform does not let the bot speak first there)`,
      window: (names) =>
        `Will wait: ${enNames(names)} (the platform allows only answers to who wrote lately; it goes with their next message)`,
      quiet: (names) => `Will wait: ${enNames(names)} (quiet hours; it goes out when they are over)`,
    },
    quota: (of, left, count, planned, needs, resets) =>
      `Quota of ${of}: ${left}${count === undefined ? '' : ` of ${count}`} left, the schedule will use ${planned}, this one ${needs}; renewed ${resets}`,
    rendering: (platform, language, count) => `-- ${platform}, ${language === 'zh' ? 'Chinese' : 'English'}, ${channels(count)} --`,
    cut: '(too long: the platform shows only the above)',
    changes: (id) => `For later, or without somebody: edit ${id} tomorrow 18:00, edit ${id} -@channel`,
    confirm: (number) => `To send it, reply ${number} within 10 minutes`,
    confirmCount: (number, count) => `To send it, reply "${number} COUNT" within 10 minutes, with how many channels it goes to (${count})`,
    refusals: {
      noText: 'There is nothing to send: please write the text.',
      longText: (characters, most) => `The text is too long: ${characters} characters, ${most} at most. Make it shorter, or add a link.`,
      noTarget: 'Please say where it goes: tags, cities, platforms or names of channels, for example @Chengdu; "all" for all channels.',
      unknownTarget: (name, meant) =>
        `There is no tag, city, platform or channel "${name}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
      known: (words) => (words.length === 0 ? 'emcee.yaml has no channels yet: add them first.' : `There are: ${words.join(', ')}, all`),
      nobody: 'None of these channels can be reached now, so there is nothing to confirm.',
      allLeftOut: 'All the channels that were named are left out as well, so nobody is left. Leave out fewer, or name more.',
      unknownEvent: (text, meant) =>
        `There is no event "${text}". ${meant === undefined ? 'Write its code, id or title.' : `Did you mean "${meant}"?`}`,
      severalEvents: (text, titles) => `"${text}" is several events; please write the whole title: ${titles.join('; ')}`,
      cancelled: (title) => `"${title}" is cancelled; it cannot be announced.`,
      over: (title) => `"${title}" is over; it cannot be announced.`,
      undated: (title) => `The page of "${title}" says no time. Write start: on it, then announce it.`,
      draft: (title) => `The page of "${title}" is a draft (draft: true): publish it, then announce it.`,
      past: 'That time has passed. Write one that is still to come, or none to send it as soon as it is confirmed.',
      far: 'That is too far ahead: a year at most.',
      everyone: 'You may not mention everyone. Add your address to everyone: in emcee.yaml, or leave the mention out.',
      quota: (of, needs, left, planned, resets) =>
        `The quota of ${of} does not suffice: this needs ${needs}, ${left} left${planned > 0 ? `, of which the schedule will use ${planned}` : ''}; renewed ${resets}.`,
      quotaMend: (names, resets) => `You can leave out ${enNames(names)}, or send it after ${resets}.`,
    },
    draft: (id, label, count, isOld) => `${id}  ${label} (${channels(count)}${isOld ? '; has to be shown again' : ''})`,
    noBroadcast: 'There is no such broadcast.',
    stopped: (id, count) =>
      count === 0
        ? `Nothing of broadcast ${id} is left to stop.`
        : `Broadcast ${id} is stopped: ${channels(count)} will not get it. Send "resume ${id}" to go on.`,
    resumed: (id, count) =>
      count === 0 ? `Nothing of broadcast ${id} is stopped.` : `Broadcast ${id} goes on, to ${channels(count)} more.`,
    retried: (id, count) =>
      count === 0 ? `Nothing of broadcast ${id} was refused: nothing to retry.` : `Broadcast ${id} is tried again in ${channels(count)}.`,
    progress: (id, label, done, total) => `Broadcast ${id} "${label}": ${done}/${total}`,
    left: (span) => `about ${span} left`,
    waits: (when) => `begins ${when}`,
    states: {
      sent: (count) => `${count} sent`,
      pending: (count) => `${count} waiting`,
      held: (count) => `${count} waiting for a message of theirs`,
      refused: (count) => `${count} refused`,
      unknown: (count) => `${count} unknown`,
      cancelled: (count) => `${count} stopped`,
      missed: (count) => `${count} missed`,
    },
    done: 'finished',
    isStopped: 'stopped',
    failures: 'Did not arrive, or nobody knows whether they did:',
    more: (count) => `… and ${count} more`,
    retry: 'retry',
    resume: 'resume',
    retryHint: (command) => `To try the refused ones again: ${command}`,
    resumeHint: (command) => `To go on with the stopped ones: ${command}`,
    reasons: {
      'rate-limited': 'the platform said that it was too fast, several times',
      'window-closed': 'they have not written for long, and the platform allows only answers',
      'unknown-target': 'there is no such room or person; look at the address, or invite the bot',
      'not-allowed': 'the bot may not speak there; invite it, or look at its permissions',
      'signed-out': 'the bot is no longer signed in there; sign in again, or renew its token',
      'too-long': 'it is too long for this platform',
      refused: 'the platform refused it',
      unreachable: 'the platform could not be reached, several times',
      expired: 'it waited too long and was given up',
      quota: 'the quota is used up',
      stopped: 'it was stopped before it went out',
      'the process ended while sending': 'the bot ended while it was sending; please look in the channel whether it arrived',
      'no answer in time': 'the platform did not answer in time; please look in the channel whether it arrived',
    },
    stale: {
      cancelled: (id, label) => `"${label}" was cancelled: what had not gone out of broadcast ${id} is stopped.`,
      moved: (id, label) =>
        `"${label}" was moved: what had not gone out of broadcast ${id} is stopped. Look at the page, then announce it anew.`,
    },
    old: (id, label, command) =>
      `Broadcast ${id} "${label}" is more than a day old, so nothing more has gone out. If you mean it, write "${command}".`,
    gone: (names) => `No longer in emcee.yaml, so they do not get it: ${enNames(names)}`,
    otherReason: (reason) => `nobody knows whether it arrived (${reason}); please look in the channel`,
    span: (seconds) => {
      const [count, unit] =
        seconds < 60
          ? [Math.max(1, seconds), 'second']
          : seconds < 5_400
            ? [Math.round(seconds / 60), 'minute']
            : [Math.round(seconds / 3_600), 'hour'];
      return `${count} ${unit}${count === 1 ? '' : 's'}`;
    },
  },
};
