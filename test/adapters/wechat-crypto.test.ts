// The signature and the envelope, against what WeChat publishes and against an implementation that is not ours.
import { randomBytes } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { describe, expect, test } from 'vitest';
import { Envelope } from '../../adapters/wechat/envelope.js';
import { isSigned, sign } from '../../adapters/wechat/signature.js';
import { AES_KEY, APP_ID, open, seal, TOKEN } from '../fakes/wechat/account.js';

/** Sample code that WeChat offers for download: WXBizMsgCryptTest.java and Sample.py. */
const JAVA = { appId: 'wxb11529c136998cb6', random: Buffer.from('aaaabbbbccccdddd') };
const SEALED =
  'hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=';

describe('what WeChat publishes comes out bit by bit', () => {
  test.each([
    ['我是中文abcd123', 'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=='],
    [
      '<xml><ToUserName><![CDATA[oia2Tj我是中文jewbmiOUlr6X-1crbLOvLw]]></ToUserName><FromUserName><![CDATA[gh_7f083739789a]]></FromUserName><CreateTime>1407743423</CreateTime><MsgType><![CDATA[video]]></MsgType><Video><MediaId><![CDATA[eYJ1MbwPRJtOvIEabaxHs7TX2D-HV71s79GUxqdUkjm6Gs2Ed1KF3ulAOA9H1xG0]]></MediaId><Title><![CDATA[testCallBackReplyVideo]]></Title><Description><![CDATA[testCallBackReplyVideo]]></Description></Video></xml>',
      'jn1L23DB+6ELqJ+6bruv23M2GmYfkv0xBh2h+XTBOKVKcgDFHle6gqcZ1cZrk3e1qjPQ1F4RsLWzQRG9udbKWesxlkupqcEcW7ZQweImX9+wLMa0GaUzpkycA8+IamDBxn5loLgZpnS7fVAbExOkK5DYHBmv5tptA9tklE/fTIILHR8HLXa5nQvFb3tYPKAlHF3rtTeayNf0QuM+UW/wM9enGIDIJHF7CLHiDNAYxr+r+OrJCmPQyTy8cVWlu9iSvOHPT/77bZqJucQHQ04sq7KZI27OcqpQNSto2OdHCoTccjggX5Z9Mma0nMJBU+jLKJ38YB1fBIz+vBzsYjrTmFQ44YfeEuZ+xRTQwr92vhA9OxchWVINGC50qE/6lmkwWTwGX9wtQpsJKhP+oS7rvTY8+VdzETdfakjkwQ5/Xka042OlUb1/slTwo4RscuQ+RdxSGvDahxAJ6+EAjLt9d8igHngxIbf6YyqqROxuxqIeIch3CssH/LqRs+iAcILvApYZckqmA7FNERspKA5f8GoJ9sv8xmGvZ9Yrf57cExWtnX8aCMMaBropU/1k+hKP5LVdzbWCG0hGwx/dQudYR/eXp3P0XxjlFiy+9DMlaFExWUZQDajPkdPrEeOwofJb',
    ],
  ])('%.20s', (message, sealed) => {
    const envelope = new Envelope(AES_KEY, JAVA.appId);
    expect(envelope.seal(message, JAVA.random)).toBe(sealed);
    expect(envelope.open(sealed)?.toString()).toBe(message);
  });

  test('a message from a member, signed and sealed', () => {
    expect(sign(TOKEN, '1409735669', '1320562132', SEALED)).toBe('5d197aaffba7e9b25a30732f161a50dee96bd5fa');
    expect(isSigned('5d197aaffba7e9b25a30732f161a50dee96bd5fa', SEALED, TOKEN, '1320562132', '1409735669')).toBe(true);
    expect(new Envelope(AES_KEY, APP_ID).open(SEALED)?.toString()).toMatch(
      /<Content><!\[CDATA\[abcdteT\]\]><\/Content>\n<MsgId>6054768590064713728</,
    );
  });

  test('the signature of an address check', () => {
    expect(sign('789', '456', '123')).toBe('f7c3bc1d808e04732adf679965ccc34ca7ae3441');
  });
});

test('an independent package opens what we seal, and seals what we open; so does the fake account', () => {
  for (const length of [0, 1, 11, 12, 31, 32, 33, 64, 1_000, 20_000]) {
    const key = randomBytes(32).toString('base64').slice(0, 43);
    const appId = `wx${randomBytes(8).toString('hex')}`;
    const envelope = new Envelope(key, appId);
    const message = [...'你好👋🏽 ]]> '.repeat(length)].slice(0, length).join('');
    expect(decrypt(key, envelope.seal(message))).toMatchObject({ message, id: appId });
    expect(envelope.open(encrypt(key, message, appId))?.toString()).toBe(message);
    expect(open(envelope.seal(message), { aesKey: key, appId })).toBe(message);
    expect(envelope.open(seal(message, { aesKey: key, appId }))?.toString()).toBe(message);
    const sealed = envelope.seal(message);
    expect(sign(TOKEN, '1', '2', sealed)).toBe(getSignature(TOKEN, '1', '2', sealed));
  }
});

test.each([undefined, '', 'abc', 'a'.repeat(40), 'A'.repeat(40), 'z'.repeat(40), '签'.repeat(40), 'a'.repeat(4_000)])(
  '%.8s is no signature',
  (given) => {
    expect(isSigned(given, TOKEN, '1', '2')).toBe(false);
  },
);
