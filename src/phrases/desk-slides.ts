// What organizers hear about slides links and aliases that they set from a chat. Small Markdown; what is put into it is escaped before.
import type { Language } from '../content/types.js';

export interface DeskSlidesPhrases {
  help: string;
  onlyDirect: string;
  badLink: string;
  yes: string;
  no: string;
  /** What a choice between codes sends. */
  sayYes(token: string): string;
  sayNo(token: string): string;
  saySlides(code: string, token: string | undefined): string;
  sayRemove(code: string): string;
  sayNewCode(code: string, token: string): string;
  sayAlias(alias: string, code: string): string;
  isNewCode(code: string): string;
  preview(code: string, before: string): string;
  wasNothing: string;
  was(links: string): string;
  link(label: string, url: string, password: string | undefined): string;
  same(code: string): string;
  kept(code: string): string;
  taken(code: string): string;
  dropped: string;
  late: string;
  replaced: string;
  which: string;
  newCode(code: string): string;
  notSoCalled(text: string): string;
  shared(code: string, titles: readonly string[]): string;
  withoutCode(title: string): string;
  unknown(text: string): string;
  show(code: string, from: string): string;
  from: { chat(by: string, day: string): string; pages: string; nothing: string };
  takeBack(code: string): string;
  previewRemoval(code: string): string;
  notSetHere(code: string): string;
  aliasHelp: string;
  aliases(list: readonly string[], count: number): string;
  noAliases: string;
  alias(alias: string, code: string): string;
  aliasBroken(alias: string, code: string): string;
  aliasSet(alias: string, code: string, title: string, before: string | undefined): string;
  aliasSame(alias: string, code: string): string;
  aliasIsCode(alias: string): string;
  aliasIsWord(alias: string): string;
  aliasNear(alias: string, code: string, near: string, nearTitle: string): string;
  aliasUnknown(text: string): string;
  aliasRemoved(alias: string, code: string): string;
  noSuchAlias(alias: string): string;
}

export const DESK_SLIDES_PHRASES: Record<Language, DeskSlidesPhrases> = {
  zh: {
    help: '设置课件链接：课件 20231104 https://… 提取码 abcd。可以直接粘贴网盘的分享文字，一次可以有多个链接。查看：课件 20231104。撤回：删除课件 20231104。',
    onlyDirect: '请私聊我来设置，这里大家都看得见。这条消息里的链接如果还不想公开，可以先撤回消息。',
    badLink: '这里没有能用的链接。请写完整的网址，以 https:// 开头，例如：课件 20231104 https://… 提取码 abcd',
    yes: '是',
    no: '否',
    sayYes: (token) => `是 #${token}`,
    sayNo: (token) => `否 #${token}`,
    saySlides: (code, token) => `课件 ${code}${token === undefined ? '' : ` #${token}`}`,
    sayRemove: (code) => `删除课件 ${code}`,
    sayNewCode: (code, token) => `新口令 ${code} #${token}`,
    sayAlias: (alias, code) => `别名 ${alias} = ${code}`,
    isNewCode: (code) => `没有活动页面写着口令“${code}”，它会成为一个新口令。`,
    preview: (code, before) =>
      `成员发送“${code}”会看到下面的内容。${before}\n对吗？10 分钟内回复“是”保存，“否”不改。\n\n———— 成员看到的 ————`,
    wasNothing: '原来没有链接。',
    was: (links) => `原来是：\n${links}`,
    link: (label, url, password) => `- ${label}${label === '' ? '' : ' '}${url}${password === undefined ? '' : ` （提取码 ${password}）`}`,
    same: (code) => `“${code}”的课件已经是这些链接，不用改。`,
    kept: (code) => `好的，成员现在发送“${code}”就会收到新的链接。想撤回，回复“删除课件 ${code}”。`,
    taken: (code) => `好的，聊天里给“${code}”设置的链接已经撤回，又以 slides.yaml 和活动页面为准。`,
    dropped: '好的，没有改动。',
    late: '已经超过 10 分钟，没有改动。请把那条消息再发一次。',
    replaced: '这一条已经处理过，或者被后来的取代了，没有改动。需要的话请再发一次。',
    which: '你指的是哪一个？',
    newCode: (code) => `都不是，“${code}”是新口令`,
    notSoCalled: (text) => `“${text}”不能当口令：它对成员已经有别的意思，或者太长、只有符号。`,
    shared: (code, titles) =>
      `口令“${code}”写在几场活动上：${titles.join('、')}。成员发送时会被反问是哪一场，所以不能设置同一个链接。请先在页面上给每场一个自己的口令。`,
    withoutCode: (title) => `“${title}”还没有口令。请定一个，例如“课件 20231104 https://…”，并在活动页面的 codes: 里写上它。`,
    unknown: (text) => `没有找到“${text}”。请写活动的口令，例如“课件 20231104”。`,
    show: (code, from) =>
      `成员发送“${code}”现在会看到下面的内容（${from}）。要换链接，回复“课件 ${code} https://… 提取码 abcd”。\n\n———— 成员看到的 ————`,
    from: {
      chat: (by, day) => `${day} 由 ${by} 设置`,
      pages: '来自 slides.yaml 或活动页面',
      nothing: '还没有链接',
    },
    takeBack: (code) => `撤回：删除课件 ${code}`,
    previewRemoval: (code) =>
      `撤回之后，成员发送“${code}”会看到下面的内容。\n确定吗？10 分钟内回复“是”撤回，“否”不改。\n\n———— 成员看到的 ————`,
    notSetHere: (code) =>
      `“${code}”没有在聊天里设置过链接。slides.yaml 或活动页面上的链接请在那里改，或者用“课件 ${code} https://…”设置新的。`,
    aliasHelp: '设置别名：别名 成都ppt = 20231104。成员发送“成都ppt”就和发送“20231104”一样。查看：别名。删除：删除别名 成都ppt。',
    aliases: (list, count) =>
      `现有 ${count} 个别名：\n${list.map((each) => `- ${each}`).join('\n')}${count > list.length ? '\n……其余的请运行 `emcee alias list` 查看。' : ''}`,
    noAliases: '还没有别名。',
    alias: (alias, code) => `“${alias}”是“${code}”的别名。删除：删除别名 ${alias}`,
    aliasBroken: (alias, code) =>
      `“${alias}”是“${code}”的别名，但“${code}”现在不是口令。请改成别的：别名 ${alias} = 口令，或者：删除别名 ${alias}`,
    aliasSet: (alias, code, title, before) =>
      `好的，成员现在发送“${alias}”就和发送“${code}”一样${title === '' ? '' : `（${title}）`}。${before === undefined ? '' : `原来它指“${before}”。`}想撤回，回复“删除别名 ${alias}”。`,
    aliasSame: (alias, code) => `“${alias}”已经是“${code}”的别名，不用改。`,
    aliasIsCode: (alias) => `“${alias}”本身就是口令，不能再当别名。请换一个说法。`,
    aliasIsWord: (alias) => `“${alias}”不能当别名：它对我已经有别的意思，或者太长、只有符号。请换一个说法。`,
    aliasNear: (alias, code, near, nearTitle) =>
      `“${alias}”和口令“${near}”${nearTitle === '' ? '' : `（${nearTitle}）`}只差一个字，成员容易打错。仍然要让它指“${code}”吗？10 分钟内回复“是”或“否”。`,
    aliasUnknown: (text) => `没有找到口令“${text}”。请写已有的口令，例如“别名 成都ppt = 20231104”。`,
    aliasRemoved: (alias, code) => `好的，别名“${alias}”已删除。想恢复，回复“别名 ${alias} = ${code}”。`,
    noSuchAlias: (alias) => `没有别名“${alias}”。回复“别名”查看全部。`,
  },
  en: {
    help: 'To set a link: slides 20231104 https://… password abcd. You can paste the text that a netdisk gives you, with several links at once. To see it: slides 20231104. To take it back: remove slides 20231104.',
    onlyDirect:
      'Please write to me directly for that: everybody can read this room. If the link in your message is not public yet, you may want to delete the message.',
    badLink: 'There is no link here that works. Write the whole address, with https:// in front: slides 20231104 https://… password abcd',
    yes: 'Yes',
    no: 'No',
    sayYes: (token) => `yes #${token}`,
    sayNo: (token) => `no #${token}`,
    saySlides: (code, token) => `slides ${code}${token === undefined ? '' : ` #${token}`}`,
    sayRemove: (code) => `remove slides ${code}`,
    sayNewCode: (code, token) => `new code ${code} #${token}`,
    sayAlias: (alias, code) => `alias ${alias} = ${code}`,
    isNewCode: (code) => `No event page names the code "${code}"; it will be a new one.`,
    preview: (code, before) =>
      `Members who send "${code}" will see what follows. ${before}\nIs that right? Within 10 minutes, reply "yes" to keep it, "no" to change nothing.\n\n———— What members see ————`,
    wasNothing: 'There was no link before.',
    was: (links) => `Before, it was:\n${links}`,
    link: (label, url, password) => `- ${label}${label === '' ? '' : ' '}${url}${password === undefined ? '' : ` (password ${password})`}`,
    same: (code) => `"${code}" has these links already; there is nothing to change.`,
    kept: (code) => `Done: members who send "${code}" get the new links from now on. To take them back, reply "remove slides ${code}".`,
    taken: (code) => `Done: the links set for "${code}" in a chat are taken back; slides.yaml and the event's page count again.`,
    dropped: 'All right, nothing is changed.',
    late: 'That was more than 10 minutes ago, so nothing is changed. Please send that message once more.',
    replaced:
      'That has been dealt with already, or something newer has taken its place; nothing is changed. Send it once more if you need it.',
    which: 'Which one do you mean?',
    newCode: (code) => `None of these: "${code}" is a new code`,
    notSoCalled: (text) => `"${text}" cannot be a code: it means something else to members already, or it is too long, or only signs.`,
    shared: (code, titles) =>
      `The code "${code}" stands on several events: ${titles.join(', ')}. Members who send it are asked which one they mean, so it cannot get one link. Give each event a code of its own on its page first.`,
    withoutCode: (title) =>
      `"${title}" has no code yet. Choose one, for example "slides 20231104 https://…", and write it under codes: on the event's page too.`,
    unknown: (text) => `There is nothing called "${text}". Write the event's code, for example "slides 20231104".`,
    show: (code, from) =>
      `Members who send "${code}" see what follows (${from}). To change the links, reply "slides ${code} https://… password abcd".\n\n———— What members see ————`,
    from: {
      chat: (by, day) => `set by ${by} on ${day}`,
      pages: "from slides.yaml or the event's page",
      nothing: 'no link yet',
    },
    takeBack: (code) => `To take it back: remove slides ${code}`,
    previewRemoval: (code) =>
      `Once the links are taken back, members who send "${code}" will see what follows.\nIs that right? Within 10 minutes, reply "yes" to do it, "no" to change nothing.\n\n———— What members see ————`,
    notSetHere: (code) =>
      `No links were set for "${code}" in a chat. Change those of slides.yaml or of the event's page there, or set new ones: slides ${code} https://…`,
    aliasHelp:
      'To set an alias: alias chengdu-ppt = 20231104. Whoever sends "chengdu-ppt" gets what "20231104" gets. To see all: alias. To remove one: remove alias chengdu-ppt.',
    aliases: (list, count) =>
      `There are ${count} aliases:\n${list.map((each) => `- ${each}`).join('\n')}${count > list.length ? '\n… `emcee alias list` shows the others.' : ''}`,
    noAliases: 'There are no aliases yet.',
    alias: (alias, code) => `"${alias}" is an alias of "${code}". To remove it: remove alias ${alias}`,
    aliasBroken: (alias, code) =>
      `"${alias}" is an alias of "${code}", but "${code}" is no code now. Change it: alias ${alias} = CODE, or: remove alias ${alias}`,
    aliasSet: (alias, code, title, before) =>
      `Done: whoever sends "${alias}" gets what "${code}" gets${title === '' ? '' : ` (${title})`}.${before === undefined ? '' : ` Before, it stood for "${before}".`} To take it back, reply "remove alias ${alias}".`,
    aliasSame: (alias, code) => `"${alias}" is an alias of "${code}" already; there is nothing to change.`,
    aliasIsCode: (alias) => `"${alias}" is a code itself, so it cannot be an alias. Please choose another word.`,
    aliasIsWord: (alias) =>
      `"${alias}" cannot be an alias: it means something else to me already, or it is too long, or only signs. Please choose another word.`,
    aliasNear: (alias, code, near, nearTitle) =>
      `"${alias}" is one slip away from the code "${near}"${nearTitle === '' ? '' : ` (${nearTitle})`}, which members may mean. Shall it stand for "${code}" all the same? Reply "yes" or "no" within 10 minutes.`,
    aliasUnknown: (text) => `There is no code "${text}". Write one that is there, for example "alias chengdu-ppt = 20231104".`,
    aliasRemoved: (alias, code) => `Done: the alias "${alias}" is removed. To have it back, reply "alias ${alias} = ${code}".`,
    noSuchAlias: (alias) => `There is no alias "${alias}". Reply "alias" to see all.`,
  },
};
