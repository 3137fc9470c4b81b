/** The message as plain text: every link is printed, whatever the platform makes of the rest. Pure. */

export { cutBytes, cutCharacters } from './cut.js';
export { plainText } from './plain.js';
