// Opening one file that anybody may have put there: regular, of bounded size, UTF-8, and whole.
import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { stamp } from './listing.js';
import { problem } from './problems.js';
import type { Problem } from './types.js';

const MAX_BYTES = 1_048_576;

export type TextFile = { text: string; stamp: string } | { problem: Problem; stamp: string };

/** Reads a text file, never waiting for a pipe. Undefined when it is not there (any more). */
export function readTextFile(path: string): TextFile | undefined {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : { problem: cannotOpen(code ?? 'unknown'), stamp: '' };
  }
  try {
    const stat = fstatSync(handle);
    const mark = stamp(stat);
    if (!stat.isFile()) return { problem: cannotOpen('not a regular file'), stamp: mark };
    if (stat.size > MAX_BYTES) return { problem: tooLarge(stat.size), stamp: mark };
    // One byte more, so that a file that grows meanwhile is noticed.
    const bytes = Buffer.allocUnsafe(stat.size + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got)
      got = readSync(handle, bytes, length, bytes.length - length, null);
    const content = bytes.subarray(0, Math.min(length, stat.size));
    const wrong = mistakeIn(content);
    // Cut off while it was written: the stamp of a half file must not be taken for the whole.
    const current = length === stat.size ? mark : '';
    return wrong ? { problem: wrong, stamp: current } : { text: content.toString('utf8'), stamp: current };
  } catch (error) {
    return { problem: cannotOpen((error as NodeJS.ErrnoException).code ?? 'unknown'), stamp: '' };
  } finally {
    closeSync(handle);
  }
}

function mistakeIn(bytes: Buffer): Problem | undefined {
  const zero = bytes.indexOf(0);
  if (zero >= 0) return notText(lineAt(bytes, zero));
  if (isUtf8(bytes)) return undefined;
  let from = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(10, from);
    if (!isUtf8(bytes.subarray(from, end < 0 ? bytes.length : end))) return notUtf8(line);
    if (end < 0) return notUtf8(line);
    from = end + 1;
  }
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}

const cannotOpen = (reason: string) =>
  problem(
    0,
    'error',
    'file-unreadable',
    `It cannot be read (${reason}). See to its rights, or put a text file in its place.`,
    `无法读取（${reason}）。请检查权限，或换成文本文件。`,
  );

const tooLarge = (size: number) =>
  problem(
    0,
    'error',
    'file-size',
    `It is ${Math.ceil(size / 1024)} kB; a page may be ${MAX_BYTES / 1024} kB. Take out what is not text, or split it.`,
    `文件有 ${Math.ceil(size / 1024)} kB，一页最多 ${MAX_BYTES / 1024} kB。请去掉不是文字的内容，或拆成几页。`,
  );

const notText = (line: number) =>
  problem(
    line,
    'error',
    'file-nul',
    'There is a NUL character here, so this is no text in UTF-8. Save the page as UTF-8 in your editor.',
    '这里有 NUL 字符，不是 UTF-8 文本。请在编辑器里另存为 UTF-8。',
  );

const notUtf8 = (line: number) =>
  problem(
    line,
    'error',
    'file-utf8',
    'The text here is not UTF-8. Save the page as UTF-8 in your editor.',
    '这里的文字不是 UTF-8。请在编辑器里另存为 UTF-8。',
  );
