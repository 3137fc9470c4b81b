import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';

/** A worker thread is no module of the test run: it is started from what was built (`npm test` builds first). */
const builtWorkers: Plugin = {
  name: 'built-workers',
  transform(code, id) {
    if (!id.endsWith('/src/store/sqlite/index.ts')) return undefined;
    const built = new URL('./dist/src/store/sqlite/index.js', import.meta.url).href;
    return code.replaceAll('import.meta.url', JSON.stringify(built));
  },
};

export default defineConfig({
  plugins: [builtWorkers],
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['test/**/*.test.ts'],
    // Most of the time is spent waiting: for processes, for a platform's pace.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
