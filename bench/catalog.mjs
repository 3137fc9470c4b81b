// A catalog without pages: events with one code and one link each.
export const community = {
  name: 'bench',
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
};

export function eventOf(i) {
  return {
    id: `e${i}`,
    pages: [`events/e${i}.md`],
    title: `Meetup ${i}`,
    titles: {},
    language: 'zh',
    start: '2025-03-01T14:00',
    startBasis: 'key',
    end: null,
    timezone: 'Asia/Shanghai',
    location: '成都',
    online: null,
    status: 'scheduled',
    codes: [`code-${100_000 + i}`],
    codeFor: {},
    account: null,
    talks: [{ title: `议题 ${i}`, speakers: [{ name: '赵一', affiliation: null }], video: `https://example.org/v/${i}`, slides: null }],
    slides: [],
    videos: [],
    live: [],
    url: null,
    image: null,
    register: null,
    tags: [],
    organizers: [],
    reminders: null,
  };
}

export function catalogOf(events) {
  const codes = events.map((event, i) => ({
    code: event.codes[0],
    events: [event],
    links: [{ label: 'PPT', url: `https://example.org/${i}` }],
    purpose: 'slides',
  }));
  return {
    events,
    byId: new Map(events.map((event) => [event.id, event])),
    codes: new Map(codes.map((entry) => [entry.code, entry])),
    pages: [],
    problems: [],
  };
}
