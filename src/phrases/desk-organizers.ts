// What is said about who is an organizer. Plain sentences with small Markdown; what is put into them is escaped before.
import type { Language } from '../content/types.js';

export interface DeskOrganizersPhrases {
  joined(account: string): string;
  linked(account: string, name: string): string;
  /** Where a visitor of the web chat has joined: they go on signed in. */
  joinedHere(url: string): string;
  joinedCannotSignIn: string;
  wrongCode(triesLeft: number): string;
  unknownCode: string;
  expiredCode: string;
  triedOutCode: string;
  usedCode: string;
  tooManyCodes: string;
  changingIds: string;
  notYourChat: string;
  codeInRoom: string;
  spoiltCode: string;
  linkCode(code: string, minutes: number): string;
  signInLink(url: string, minutes: number): string;
  noPage: string;
  noAddress: string;
  noHttps: string;
  fromYourChat: string;
  signedOut(count: number): string;
  organizers(count: number): string;
  noOrganizers: string;
  inSettings: string;
  removeHint: string;
  removed(name: string, accounts: readonly string[]): string;
  standsInSettings(addresses: readonly string[]): string;
  noSuchOrganizer(text: string): string;
  whomToRemove: string;
  directOnly: string;
  here(line: string): string;
  hereAlready(name: string): string;
  hereInRoom: string;
  channelName: string;
  notSure: string;
  nobodyLeft: string;
}

export const DESK_ORGANIZERS_PHRASES: Record<Language, DeskOrganizersPhrases> = {
  zh: {
    joined: (account) =>
      `欢迎，这个账号（${account}）现在是组织者了。十分钟之内，把同一个邀请码发给我在别的平台上的私聊，就能绑定那边的账号。发“组织者”查看名单，发“登录”打开网页聊天。`,
    linked: (account, name) => `好的，这个账号（${account}）已经绑定到组织者 ${name}。`,
    joinedHere: (url) => `欢迎，你现在是组织者了。网页聊天要登录之后才认得你，请点开这个链接（十分钟内有效，只能用一次）：\n${url}`,
    joinedCannotSignIn:
      '邀请码是对的，不过网页聊天要登录之后才认得你，而这里还不能登录：请先用 https 并设置 EMCEE_PUBLIC_URL。十分钟之内，也可以在别的平台上私聊我，发同一个邀请码。',
    wrongCode: (triesLeft) =>
      triesLeft > 0 ? `邀请码不对，还可以试 ${triesLeft} 次。` : '邀请码不对，已经不能再试了。请重新要一个邀请码。',
    unknownCode: '没有这个邀请码，也许是打错了。请对照着再发一次，或者重新要一个。',
    expiredCode: '这个邀请码已经过期（有效期十分钟）。请重新要一个。',
    triedOutCode: '这个邀请码已经作废。请重新要一个。',
    usedCode: '这个邀请码在这个平台上已经用过了，每个平台只能绑定一个账号。请重新要一个。',
    tooManyCodes: '试的次数太多了，请十分钟之后再来。',
    changingIds: '这个平台的账号编号会变，我没法确认一直是同一个人，所以这里不能成为组织者。请换一个平台私聊我，再发一次邀请码。',
    notYourChat: '这个账号属于别的工作区，不能在这里成为组织者。请用本工作区的账号私聊我。',
    codeInRoom: '邀请码请私聊发给我，不要发在群里。',
    spoiltCode: '这个邀请码大家都看到了，已经作废。请重新要一个，私聊发给我。',
    linkCode: (code, minutes) =>
      `绑定码：${code}\n${minutes} 分钟之内，请用你在别的平台上的账号私聊我，把它发给我，那个账号就和你是同一个组织者。请不要发给别人：谁发谁就是你。`,
    signInLink: (url, minutes) => `登录网页聊天（${minutes} 分钟内有效，只能用一次，请不要转发）：\n${url}`,
    noPage: '网页聊天没有打开，所以不能登录。需要的话请设置 WEB_CHAT=on。',
    noAddress: '还不知道网页聊天的地址：请设置 EMCEE_PUBLIC_URL，例如 https://bot.example.org，然后重启。',
    noHttps: '登录需要 https：请把 EMCEE_PUBLIC_URL 换成 https:// 开头的地址。',
    fromYourChat: '网页上不能做这件事。请在你自己的聊天账号里私聊我，再发一次。',
    signedOut: (count) => (count > 0 ? '好的，你在所有网页上都已退出登录。' : '你没有登录任何网页。'),
    organizers: (count) => `组织者有 ${count} 位：`,
    noOrganizers: '还没有组织者。',
    inSettings: '写在 emcee.yaml 里',
    removeHint: '要移除一位，请发“移除”加上地址，例如“移除 slack:person:U01”。',
    removed: (name, accounts) => `好的，${name} 不再是组织者（${accounts.join('、')}）。登录也都已失效。`,
    standsInSettings: (addresses) => `${addresses.join('、')} 写在 emcee.yaml 的 organizers 里，请到那里删掉。`,
    noSuchOrganizer: (text) => `组织者里没有“${text}”。发“组织者”查看名单，用名单里的地址。`,
    whomToRemove: '要移除哪一位？请写地址，例如“移除 slack:person:U01”。发“组织者”查看名单。',
    directOnly: '这件事请私聊我，不要在群里说。',
    here: (line) => `把这一行写进 emcee.yaml 的 channels，名字和标签请自己改：\n${line}`,
    hereAlready: (name) => `这里已经在 emcee.yaml 里了，名字是 ${name}。`,
    hereInRoom: '请在要登记的群里 @我 发“这里”，我会告诉你那个群的地址。',
    channelName: '给这个群起个名字',
    notSure: '收到了，不过还没有做完，暂时不能确定结果。请稍等一下，先发“进度”或“状态”看看，再决定要不要重发。',
    nobodyLeft: '现在没有组织者了。要重新加入，请在运行机器人的机器上运行 `emcee organizer invite`，把邀请码私聊发给我。',
  },
  en: {
    joined: (account) =>
      `Welcome: this account (${account}) is an organizer's now. Within ten minutes, send me the same code in a direct chat on another platform to link your account there. Send "organizers" for the list, "sign in" for the web chat.`,
    linked: (account, name) => `All right, this account (${account}) now belongs to the organizer ${name}.`,
    joinedHere: (url) =>
      `Welcome, you are an organizer now. The web chat knows you only while you are signed in: please open this link (good for ten minutes, and once):\n${url}`,
    joinedCannotSignIn:
      'The code is right, but the web chat knows you only while you are signed in, and that is not possible here yet: it needs https and EMCEE_PUBLIC_URL. Within ten minutes you can also send me the same code in a direct chat on another platform.',
    wrongCode: (triesLeft) =>
      triesLeft > 0
        ? `That code is not right. You can try ${triesLeft === 1 ? 'once more' : `${triesLeft} more times`}.`
        : 'That code is not right, and it cannot be tried any more. Please ask for a new one.',
    unknownCode: 'There is no such code; perhaps a letter is wrong. Please compare it and send it again, or ask for a new one.',
    expiredCode: 'This code is too old: codes are good for ten minutes. Please ask for a new one.',
    triedOutCode: 'This code is not good any more. Please ask for a new one.',
    usedCode: 'This code was used on this platform already: it takes one account of each. Please ask for a new one.',
    tooManyCodes: 'Those were too many tries. Please come back in ten minutes.',
    changingIds:
      'On this platform the ids of accounts change, so I cannot be sure that it will always be you, and nobody becomes an organizer here. Please send me the code in a direct chat on another platform.',
    notYourChat:
      'This account belongs to another workspace and cannot become an organizer here. Please write to me from an account of this one.',
    codeInRoom: 'Please send me codes in a direct chat, not in a room.',
    spoiltCode:
      'Everybody here has seen this code, so it is not good any more. Please ask for a new one and send it to me in a direct chat.',
    linkCode: (code, minutes) =>
      `Your code: ${code}\nWithin ${minutes} minutes, send it to me in a direct chat from your account on another platform; that account is then yours too. Show it to nobody: whoever sends it is you.`,
    signInLink: (url, minutes) => `Sign in to the web chat here (good for ${minutes} minutes, and once; please do not pass it on):\n${url}`,
    noPage: 'The web chat is off, so there is nothing to sign in to. To have it, set WEB_CHAT=on.',
    noAddress:
      'I do not know the address of the web chat: please set EMCEE_PUBLIC_URL, for example to https://bot.example.org, and restart me.',
    noHttps: 'Signing in needs https: please set EMCEE_PUBLIC_URL to an address that begins with https://.',
    fromYourChat: 'That cannot be done from the web. Please ask me in a direct chat from your own account.',
    signedOut: (count) => (count > 0 ? 'Done: you are signed out everywhere on the web.' : 'You were not signed in anywhere.'),
    organizers: (count) => (count === 1 ? 'There is one organizer:' : `There are ${count} organizers:`),
    noOrganizers: 'There are no organizers yet.',
    inSettings: 'in emcee.yaml',
    removeHint: 'To remove one, send "remove" and an address, for example "remove slack:person:U01".',
    removed: (name, accounts) => `Done: ${name} is no organizer any more (${accounts.join(', ')}), and is signed out everywhere.`,
    standsInSettings: (addresses) =>
      `${addresses.join(', ')} ${addresses.length === 1 ? 'stands' : 'stand'} in emcee.yaml, under organizers: please delete ${addresses.length === 1 ? 'it' : 'them'} there.`,
    noSuchOrganizer: (text) => `There is no organizer "${text}". Send "organizers" for the list, and take an address from there.`,
    whomToRemove: 'Who is to be removed? Write an address, for example "remove slack:person:U01". Send "organizers" for the list.',
    directOnly: 'Please ask me that in a direct chat, not in a room.',
    here: (line) => `Put this line into emcee.yaml under channels; name and tags are yours to choose:\n${line}`,
    hereAlready: (name) => `This room is in emcee.yaml already, as ${name}.`,
    hereInRoom: 'Mention me in the room that you mean and say "here": I then tell you its address.',
    channelName: 'a name for this room',
    notSure:
      'I have your message, but it is not finished yet, so I cannot say for sure whether it is done. Please wait a moment and send “progress” or “status” before you send it again.',
    nobodyLeft:
      'Now there is no organizer left. To get back in, run `emcee organizer invite` on the machine where I run, and send me the code in a direct chat.',
  },
};
