// The pages for browsers: dist/web/chat.html, embed.js, and hashed files in assets/. Servers read them as they are.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('./adapters/web/page'),
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: at('./dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // A polyfill would put a script into the page, which its Content-Security-Policy forbids.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        chat: at('./adapters/web/page/chat.html'),
        'sign-in': at('./adapters/web/page/sign-in.html'),
        embed: at('./adapters/web/page/embed.ts'),
        events: at('./src/server/events.css'),
      },
      output: { entryFileNames: ({ name }) => (name === 'embed' ? 'embed.js' : 'assets/[name]-[hash].js') },
    },
  },
});
