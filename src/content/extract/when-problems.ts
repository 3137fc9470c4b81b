// What the lint says about days and hours.
import { problem } from '../problems.js';

export const say = {
  noYear: (line: number) =>
    problem(
      line,
      'warning',
      'start-no-year',
      'Nothing on the page tells the year of this day, or its weekday does not fit. Write the day with its year, or `start:` in the front matter.',
      '页面上看不出这个日期是哪一年，或者星期对不上。请写上年份，或在 front matter 里写 `start:`。',
    ),

  several: (line: number) =>
    problem(
      line,
      'warning',
      'start-several',
      'The page names days of several events, so none is taken as its start. Give each event its own page, or write `start:` in the front matter.',
      '页面上有好几个活动的日期，所以没有采用任何一个。请一个活动一个页面，或在 front matter 里写 `start:`。',
    ),

  recurring: (line: number) =>
    problem(
      line,
      'info',
      'start-recurring',
      'This repeats, so there is no single start. For reminders, give each date its own page with `start:`.',
      '这是定期活动，没有唯一的开始时间。需要提醒的话，请为每一次活动单独建一个页面并写 `start:`。',
    ),

  series: (line: number) =>
    problem(
      line,
      'info',
      'start-series',
      'The page names several days; the first one is its start, and reminders are for that day only. For the others, give each date its own page with `start:`.',
      '页面上有好几天的日期：以第一天为开始时间，也只在那一天之前提醒。其他几天需要提醒的话，请为每一天单独建一个页面并写 `start:`。',
    ),

  hourUnsure: (line: number) =>
    problem(
      line,
      'warning',
      'start-hour-unsure',
      'The hour may be in the morning or in the afternoon. Write it with 24 hours, such as 14:00.',
      '这个钟点可能是上午，也可能是下午。请用 24 小时制书写，例如 14:00。',
    ),

  weekday: (line: number, day: string) =>
    problem(
      line,
      'warning',
      'start-weekday',
      `${day} is another weekday than the one written here. Please check which of the two is right.`,
      `${day} 与这里写的星期对不上，请确认哪一个是对的。`,
    ),

  contradiction: (line: number, chosenLine: number) =>
    problem(
      line,
      'warning',
      'start-contradiction',
      `This is another time than the one in line ${chosenLine}. Please make them agree, or write \`start:\` in the front matter; until then the start waits for confirmation.`,
      `这里的时间与第 ${chosenLine} 行不一致。请改成一致，或在 front matter 里写 \`start:\`；在此之前，开始时间需要确认。`,
    ),

  open: (line: number) =>
    problem(
      line,
      'info',
      'start-open',
      'The day is still open here, so there is no start. Write the day once it is settled.',
      '这里的时间还没有确定，所以没有开始时间。确定之后请写上日期。',
    ),

  mixed: (line: number) =>
    problem(
      line,
      'warning',
      'start-order',
      'It cannot be told which number is the day and which is the month. Write the day as 2027-05-15.',
      '分不清哪个数字是日、哪个是月。请写成 2027-05-15 这样的日期。',
    ),
};
