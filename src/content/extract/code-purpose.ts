// What a code gets, when it is not slides.

/** In the order of trust: slides first, for `PPT 及视频` is answered with slides. */
const PURPOSES: readonly (readonly [string, RegExp])[] = [
  ['slides', /ppt|pdf|幻灯|课件|讲义|演示文稿|演讲稿|slides?\b|\bdeck/i],
  ['source code', /源码|源代码|源碼|代码|demo|source code|\brepo/i],
  ['group', /进群|入群|加群|拉群|群聊|交流群|微信群|讨论群|群二维码|加入.{0,10}群|join.{0,20}(?:group|chat)/i],
  ['photos', /图片|照片|高清图|相册|合影|photos?\b|pictures?\b/i],
  ['papers', /论文|papers?\b/i],
  ['sign-up', /报名|签名|签署|参与方式|sign.?up|regist/i],
  ['recording', /视频|录像|录屏|回放|recordings?\b|videos?\b/i],
  ['prize', /抽奖|礼品|礼物|红包|周边|奖品|\bprize|\bgift/i],
  ['book', /电子书|书籍|白皮书|ebook|white ?paper/i],
  ['slides', /资料|文稿|材料|slide/i],
];

const HAN = /^\p{Script=Han}+$/u;
const find = (text: string) => PURPOSES.find(([, words]) => words.test(text))?.[0];

/** Null for slides, which is what most codes get; what stands after the code counts more than what stands before. */
export function purposeOf(code: string, after: string, before: string, heading: string): string | null {
  const clause = after.split(/[。！!\n]/)[0] ?? '';
  const own = find(clause) ?? find(before.slice(-80)) ?? find(heading) ?? (HAN.test(code) ? find(code) : undefined);
  return own === undefined || own === 'slides' ? null : own;
}
