import { describe, expect, test } from 'vitest';
import { readBroadcastWish, readNumber } from '../../src/desk/broadcast-texts.js';

const propose = (say: unknown, more: object = {}) => ({ is: 'propose', say, to: [], except: [], everyone: false, ...more });

describe('what an organizer types for a broadcast', () => {
  test.each([
    ['群发 @成都 今晚七点见', propose({ text: '今晚七点见' }, { to: ['成都'], language: 'zh' })],
    ['群发@成都 今晚七点见', propose({ text: '今晚七点见' }, { to: ['成都'], language: 'zh' })],
    [
      '群发 ＠成都 ＠slack -@random\n第一行\n第二行',
      propose({ text: '第一行\n第二行' }, { to: ['成都', 'slack'], except: ['random'], language: 'zh' }),
    ],
    ['群发 @成都 @announce -c3 周六见', propose({ text: '周六见' }, { to: ['成都', 'announce'], except: ['c3'], language: 'zh' })],
    ['群发 @all -5 度，多穿点', propose({ text: '-5 度，多穿点' }, { to: ['all'], language: 'zh' })],
    ['broadcast @all - a list', propose({ text: '- a list' }, { to: ['all'], language: 'en' })],
    ['broadcast @announce See you @ the hall', propose({ text: 'See you @ the hall' }, { to: ['announce'], language: 'en' })],
    ['broadcast @"North Hall" Hi', propose({ text: 'Hi' }, { to: ['North Hall'], language: 'en' })],
    ['Broadcast @all', propose(undefined, { to: ['all'], language: 'en' })],
    ['群发', propose(undefined, { language: 'zh' })],
    ['群发 没有写目标', propose({ text: '没有写目标' }, { language: 'zh' })],
    [
      '群发 明天 9:30 @all +所有人 早上好',
      propose({ text: '早上好' }, { to: ['all'], everyone: true, at: { day: 1, time: '09:30' }, language: 'zh' }),
    ],
    [
      'broadcast @all 2026-12-01 18:00 Tonight',
      propose({ text: 'Tonight' }, { to: ['all'], at: { day: '2026-12-01', time: '18:00' }, language: 'en' }),
    ],
    ['公告 20231104', propose({ event: '20231104' }, { language: 'zh' })],
    ['announce 20231104 @成都 @slack', propose({ event: '20231104' }, { to: ['成都', 'slack'], language: 'en' })],
    ['announce Cloud Native Meetup @slack', propose({ event: 'Cloud Native Meetup' }, { to: ['slack'], language: 'en' })],
    ['公告 @成都 20231104', propose({ event: '20231104' }, { to: ['成都'], language: 'zh' })],
    ['发送 b7k2m #0123456789ab', { is: 'send', id: 'b7k2m', hash: '0123456789ab', language: 'zh' }],
    ['修改 b7k2m @成都 新的内容', { is: 'edit', id: 'b7k2m', text: '新的内容', to: ['成都'], except: [], language: 'zh' }],
    ['edit B7K2M new words', { is: 'edit', id: 'b7k2m', text: 'new words', to: [], except: [], language: 'en' }],
    ['丢弃 b7k2m', { is: 'discard', id: 'b7k2m', language: 'zh' }],
    ['停止', { is: 'stop', id: undefined, language: 'zh' }],
    ['stop b7k2m', { is: 'stop', id: 'b7k2m', language: 'en' }],
    ['继续群发', { is: 'resume', id: undefined, language: 'zh' }],
    ['resume', { is: 'resume', id: undefined, language: 'en' }],
    ['继续 b7k2m', { is: 'resume', id: 'b7k2m', language: 'zh' }],
    ['edit b7k2m now', { is: 'edit', id: 'b7k2m', text: '', to: [], except: [], at: null, language: 'en' }],
    ['修改 b7k2m 现在开始报名', { is: 'edit', id: 'b7k2m', text: '现在开始报名', to: [], except: [], language: 'zh' }],
    ['edit b7k2m -everyone', { is: 'edit', id: 'b7k2m', text: '', to: [], except: [], everyone: false, language: 'en' }],
    ['progress', { is: 'progress', id: undefined, language: 'en' }],
    ['草稿', { is: 'drafts', language: 'zh' }],
  ])('%s', (text, wish) => expect(readBroadcastWish(text)).toEqual(wish));

  test.each([
    '继续',
    'continue',
    '群发的消息怎么没收到',
    'broadcasting',
    '公告',
    'stop it please',
    '停车',
    '20231104',
    'edit the page',
    '报告厅在哪里',
    '',
  ])('%s is none', (text) => expect(readBroadcastWish(text)).toBeUndefined());

  test.each([
    ['4821', { number: '4821' }],
    [' ４８２１ ', { number: '4821' }],
    ['4821 2000', { number: '4821', count: 2000 }],
    ['4821，2000', { number: '4821', count: 2000 }],
    ['20231104', undefined],
    ['48', undefined],
    ['2023', undefined],
  ])('the number %s', (text, word) => expect(readNumber(text)).toEqual(word));
});
