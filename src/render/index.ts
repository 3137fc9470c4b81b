/** From the platform-neutral message to text: plain, or small Markdown parsed for the adapters; cutting and splitting. Pure. */

export { cutBytes, cutCharacters, splitBytes, splitCharacters } from './cut.js';
export { escapeMarkdown, type Inline, type MarkdownLine, parseMarkdown } from './markdown.js';
export { plainLink, plainMarkdown, plainText } from './plain.js';
export { cleanText, misleads, safeUrl, withoutMentions } from './safe.js';
