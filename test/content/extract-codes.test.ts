import { describe, expect, it } from 'vitest';
import { readCodes } from '../../src/content/extract/codes.js';
import { scan } from '../../src/content/scan.js';

const read = (body: string, data: Record<string, unknown> = {}) =>
  readCodes({ file: 'events/a.md', data, keyLine: () => 2, lines: scan(body, 1), language: 'zh' });

describe('a sentence that asks for a keyword', () => {
  it.each<[sentence: string, codes: string[], account: string | null]>([
    ['关注「云上沙龙」公众号，后台回复 `20240525` 即可下载 PPT。', ['20240525'], '云上沙龙'],
    ['关注「云上 Salon」公众号，回复关键词 `20240525`，获取 PPT 下载链接。', ['20240525'], '云上 Salon'],
    ['> 分享内容可关注 「云上沙龙」 公众号后台回复 “2024上海” 获取下载链接。', ['2024上海'], '云上沙龙'],
    ['关注公众号【云上沙龙】，后台回复关键词 `0514` 即可获取', ['0514'], '云上沙龙'],
    ['关注『云上沙龙』公众号，回复关键词“1024”，可获取本文 PPT。', ['1024'], '云上沙龙'],
    ['在【云上沙龙】微信公众号后台回复**“CAFE”**，即可下载完整PPT。', ['CAFE'], '云上沙龙'],
    ['请关注 CloudSalon 公众号，并在后台回复 `mesh` 即可获取', ['mesh'], 'CloudSalon'],
    ['Tips: Cloud Salon 公众号回复「**图片直播**」可获取现场照片', ['图片直播'], 'Cloud Salon'],
    ['## 打包下载，可在【云上沙龙】微信公众号后台回复“paper”。', ['paper'], '云上沙龙'],
    ['可以关注【云上沙龙】，后台回复缓存，获取源码。', ['缓存'], '云上沙龙'],
    ['关注公众号「云上沙龙」，回复【 2024 成都 】领取讲义', ['2024 成都'], '云上沙龙'],
    ['关注并回复 **kubecon24**', ['kubecon24'], null],
    ['公众号后台回复关键词\n`2024525`\n即可下载', ['2024525'], null],
    ['后台回复：**“周年 快乐”**\n\n即可获取链接', ['周年 快乐'], null],
    ['回复公众号：“**周年**”\n\n即可获取链接啦', ['周年'], null],
    ['后台回复 “上午场” 或 “下午场” 获取对应 PPT', ['上午场', '下午场'], null],
    ['关注公众号 云上沙龙 ，回复 0514 领取资料', ['0514'], '云上沙龙'],
    ['微信搜索公众号：云上沙龙，回复：k8s，获取资料', ['k8s'], '云上沙龙'],
    ['关注公众号「云上」，回复 <code>a_b-1</code> 获取', ['a_b-1'], '云上'],
    ['在公众号「云上沙龙」留言“进群”', ['进群'], '云上沙龙'],
    ['发送“PPT”到公众号「云上沙龙」获取', ['PPT'], '云上沙龙'],
    ['在我的公众号 **[云上沙龙](#公众号)** 后台回复“**面试**”即可获取', ['面试'], '云上沙龙'],
    ['公众号后台回复“  \n240525”获取工具地址', ['240525'], null],
    ['<p>扫描「云上沙龙」公众号二维码</p><p>在公众号后台回复：<strong>极客</strong></p>\n<p>获取详情</p>', ['极客'], '云上沙龙'],
    ['资料请关注微信公众号：云上沙龙，回复关键词：领取02', ['领取02'], '云上沙龙'],
    ['回复 `abc123` 下载 PPT', ['abc123'], null],
    ['| 资料 | 关注「云上沙龙」公众号，回复 `t1` 获取 |', ['t1'], '云上沙龙'],
    ['Follow our WeChat official account "Cloud Salon" and reply with `slides24` to get the slides.', ['slides24'], 'Cloud Salon'],
    ['Send the keyword **kcd24** to our official account “CNCF” to get the deck', ['kcd24'], 'CNCF'],
    ['关注公众号「云上沙龙」，号内回复 讲义 或 slides, 即可领取', ['讲义', 'slides'], '云上沙龙'],
    ['公众号回复 mesh 或 网格 或 demo，即可获取完整代码', ['mesh', '网格', 'demo'], null],
    ['公众号回复讲义或者视频，即可获取', ['讲义', '视频'], null],
    ['公众号回复 a1、b2、c3 领取资料', ['a1', 'b2', 'c3'], null],
    ['参考书(公众号回复 books 有资源)', ['books'], null],
    ['公众号回复 books，有资源', ['books'], null],
    ['公众号里回复 books 就有资源', ['books'], null],
    ['公众号回复 books 阅读', ['books'], null],
    ['想看的朋友，公众号后台回复 books。', ['books'], null],
    ['请回复“云上24”即可下载 PPT', ['云上24'], null],
    ['后台回复 `k8s24` 获取课件', ['k8s24'], null],
    ['获取 PPT 请回复「云上24」', ['云上24'], null],
    ['PPT 下载：回复 mesh24', ['mesh24'], null],
    ['想要本次讲义，回复「24」', ['24'], null],
    ['关注公众号：Cloud9推送最新的**干货**文章，进入公众号回复“1”加入**交流群**！', ['1'], 'Cloud9'],
    ['关注公众号：云上技术圈，回复“1”进群', ['1'], '云上技术圈'],
    ['微信公众号：Cloud技术圈每天分享一篇好文章，回复“1”进群', ['1'], 'Cloud技术圈'],
    ['下载可在【云上视觉】后台回复“2024”，即可收到。', ['2024'], '云上视觉'],
    ['在「云上视觉」微信公众号后台回复“2024”', ['2024'], '云上视觉'],
    ['关注我的公众号，回复“1”进群', ['1'], null],
  ])('%s', (sentence, codes, account) => {
    const facts = read(sentence);
    expect(facts.codes).toEqual(codes);
    expect(facts.account).toBe(account);
  });

  it('may stand in the description', () => {
    expect(read('', { description: '关注「云上沙龙」公众号，回复“2024”获取 PPT' }).codes).toEqual(['2024']);
  });
  it('counts once, and codes differ by each letter', () => {
    expect(read('关注「云上」公众号，回复 `2024 上海` 获取\n\n公众号后台回复 `2024上海` 获取，或回复 `2024 上海` 获取').codes).toEqual([
      '2024 上海',
      '2024上海',
    ]);
  });
});

describe('no keyword', () => {
  it.each([
    '进行切流、流量回复检查等操作以实现无损发布。',
    '使用 `KCCN19COMATF` 折扣码购票',
    '使用钉钉搜索群号：**34197075**，即可加入',
    '腾讯会议：411-8645-4113，会议密码：2024',
    '更多信息请关注本公众号后续报道。',
    '在【云上沙龙】公众号后台回复【想认领的文章名称】，我们会联系你',
    '直接回复【云上沙龙】公众号想认领的文章名称，即可加入',
    '关注**「云上沙龙」**，回复可领取的文章标题，即可加入',
    '欢迎大家向公众号留言提问，我们会筛选重点问题，通过周报的形式回复\n\n**1. 张三** 提问：',
    '回复 [issue](https://example.org/2) 你喜欢的方案编号，即可获取礼品',
    '在评论区回复“已转发”参与抽奖，关注公众号',
    '在 PR 中回复 `/lgtm` 即可合并',
    '如拒绝更新，则回复 `error_detail` 获取',
    '会发送 `DiscoveryRequest` 获取资源',
    '系统后台回复ok即可获取状态',
    '后台回复我们，获取更多信息',
    '公众号后台回复即可获取',
    '关注公众号后会自动回复“欢迎”，获取更多信息',
    '请在公众号后台回复「姓名+手机号」报名',
    '请回复：入群口令，申请进群',
    '```\n关注「云上」公众号，回复 `2024` 获取\n```',
    '<!-- 关注「云上」公众号，回复 `2024` 获取 -->',
    '程序会一直运行于服务器后台，再次查看只需输入 `less app.out`',
    '登录管理后台，输入 `admin` 即可查看',
    '进入后台，输入 `admin` 即可下载资料',
    '关注我们的后台服务，发送 `SIGTERM` 即可退出',
    '想退出后台进程，发送 `quit` 即可获取日志',
    '公众号后台回复 `tail -f app` 获取',
    '公众号后台回复 `/etc/hosts` 获取',
    '服务端回复 `ACK` 即可获取视频',
    '公众号回复 XML 格式的消息',
    '公众号回复 text 消息接口',
    'PPT 下载：回复可见',
    '资料下载：回复 1 楼',
    'Please reply with "yes" to this email to get a ticket',
    'Add `someone` as your friend and reply `hello` to join the group',
  ])('%s', (sentence) => expect(read(sentence).codes).toEqual([]));
});

describe('what a code gets', () => {
  it.each([
    ['关注「云上」公众号，回复 `a` 获取 PPT 和视频', undefined],
    ['关注「云上」公众号，回复 `a` 获取源码', 'source code'],
    ['关注「云上」公众号，回复 `a` 加入交流群', 'group'],
    ['关注「云上」公众号，回复 `a` 可获取现场高清图片', 'photos'],
    ['打包下载论文，关注「云上」公众号，回复 `a`', 'papers'],
    ['关注「云上」公众号，回复 `a` 观看回放', 'recording'],
    ['关注「云上」公众号，回复 `a` 获取链接', undefined],
    ['## 报名方式\n\n关注「云上」公众号，回复 `a`', 'sign-up'],
  ])('%s', (sentence, purpose) => expect(read(sentence).codeFor.a).toBe(purpose));

  it('may be what the code says', () => expect(read('关注「云上」公众号，回复“加群”').codeFor).toEqual({ 加群: 'group' }));
});

it('asks about a phrase that may be a code', () => {
  const { codes, problems } = read('1\n2\n添加小助手为好友，回复“进群暗号”即可进群');
  expect(codes).toEqual([]);
  expect(problems).toMatchObject([{ line: 3, level: 'info', rule: 'code-doubtful' }]);
});

describe('words before 公众号 that name nobody', () => {
  it.each(['本微信', '我们', '我的', '官方', '下方', '本'])('%s', (word) => {
    expect(read(`关注${word}公众号，后台回复“mesh24”获取 PPT`)).toMatchObject({ codes: ['mesh24'], account: null });
  });
});

describe('a code in brackets', () => {
  it('counts where the account was named further up, also above a heading', () => {
    const body = '欢迎关注《云上沙龙》公众号。\n\n## 一\n\n正文。\n\n## 二\n\n这份文档（回复“**网格文档**“获取），可以直接打开。';
    expect(read(body)).toMatchObject({ codes: ['网格文档'], account: '云上沙龙' });
  });

  it('is none where no account is named, or only further down', () => {
    expect(read('这份文档（回复“网格文档”获取），可以直接打开。').codes).toEqual([]);
    expect(read('这份文档（回复“网格文档”获取），可以打开。\n\n## 二\n\n正文。\n\n欢迎关注《云上沙龙》公众号。').codes).toEqual([]);
  });
});

it.each(['  ', '    ', '\\'])('a code stands in the next line after a hard break (%j)', (broken) => {
  expect(read(`可关注本微信公众号，回复关键词${broken}\n1153 领取备用资源。`)).toMatchObject({ codes: ['1153'], account: null });
});
