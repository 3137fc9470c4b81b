// Cities that members write in either language, whatever the page says.
import type { CommunityEvent } from '../content/catalog.js';
import { fold, foldWords } from './fold.js';

const NAMES =
  '北京 beijing 上海 shanghai 广州 guangzhou 深圳 shenzhen 成都 chengdu 杭州 hangzhou 苏州 suzhou 南京 nanjing 武汉 wuhan 西安 xian ' +
  '重庆 chongqing 天津 tianjin 长沙 changsha 厦门 xiamen 青岛 qingdao 大连 dalian 郑州 zhengzhou 合肥 hefei 福州 fuzhou 济南 jinan ' +
  '昆明 kunming 宁波 ningbo 无锡 wuxi 东莞 dongguan 佛山 foshan 珠海 zhuhai 沈阳 shenyang 哈尔滨 harbin 贵阳 guiyang 南宁 nanning ' +
  '海口 haikou 石家庄 shijiazhuang 太原 taiyuan 南昌 nanchang 兰州 lanzhou 温州 wenzhou 香港 hong_kong 澳门 macau 台北 taipei ' +
  '新加坡 singapore 东京 tokyo 首尔 seoul 伦敦 london 巴黎 paris 柏林 berlin 旧金山 san_francisco 纽约 new_york 悉尼 sydney';

const words = NAMES.split(' ');
const PAIRS = words.flatMap((chinese, at): [string, string][] =>
  at % 2 === 0 ? [[chinese, (words[at + 1] ?? '').replace('_', ' ')]] : [],
);

/** The other names of the cities in a text, given as folded words. */
export function otherCityNames(folded: readonly string[]): string[] {
  const text = ` ${folded.join(' ')} `;
  return PAIRS.flatMap(([chinese, english]) => {
    const has = { chinese: text.includes(chinese), english: text.includes(` ${english} `) };
    return has.chinese === has.english ? [] : [has.chinese ? english : chinese];
  });
}

/** One city with its names; `key` is for addresses. */
export interface City {
  key: string;
  zh: string;
  en: string;
}

const CITIES = PAIRS.map(([zh, name]): City => {
  const en = name === 'xian' ? "Xi'an" : name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  return { key: name.replace(' ', '-'), zh, en };
});
const BY_NAME = new Map(CITIES.flatMap((city) => [city.zh, fold(city.en)].map((name) => [name, city] as const)));
const CHINESE = CITIES.map(({ zh }) => zh).join('|');
const ENGLISH = CITIES.map(({ en }) => en.toLowerCase().replace(/[ ']/, ' ?')).join('|');
// 南京西路 is in Shanghai: a street that is called after a city tells nothing.
const STREET =
  '(?:[东西南北中][一二三]?)?(?:路|街|大街|大道)| (?:(?:east|west|north|south|middle) )?(?:road|rd|street|st|avenue|ave)(?![a-z])';
const CITY = new RegExp(`(?:${CHINESE}|(?<![a-z])(?:${ENGLISH})(?![a-z]))(?!${STREET})`);

/** The city that a text names first, given as folded words. */
function cityIn(folded: readonly string[]): City | undefined {
  const [name] = CITY.exec(folded.join(' ')) ?? [];
  return name === undefined ? undefined : BY_NAME.get(name.replace(' ', ''));
}

/** The city that is called so, in either language. */
export function cityNamed(name: string): City | undefined {
  return BY_NAME.get(fold(name));
}

/** Where an event is. The place is the surest; a title may tell of another city, and a tag of the whole series. */
export function cityOf({
  location,
  title,
  titles,
  tags,
}: Pick<CommunityEvent, 'location' | 'title' | 'titles' | 'tags'>): City | undefined {
  for (const text of [location ?? '', title, ...Object.values(titles), ...tags]) {
    const city = text === '' ? undefined : cityIn(foldWords(text));
    if (city) return city;
  }
  return undefined;
}
