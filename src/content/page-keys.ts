// Keys that only front matter can give: identity, address, status, and Hugo's draft and dates.
import { suggestion } from './did-you-mean.js';
import { problem } from './problems.js';
import { readPageRules } from './reminder-rules.js';
import type { EventStatus, PageKeys, Problem } from './types.js';
import { asText, isWebLink, textsOf } from './values.js';
import { readInstant } from './written-time.js';

const STATUS: Record<string, EventStatus> = {
  scheduled: 'scheduled',
  moved: 'moved',
  postponed: 'moved',
  rescheduled: 'moved',
  cancelled: 'cancelled',
  canceled: 'cancelled',
};

export function pageKeys(data: Record<string, unknown>, keyLine: (key: string) => number): { keys: PageKeys; problems: Problem[] } {
  const problems: Problem[] = [];
  const word = asText(data.status)?.toLowerCase() ?? 'scheduled';
  const status = Object.hasOwn(STATUS, word) ? STATUS[word] : undefined;
  const meant = status ? undefined : suggestion(word, Object.keys(STATUS));
  // Other sites have a `status` of their own (`published`, `done`): only what is nearly one of ours is a slip.
  if (meant) problems.push(unknownStatus(keyLine('status'), word, meant));
  const url = asText(data.url);
  const register = asText(data.register);
  const reminders = readPageRules(data.reminders);
  for (const { en, zh } of reminders.mistakes) problems.push(problem(keyLine('reminders'), 'error', 'reminder-rule', en, zh));
  return {
    keys: {
      id: asText(data.id)?.slice(0, 200) ?? null,
      url: url && (isWebLink(url) || /^\/(?!\/)/.test(url)) ? url : null,
      image: asText(data.image) ?? null,
      tags: tagsOf(data.tags),
      organizers: textsOf(data.organizers),
      register: register && isWebLink(register) ? register : null,
      status: status ?? 'scheduled',
      reminders: reminders.rules,
      draft: data.draft === true,
      publishAt: readInstant(data.publishDate ?? data.publishdate),
      expireAt: readInstant(data.expiryDate ?? data.expirydate),
    },
    problems,
  };
}

function tagsOf(value: unknown): string[] {
  const tags = textsOf(typeof value === 'string' ? value.split(/[,，、]/) : value);
  return [...new Set(tags)];
}

const unknownStatus = (line: number, word: string, meant: string) =>
  problem(
    line,
    'warning',
    'status-unknown',
    `'status: ${word}' is not known. Did you mean ${meant}? There are scheduled, moved and cancelled.`,
    `不认识“status: ${word}”。是不是想写 ${meant}？可用：scheduled、moved、cancelled。`,
  );
