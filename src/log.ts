import pino from 'pino';
import type { Logger } from './adapter.js';

const MASK = '***';
/** What secrets look like even where nobody told us of them: platform tokens, and credentials inside addresses. */
const SHAPES =
  /xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}|(?<=:\/\/[^\s:/@]{1,64}:)[^\s/@]{1,256}(?=@)|(?<=[?&](?:access_token|signature|msg_signature|secret|token)=)[^&\s"\\]+/g;

/** JSON lines on standard error; secrets are masked as the line leaves, wherever in it they stand. */
export function createLog(
  level: string,
  secrets: readonly string[] = [],
  write: (line: string) => void = (line) => process.stderr.write(line),
): Logger {
  // A secret inside JSON is escaped as JSON is.
  const known = secrets.filter((secret) => secret.length >= 4).map((secret) => JSON.stringify(secret).slice(1, -1));
  const mask = (line: string) => known.reduce((masked, secret) => masked.replaceAll(secret, MASK), line).replace(SHAPES, MASK);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: pino.stdSerializers.err },
    },
    { write: (line: string) => write(mask(line)) },
  );
}
