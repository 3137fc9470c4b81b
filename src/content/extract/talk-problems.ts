// What an organizer should know about the talks and links of a page.
import { problem } from '../problems.js';
import type { Problem, Source, Talk } from '../types.js';

/** Findings about what was read: talks without a speaker, recordings that cannot play. */
export function talkProblems({ lines, keyLine }: Source, facts: { talks: readonly Talk[] }, broken: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  for (const url of broken) {
    const part = url.replace(/^https?:/i, '');
    const at = lines.find((line) => line.text.includes(part))?.number ?? keyLine('section1');
    problems.push(
      problem(
        at,
        'warning',
        'video-id',
        `the recording's bvid is no Bilibili id (BV and ten signs): ${url}`,
        `录像链接的 bvid 不是有效的 B 站编号（BV 加十位字符）：${url}`,
      ),
    );
  }
  for (const talk of facts.talks) {
    if (talk.speakers.length) continue;
    const at = lines.find((line) => line.text.includes(talk.title))?.number ?? 0;
    problems.push(
      problem(at, 'info', 'talk-without-speaker', `nobody is named as the speaker of "${talk.title}"`, `没有读到《${talk.title}》的讲师`),
    );
  }
  return problems;
}
