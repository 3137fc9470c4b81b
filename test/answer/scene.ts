// A small stage for conversations: events written in a line, questions asked in a line.
import { expect } from 'vitest';
import type { Link } from '../../src/adapter.js';
import { type Answer, type Answerer, createAnswerer, type Memory, type Question } from '../../src/answer/index.js';
import type { Catalog, CodeEntry, Community, CommunityEvent } from '../../src/content/catalog.js';
import { plainText } from '../../src/render/index.js';

interface Heard {
  toHear(expected: RegExp | string): void;
  toBeSilent(): void;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: vitest's own declaration
  interface Matchers<T = any> extends Heard {}
}

expect.extend({
  toHear(answer: Answer, expected: RegExp | string) {
    const text = said(answer);
    const pass = typeof expected === 'string' ? text.includes(expected) : expected.test(text);
    return { pass, message: () => `expected to hear ${expected}, heard:\n${text}` };
  },
  toBeSilent(answer: Answer) {
    return { pass: answer.reply === undefined && answer.kind === 'none', message: () => `expected silence, heard:\n${said(answer)}` };
  },
});

export function said(answer: Answer): string {
  return answer.reply ? plainText(answer.reply) : '(silence)';
}

export function community(changes: Partial<Community> = {}): Community {
  return {
    name: 'Cloud Native',
    timezone: 'Asia/Shanghai',
    language: 'zh',
    organizers: [],
    alerts: [],
    channels: [],
    reminders: [],
    digests: [],
    words: {},
    sources: [],
    site: null,
    slidesAfterDays: 7,
    publicSlides: false,
    sample: false,
    ...changes,
  };
}

export function event(changes: Partial<CommunityEvent> & { title: string }): CommunityEvent {
  const id = changes.id ?? `${changes.start?.slice(0, 10) ?? 'undated'}-${changes.title}`;
  return {
    id,
    pages: [`events/${id}.md`],
    titles: {},
    language: 'zh',
    start: null,
    startBasis: 'key',
    end: null,
    timezone: 'Asia/Shanghai',
    location: null,
    online: null,
    status: 'scheduled',
    codes: [],
    codeFor: {},
    account: null,
    talks: [],
    slides: [],
    videos: [],
    live: [],
    url: null,
    image: null,
    register: null,
    tags: [],
    organizers: [],
    reminders: undefined,
    ...changes,
  };
}

export function talk(title: string, speaker?: string, video: string | null = null, slides: string | null = null) {
  return { title, speakers: speaker ? [{ name: speaker, affiliation: null }] : [], video, slides };
}

/** `links`: what slides.yaml says. */
export function catalog(events: CommunityEvent[], links: Record<string, Link[]> = {}): Catalog {
  const codes = new Map<string, CodeEntry>();
  const written = new Map(Object.entries(links));
  const byCode = new Map<string, CommunityEvent[]>([...written.keys()].map((code) => [code, []]));
  for (const each of events) for (const code of each.codes) byCode.set(code, [...(byCode.get(code) ?? []), each]);
  for (const [code, on] of byCode) {
    const own = on.flatMap((each) => each.slides.map((url) => ({ label: '', url })));
    const purpose =
      on.map((each) => (Object.hasOwn(each.codeFor, code) ? each.codeFor[code] : undefined)).find((each) => each !== undefined) ?? 'slides';
    codes.set(code, { code, events: on, links: written.get(code) ?? (purpose === 'slides' ? own : []), purpose });
  }
  return { events, byId: new Map(events.map((each) => [each.id, each])), codes, pages: [], problems: [] };
}

export const NOW = new Date('2024-03-01T12:00:00Z');

/** Asks one answerer, each question by itself, in a direct chat unless told otherwise. */
export function asker(answerer: Answerer, usual: Partial<Question> = {}) {
  return (text: string, changes: Partial<Question> = {}): Answer =>
    answerer.answer({
      text,
      place: 'direct',
      addressed: true,
      role: 'member',
      sender: 'slack:person:U01',
      now: NOW,
      ...usual,
      ...changes,
    });
}

/** A conversation: what was offered is remembered, as the bot does. */
export function conversation(answerer: Answerer, usual: Partial<Question> = {}) {
  let memory: Memory | undefined;
  const ask = asker(answerer, usual);
  return (text: string, changes: Partial<Question> = {}): Answer => {
    const answer = ask(text, { memory, ...changes });
    if (answer.memory !== undefined) memory = answer.memory ?? undefined;
    return answer;
  };
}

/** Six past events and two to come, much as real pages have them. */
export function season(): Catalog {
  return catalog(
    [
      event({
        id: 'meetup-chengdu-20231104',
        title: '云原生 Meetup 成都站',
        titles: { en: 'Cloud Native Meetup Chengdu' },
        start: '2023-11-04T14:00',
        end: '2023-11-04T18:00',
        location: '成都市高新区天府五街',
        codes: ['20231104'],
        url: 'https://example.org/live/chengdu-20231104/',
        talks: [
          talk('KubeSphere 可插拔架构', '于爽', 'https://www.bilibili.com/video/BV1'),
          talk('Nydus 镜像加速', '严松', 'https://www.bilibili.com/video/BV2'),
          talk('OpenFunction 的函数触发器', '方阗', 'https://www.bilibili.com/video/BV3'),
          talk('云原生 FinOps 实践', '胡启明', 'https://www.bilibili.com/video/BV4'),
          talk('服务网格的落地', '张海立', 'https://www.bilibili.com/video/BV5'),
          talk('边缘计算与 AI', '李明', 'https://www.bilibili.com/video/BV6'),
        ],
      }),
      event({
        id: 'chengdu-0514',
        title: '云原生技术交流 Meetup 成都站',
        start: '2022-05-14T14:00',
        end: '2022-05-14T18:00',
        location: '成都',
        codes: ['云原生成都0514'],
        talks: [talk('开源 DevOps 工具链整合可以更简单', '胡涛', 'https://www.bilibili.com/video/BV7')],
      }),
      event({
        id: 'suzhou',
        title: '苏州站：云原生与开源',
        start: '2023-12-23T13:30',
        location: '苏州',
        codes: ['20231223'],
        videos: ['https://www.bilibili.com/video/BV8'],
      }),
      event({ id: 'shanghai', title: '上海站 Meetup', start: '2021-05-15', location: '上海', codes: ['2021 上海', '2021上海'] }),
      event({ id: 'kubecon', title: 'KubeCon 见闻', start: '2018-11-15', location: '上海', codes: ['kubecon18'] }),
      event({ id: 'photos', title: '前端大会', codes: ['图片直播'], codeFor: { 图片直播: 'photos' }, start: '2019-06-01' }),
      event({
        id: 'shenzhen-2036',
        title: '深圳站：AI 与云原生',
        start: '2036-05-17T14:00',
        end: '2036-05-17T18:00',
        location: '深圳南山',
        codes: ['sz2036'],
        register: 'https://example.org/register',
      }),
      event({
        id: 'online-2036',
        title: 'Online Night',
        language: 'en',
        start: '2036-06-19T19:00',
        timezone: 'Europe/Berlin',
        online: true,
        live: ['https://example.org/room'],
      }),
    ],
    {
      20231104: [{ label: '六个议题的 PPT', url: 'https://example.org/slides/20231104', password: 'ks11', note: '请用电脑打开' }],
      云原生成都0514: [{ label: 'PPT 合集', url: 'https://example.org/slides/0514' }],
      图片直播: [{ label: '', url: 'https://example.org/photos' }],
      kubecon18: [{ label: '', url: 'https://example.org/slides/kubecon18' }],
      PPT: [{ label: '全部 PPT', url: 'https://example.org/slides/all' }],
      handbook2: [{ label: '手册', url: 'https://example.org/handbook' }],
    },
  );
}

export function seasonAnswerer(changes: Partial<Community> = {}): Answerer {
  return createAnswerer(season(), community(changes));
}
