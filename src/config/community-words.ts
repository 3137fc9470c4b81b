// What each setting of emcee.yaml should be, as the end of a sentence.
export const EXPECTED = {
  text: { en: 'should be a text.', zh: '应为一段文字。' },
  boolean: { en: 'should be true or false.', zh: '应为 true 或 false。' },
  list: { en: 'should be a list: one item a line, with - in front.', zh: '应为列表：一行一项，前面写 -。' },
  map: { en: 'should be keys with values: one `key: value` a line.', zh: '应为键和值：一行一个 `key: value`。' },
  community: { en: "should be the community's name.", zh: '应为社区的名称。' },
  timezone: {
    en: 'should be the full name of a time zone, such as Asia/Shanghai or Europe/Berlin.',
    zh: '应为时区的全名，例如 Asia/Shanghai 或 Europe/Berlin。',
  },
  language: { en: 'should be zh or en.', zh: '应为 zh 或 en。' },
  address: {
    en: "should be an address such as slack:person:U01; each person's is told by sending whoami to the bot.",
    zh: '应为地址，例如 slack:person:U01；给机器人发“我是谁”就能看到自己的地址。',
  },
  mentioner: {
    en: "should be a person's address, such as slack:person:U01, or a user of the command line, such as cli:alice.",
    zh: '应为某个人的地址，例如 slack:person:U01；或命令行的用户，例如 cli:alice。',
  },
  channel: { en: 'should have a name and an address.', zh: '应有 name 和 address。' },
  'channel-name': { en: 'should be a name of your own for this channel.', zh: '应为你给这个频道起的名字。' },
  'channel-address': {
    en: 'should be an address such as slack:room:C01, or a name on the platform such as slack:#events.',
    zh: '应为地址（例如 slack:room:C01）或平台上的名字（例如 slack:#events）。',
  },
  tag: { en: 'should be a tag: one word in quotes or without.', zh: '应为标签：一个词。' },
  quiet: { en: 'should be the quiet hours, such as 22:00-08:00.', zh: '应为安静时段，例如 22:00-08:00。' },
  rooms: { en: 'should be exact or mention.', zh: '应为 exact 或 mention。' },
  reminder: { en: 'should be a rule such as { before: 1d, to: [announce] }.', zh: '应为规则，例如 { before: 1d, to: [announce] }。' },
  'reminder-when': { en: 'should have exactly one of before, at, after and on.', zh: '应在 before、at、after、on 中恰好写一个。' },
  digest: {
    en: "should be a rule such as { cron: '0 9 * * 1', to: [announce] }.",
    zh: "应为规则，例如 { cron: '0 9 * * 1', to: [announce] }。",
  },
  span: { en: 'should be a span of time such as 30m, 2h, 1d or 1w.', zh: '应为时长，例如 30m、2h、1d、1w。' },
  cron: {
    en: "should be five fields in quotes, such as '0 9 * * 1', that come true, at most once an hour.",
    zh: "应为带引号的五个字段，例如 '0 9 * * 1'，最多每小时一次。",
  },
  'moment-at': { en: 'should be start: { at: start }.', zh: '应为 start：{ at: start }。' },
  'moment-on': { en: 'should be published: { on: published }.', zh: '应为 published：{ on: published }。' },
  template: {
    en: 'should name nothing but {title}, {when}, {where}, {link}, {register}, {code} and {videos} in braces.',
    zh: '花括号里只能写 {title}、{when}、{where}、{link}、{register}、{code}、{videos}。',
  },
  'digest-text': {
    en: 'should be plain words without braces: they stand above the list of events, which is made by itself, with no names to fill in.',
    zh: '应为不带花括号的一段话：它写在活动列表上面，列表会自动生成，这里没有可以填入的名字。',
  },
  hour: { en: "should be an hour of the day in quotes, such as '09:00'.", zh: "应为带引号的钟点，例如 '09:00'。" },
  'short-span': { en: 'should be a span of time such as 30s, 10m or 2h.', zh: '应为时长，例如 30s、10m、2h。' },
  minutes: { en: 'should be some minutes, such as 5m.', zh: '应为分钟数，例如 5m。' },
  source: {
    en: 'should be a folder with a glob, such as ../website/content/zh/**/*.md.',
    zh: '应为带通配符的目录，例如 ../website/content/zh/**/*.md。',
  },
  site: { en: 'should be the web address of the site, or { base, root }.', zh: '应为网站地址，或 { base, root }。' },
  'web-address': { en: 'should be a web address that begins with https://.', zh: '应为以 https:// 开头的网址。' },
  days: { en: 'should be a number of days.', zh: '应为天数。' },
} as const;

export type Expectation = keyof typeof EXPECTED;
