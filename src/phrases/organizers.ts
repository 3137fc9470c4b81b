// What organizers are told without having asked.
import type { Language } from '../content/types.js';

export interface OrganizerPhrases {
  bundle(notices: readonly string[], more: number): string;
  codeWithoutLink(code: string): string;
  platformGone(name: string, reason: string): string;
  platformBack(name: string): string;
}

export const ORGANIZER_PHRASES: Record<Language, OrganizerPhrases> = {
  en: {
    bundle: (notices, more) =>
      [
        'For organizers:',
        ...notices.map((notice) => `- ${notice}`),
        ...(more > 0 ? [`- … and ${more} more: run \`emcee check\` to see all.`] : []),
      ].join('\n'),
    codeWithoutLink: (code) => `A member asked for ${code}, and its slides have no link yet. Add one to slides.yaml: ${code}: https://…`,
    platformGone: (name, reason) => `${name} cannot be reached: ${reason}. emcee keeps trying.`,
    platformBack: (name) => `${name} is connected again.`,
  },
  zh: {
    bundle: (notices, more) =>
      [
        '给组织者的提醒：',
        ...notices.map((notice) => `- ${notice}`),
        ...(more > 0 ? [`- ……还有 ${more} 条，运行 \`emcee check\` 查看全部。`] : []),
      ].join('\n'),
    codeWithoutLink: (code) => `有成员索取 ${code}，但课件还没有链接。请在 slides.yaml 里加一行：${code}: https://…`,
    platformGone: (name, reason) => `${name} 连接不上：${reason}。emcee 会继续重试。`,
    platformBack: (name) => `${name} 已重新连接。`,
  },
};

/** The same notice in every language: which one is told is known only when it goes out. */
export function inEveryLanguage(say: (phrases: OrganizerPhrases) => string): Record<Language, string> {
  return { en: say(ORGANIZER_PHRASES.en), zh: say(ORGANIZER_PHRASES.zh) };
}
