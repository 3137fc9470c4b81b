// What organizers must know at once about the content.
export interface Alarm {
  en: string;
  zh: string;
}

export const ALARMS = {
  gone: (root: string, pages: number): Alarm => ({
    en: `The content folder ${root} is gone. The ${pages} pages that were there keep serving; put the folder back.`,
    zh: `内容目录 ${root} 不见了。原有的 ${pages} 个页面继续服务；请把目录放回去。`,
  }),
  back: (root: string): Alarm => ({
    en: `The content folder ${root} is back and is read again.`,
    zh: `内容目录 ${root} 回来了，已重新读取。`,
  }),
  tooManyGone: (files: readonly string[], all: number): Alarm => ({
    en: `${files.length} of ${all} pages are gone at once (${files.slice(0, 3).join(', ')}${files.length > 3 ? ' …' : ''}). They keep serving as they were; put them back, or restart emcee if they are meant to be gone.`,
    zh: `${all} 个页面里有 ${files.length} 个同时消失（${files.slice(0, 3).join('、')}${files.length > 3 ? ' …' : ''}）。它们按原样继续服务；请放回去，如果确实要删除，请重启 emcee。`,
  }),
};
