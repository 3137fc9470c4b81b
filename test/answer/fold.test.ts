import { expect, test } from 'vitest';
import { createAnswerer } from '../../src/answer/index.js';
import { asker, catalog, community, event } from './scene.js';

/** What members type for a code. All of it is the code. */
const EQUAL: [code: string, typed: string][] = [
  ['20231104', '２０２３１１０４'],
  ['20231104', ' 20231104 '],
  ['20231104', '　20231104　'],
  ['20231104', '2023 1104'],
  ['20231104', '2023-11-04'],
  ['20231104', '2023_11_04'],
  ['20231104', '2023–11–04'],
  ['20231104', '2023—11—04'],
  ['20231104', '2023‐11‑04'],
  ['20231104', '2023－11－04'],
  ['20231104', '2023＿11＿04'],
  ['20231104', '2023−11−04'],
  ['20231104', '“20231104”'],
  ['20231104', '‘20231104’'],
  ['20231104', '"20231104"'],
  ['20231104', '「20231104」'],
  ['20231104', '『20231104』'],
  ['20231104', '【20231104】'],
  ['20231104', '《20231104》'],
  ['20231104', '〈20231104〉'],
  ['20231104', '（20231104）'],
  ['20231104', '[20231104]'],
  ['20231104', '`20231104`'],
  ['20231104', '**20231104**'],
  ['20231104', '#20231104'],
  ['20231104', '/20231104'],
  ['20231104', '20231104。'],
  ['20231104', '20231104！'],
  ['20231104', '20231104?'],
  ['20231104', '20231104~'],
  ['20231104', '2023\u200B1104'],
  ['20231104', '2023\u200D1104'],
  ['20231104', '\uFEFF20231104'],
  ['20231104', '2023\u00AD1104'],
  ['20231104', '2023\u20601104'],
  ['20231104', '\u202E20231104\u202C'],
  ['20231104', '\u200F20231104'],
  ['20231104', '20231104\uFE0F'],
  ['20231104', '20231104\n'],
  ['20231104', '\t20231104\u0000'],
  ['20231104', '𝟐𝟎𝟐𝟑𝟏𝟏𝟎𝟒'],
  ['20231104', '２０２３　１１－０４'],
  ['kubecon18', 'KubeCon18'],
  ['kubecon18', 'KUBECON18'],
  ['kubecon18', 'ｋｕｂｅｃｏｎ１８'],
  ['kubecon18', 'Kube-Con 18'],
  ['kubecon18', 'kubecon_18'],
  ['kubecon18', 'ｋｕｂｅ\u200Bｃｏｎ18。'],
  ['CAFE', 'cafe'],
  ['café2024', 'cafe\u03012024'],
  ['café2024', 'CAFÉ 2024'],
  ['straße24', 'STRASSE24'],
  ['ﬁesta2024', 'fiesta2024'],
  ['2021 上海', '2021上海'],
  ['云原生成都0514', '雲原生成都0514'],
  ['云原生成都0514', '云原生 成都 0514'],
  ['云原生成都0514', '云原生成都０５１４'],
  ['云原生成都0514', '「雲原生成都」0514'],
  ['moonbox微信群交流', 'MoonBox微信群交流'],
  ['moonbox微信群交流', 'moonbox 微信群交流'],
  ['圖片直播', '图片直播'],
];

/** What looks alike and is something else. */
const UNEQUAL: [code: string, typed: string][] = [
  ['20231104', '20231114'],
  ['20231104', '2023110'],
  ['20231104', '202311040'],
  ['20231104', '20231140'],
  ['20231104', '０20231104'],
  ['20231104', '2023.11.04'],
  ['20231104', '2023+1104'],
  ['20231104', '٢٠٢٣١١٠٤'],
  ['20231104', '2O231104'],
  ['20231104', '2023l104'],
  ['0514', '514'],
  ['1024', '１０２'],
  ['kubecon18', 'kubecon'],
  ['kubecon18', 'kubecon 19'],
  ['kubecon18', 'кubecon18'],
  ['kubecon18', 'kubесon18'],
  ['istio1', 'ıstıo1'],
  ['istio1', 'İSTİO1'],
  ['istio1', 'lstio1'],
  ['CAFE', 'CAFÉ'],
  ['CAFE', 'САFЕ'],
  ['CAFE', 'CAFE2'],
  ['c++2024', 'c2024'],
  ['v1.0', 'v10'],
  ['云原生成都0514', '云原生成都0541'],
  ['云原生成都0514', '云原生成郡0514'],
  ['云原生成都0514', '云原生上海0514'],
  ['2021 上海', '2021 上每'],
  ['图片直播', '图片直拨'],
  ['a1b2c3', 'a1b2c4'],
];

const withCode = (code: string) =>
  asker(createAnswerer(catalog([event({ id: 'it', title: 'It', codes: [code], url: 'https://example.org/it' })]), community()));

test('the pairs are as many as promised', () => {
  expect(EQUAL.length).toBeGreaterThanOrEqual(60);
  expect(UNEQUAL.length).toBeGreaterThanOrEqual(30);
});

test.each(EQUAL)('%s is also %j', (code, typed) => {
  expect(withCode(code)(typed)).toMatchObject({ kind: 'code', events: ['it'] });
});

test.each(UNEQUAL)('%s is not %j', (code, typed) => {
  const answer = withCode(code)(typed);
  expect(answer.kind).not.toBe('code');
  expect(answer.reply?.card).toBeUndefined();
});

test('letter by letter comes before folded', () => {
  const ask = asker(
    createAnswerer(
      catalog([event({ id: 'big', title: 'Big', codes: ['GO2024'] }), event({ id: 'small', title: 'Small', codes: ['go2024'] })]),
      community(),
    ),
  );
  expect(ask('GO2024').events).toEqual(['big']);
  expect(ask('go2024').events).toEqual(['small']);
  expect(ask('Go 2024')).toMatchObject({ kind: 'choice', events: ['big', 'small'] });
  // In whatever order they are asked.
  expect(ask('GO2024').events).toEqual(['big']);
  expect(ask('go2024').events).toEqual(['small']);
});
