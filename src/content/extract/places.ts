// Places whose names tell the zone. Longer names first where one contains another.

const ZONES: readonly (readonly [zone: string, names: string])[] = [
  ['Asia/Hong_Kong', '香港|hong kong'],
  ['Asia/Macau', '澳门|macau|macao'],
  ['Asia/Taipei', '台北|臺北|台湾|臺灣|新竹|高雄|台中|taipei|taiwan|hsinchu'],
  ['Asia/Singapore', '新加坡|singapore'],
  ['Asia/Tokyo', '东京|大阪|日本|横滨|京都|tokyo|osaka|kyoto|yokohama|japan'],
  ['Asia/Seoul', '首尔|韩国|seoul|korea'],
  ['Asia/Kolkata', '班加罗尔|孟买|新德里|印度(?!尼)|bangalore|bengaluru|mumbai|delhi|hyderabad|chennai|pune|kolkata|india'],
  ['Asia/Bangkok', '曼谷|泰国|bangkok|thailand'],
  ['Asia/Ho_Chi_Minh', '胡志明|越南|hanoi|ho chi minh|saigon|vietnam'],
  ['Asia/Jakarta', '雅加达|jakarta'],
  ['Asia/Kuala_Lumpur', '吉隆坡|马来西亚|kuala lumpur|malaysia'],
  ['Asia/Manila', '马尼拉|菲律宾|manila|philippines'],
  ['Asia/Dubai', '迪拜|dubai|abu dhabi'],
  ['Asia/Jerusalem', '特拉维夫|tel aviv|jerusalem|israel'],
  ['Europe/Istanbul', '伊斯坦布尔|istanbul|turkey|türkiye'],
  [
    'Asia/Shanghai',
    '北京|上海|广州|深圳|杭州|成都|南京|武汉|西安|重庆|苏州|天津|厦门|长沙|青岛|大连|珠海|郑州|合肥|福州|济南|沈阳|昆明|中国|beijing|shanghai|shenzhen|guangzhou|hangzhou|chengdu|nanjing|wuhan|chongqing|suzhou|tianjin|xiamen|dalian|zhuhai|china',
  ],
  [
    'Europe/London',
    '伦敦|英国|london|manchester|edinburgh|bristol|glasgow|cambridge, uk|oxford, uk|leeds|birmingham, uk|united kingdom|england|scotland',
  ],
  ['Europe/Dublin', '都柏林|爱尔兰|dublin|ireland'],
  ['Europe/Lisbon', '里斯本|lisbon|lisboa|porto\\b'],
  ['Europe/Paris', '巴黎|法国|paris|lyon|toulouse|marseille|nantes|grenoble|bordeaux|france'],
  [
    'Europe/Berlin',
    '柏林|慕尼黑|汉堡|法兰克福|德国|berlin|munich|münchen|hamburg|frankfurt|cologne|köln|stuttgart|leipzig|dresden|düsseldorf|germany',
  ],
  ['Europe/Amsterdam', '阿姆斯特丹|荷兰|amsterdam|rotterdam|utrecht|eindhoven|netherlands'],
  ['Europe/Brussels', '布鲁塞尔|brussels|ghent|antwerp|belgium'],
  ['Europe/Zurich', '苏黎世|日内瓦|瑞士|zurich|zürich|geneva|basel|lausanne|switzerland'],
  ['Europe/Vienna', '维也纳|vienna|wien\\b|austria'],
  ['Europe/Prague', '布拉格|prague|brno|czech'],
  ['Europe/Warsaw', '华沙|warsaw|krakow|kraków|wroclaw|poland'],
  ['Europe/Budapest', '布达佩斯|budapest|hungary'],
  ['Europe/Rome', '罗马|米兰|rome|milan|milano|turin|bologna|italy'],
  ['Europe/Madrid', '马德里|巴塞罗那|madrid|barcelona|valencia, spain|spain'],
  ['Europe/Stockholm', '斯德哥尔摩|stockholm|gothenburg|malmö|uppsala|sweden'],
  ['Europe/Oslo', '奥斯陆|oslo|norway'],
  ['Europe/Copenhagen', '哥本哈根|copenhagen|denmark'],
  ['Europe/Helsinki', '赫尔辛基|helsinki|finland'],
  ['Europe/Athens', 'athens, greece|greece'],
  ['Europe/Bucharest', 'bucharest|romania'],
  ['Europe/Kyiv', 'kyiv|kiev|ukraine'],
  ['Europe/Moscow', '莫斯科|moscow'],
  ['America/New_York', '纽约|波士顿|new york|nyc\\b|boston|washington,? d\\.?c|philadelphia|atlanta|pittsburgh|miami|brooklyn|raleigh'],
  ['America/Chicago', '芝加哥|奥斯汀|chicago|austin|dallas|houston|minneapolis|new orleans'],
  ['America/Denver', 'denver|boulder|salt lake city'],
  [
    'America/Los_Angeles',
    '旧金山|西雅图|洛杉矶|硅谷|圣何塞|san francisco|seattle|los angeles|san jose, ca|san diego|palo alto|mountain view|portland, or|silicon valley|sunnyvale',
  ],
  ['America/Toronto', '多伦多|toronto|ottawa|montreal|montréal'],
  ['America/Vancouver', '温哥华|vancouver'],
  ['America/Sao_Paulo', '圣保罗|são paulo|sao paulo|rio de janeiro'],
  ['America/Argentina/Buenos_Aires', 'buenos aires'],
  ['America/Mexico_City', 'mexico city|ciudad de méxico'],
  ['America/Bogota', 'bogotá|bogota'],
  ['Australia/Sydney', '悉尼|sydney|canberra'],
  ['Australia/Melbourne', '墨尔本|melbourne'],
  ['Australia/Brisbane', 'brisbane'],
  ['Australia/Perth', 'perth, australia|perth, wa'],
  ['Pacific/Auckland', 'auckland|wellington, n|new zealand'],
  ['Africa/Johannesburg', 'johannesburg|cape town|south africa'],
  ['Africa/Nairobi', 'nairobi|kenya'],
  ['Africa/Lagos', 'lagos, n|nigeria'],
  ['Africa/Cairo', 'cairo|egypt'],
];

const isLatin = (name: string) => /^[a-z]/.test(name);
const latinNames = (names: string) => names.split('|').filter(isLatin).join('|');
const hanNames = (names: string) =>
  names
    .split('|')
    .filter((name) => !isLatin(name))
    .join('|');
const never = /(?!)/;

const FORMS = ZONES.map(([zone, names]) => ({
  zone,
  latin: latinNames(names) ? new RegExp(`(?<![a-z])(?:${latinNames(names)})(?![a-z])`) : never,
  han: hanNames(names) ? new RegExp(hanNames(names)) : never,
}));
const ANY_LATIN = new RegExp(
  `(?<![a-z])(?:${ZONES.map(([, names]) => latinNames(names))
    .filter(Boolean)
    .join('|')})(?![a-z])`,
);
const ANY_HAN = new RegExp(
  ZONES.map(([, names]) => hanNames(names))
    .filter(Boolean)
    .join('|'),
);
const HAN = /[\u4e00-\u9fff]/;
const LATIN = /[a-z]{3}/;

/** The zone of the place that a short text names; null when it names none, or places in several zones. */
export function zoneOfPlace(place: string): string | null {
  const text = place.slice(0, 160).toLowerCase();
  const hasHan = HAN.test(text) && ANY_HAN.test(text);
  const hasLatin = LATIN.test(text) && ANY_LATIN.test(text);
  if (!hasHan && !hasLatin) return null;
  const zones = new Set(
    FORMS.filter(({ latin, han }) => (hasHan && han.test(text)) || (hasLatin && latin.test(text))).map(({ zone }) => zone),
  );
  return zones.size === 1 ? ([...zones][0] ?? null) : null;
}
