// The conversation as a browser keeps it, in two tabs.
import { afterEach, expect, test, vi } from 'vitest';
import { Transcript } from '../../adapters/web/page/transcript.js';

function inBrowser(): void {
  const kept = new Map<string, string>();
  vi.stubGlobal('window', { addEventListener: () => undefined });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
}
afterEach(() => vi.unstubAllGlobals());

test('a post that is changed stays where it stood, whichever of its versions comes last', () => {
  inBrowser();
  const transcript = new Transcript();
  transcript.see(10, { text: '1 of 9' });
  transcript.see(11, { text: 'something else' });
  transcript.see(14, { text: '9 of 9' }, 10);
  const other = new Transcript();
  other.see(12, { text: '4 of 9' }, 10);
  for (const { entries } of [transcript, other]) {
    const texts = entries.map((entry) => (entry.from === 'bot' ? entry.message.text : ''));
    expect([...texts].sort()).toEqual(['9 of 9', 'something else']);
    expect(entries[0]?.id).toBe('post-10');
  }
  expect(other.seen).toBe(14);
});
