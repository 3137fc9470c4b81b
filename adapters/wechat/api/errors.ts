// What WeChat's error codes mean for a message, and in words (developers.weixin.qq.com, Global_Return_Code).
import { SendError, type SendReason } from '../../../src/adapter.js';

type Sentence = Record<'zh' | 'en', string>;

interface Meaning {
  reason: SendReason;
  says: Sentence;
  /** Something that organizers can mend. */
  mend?: true;
  retryAfterMs?: number | 'tomorrow';
  scope?: 'adapter';
}

const MINUTE = 60_000;
const DAY = 24 * 3600_000;
const SHANGHAI = 8 * 3600_000;

const MEANINGS = new Map<number, Meaning>();
const means = (codes: number[], reason: SendReason, en: string, zh: string, more: Partial<Meaning> = {}) => {
  for (const code of codes) MEANINGS.set(code, { reason, says: { en, zh }, ...more });
};

means([-1], 'rate-limited', 'WeChat is busy', '微信系统繁忙', { retryAfterMs: 10_000 });
means(
  [40001, 40014, 42001],
  'signed-out',
  'WeChat refuses the access token, also a new one: does another program on this account fetch tokens too, or is WECHAT_APP_SECRET an old one?',
  '微信不接受 access_token，换新的也不行：是否有别的程序也在获取 token，或者 WECHAT_APP_SECRET 已经重置过？',
  { mend: true },
);
means([40013], 'signed-out', 'WeChat knows no such WECHAT_APP_ID', '微信不认识 WECHAT_APP_ID，请检查。', { mend: true });
means([40125], 'signed-out', 'WECHAT_APP_SECRET is wrong; it may have been reset', 'WECHAT_APP_SECRET 不对，可能已经重置。', {
  mend: true,
});
means(
  [40164],
  'signed-out',
  'this machine’s address is not on the IP list of the account: add it at mp.weixin.qq.com, “基本配置” → “IP白名单”',
  '这台机器的 IP 不在白名单里：请在 mp.weixin.qq.com 的“基本配置”→“IP白名单”中添加',
  { mend: true },
);
means([40003, 43004], 'unknown-target', 'no follower has this OpenID', '没有这个关注者');
means([40050, 45159, 40152], 'unknown-target', 'the account has no such tag', '公众号没有这个标签');
means([43019], 'not-allowed', 'the account has blocked this member', '这位用户在黑名单里');
means([43101], 'not-allowed', 'this member has not agreed to such messages', '用户没有同意接收这类消息');
means([48002], 'not-allowed', 'this member has turned messages off', '用户关闭了消息接收');
means([45002], 'too-long', 'the text is too long for WeChat', '文字超过微信的长度限制');
means([44004], 'refused', 'the text is empty', '文字为空');
means([45009], 'rate-limited', 'the day’s quota of this account is used up', '今天的接口调用次数已用完', {
  retryAfterMs: 'tomorrow',
  scope: 'adapter',
});
means(
  [45028],
  'refused',
  'no mass send is left for today, or for this month: those from the console count too',
  '群发次数已用完（在后台群发的也算）',
  { mend: true },
);
means([45011], 'rate-limited', 'too many requests at once', '请求过于频繁', { retryAfterMs: MINUTE, scope: 'adapter' });
means(
  [45015],
  'window-closed',
  'the member has not written for 48 hours, or follows no more',
  '用户 48 小时内没有发过消息，或者已经取消关注',
);
means(
  [45047],
  'window-closed',
  'five messages were sent since the member last wrote; WeChat allows no more',
  '用户上次发消息之后，客服消息已发满条数',
);
means([45066], 'rate-limited', 'the same mass send was asked for a moment ago', '同一条群发刚刚提交过', { retryAfterMs: MINUTE });
means([45067], 'refused', 'the id of the mass send is too long', '群发的 clientmsgid 太长');
means(
  [48001],
  'not-allowed',
  'this account may not use that part of the API (it needs a verified account): members still get their answers',
  '这个公众号没有该接口的权限（需要认证）；回复关键词不受影响',
);
means(
  [48004, 50002],
  'not-allowed',
  'WeChat has banned or restricted this account’s API: see the notices at mp.weixin.qq.com',
  '公众号接口被封禁或受限，请查看 mp.weixin.qq.com 的通知',
  { mend: true },
);

/** An answer of WeChat that says no. */
export class ApiError extends SendError {
  readonly code: number;
  readonly says: Sentence;
  /** Organizers can mend it. */
  readonly mend: boolean;

  /** @param said WeChat's own words: for 40164 they hold the address that has to be listed */
  constructor(code: number, said: string, now: number) {
    const known = MEANINGS.get(code);
    const address = code === 40164 ? / (\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]*:[\da-f:.]+)/i.exec(said)?.[1] : undefined;
    const more = address ? ` (${address})` : '';
    const says = known
      ? { en: `${known.says.en}${more}`, zh: `${known.says.zh}${more}` }
      : { en: `WeChat refuses it: ${plainWords(said)}`, zh: `微信拒绝了：${plainWords(said)}` };
    super(known?.reason ?? 'refused', `${says.en} (${code})`, {
      maybeSent: false,
      retryAfterMs: known?.retryAfterMs === 'tomorrow' ? untilTomorrow(now) : known?.retryAfterMs,
      retryScope: known?.scope,
    });
    this.code = code;
    this.says = says;
    this.mend = known?.mend === true;
  }
}

/** Milliseconds to the next midnight in China, where quotas begin anew. */
function untilTomorrow(now: number): number {
  return DAY - ((now + SHANGHAI) % DAY);
}

/** Without the request's id, and without anything that could be a token. */
function plainWords(said: string): string {
  return said
    .replace(/\s*rid: \S+/, '')
    .replace(/[\w-]{40,}/g, '…')
    .slice(0, 120);
}
