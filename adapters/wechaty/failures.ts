import { SendError } from '../../src/adapter.js';
import { type Language, LIMITED, SAYS } from './words.js';

/** What WeChat says to an account that does too much. */
const TOO_OFTEN = /频繁|too (?:fast|often|frequent)|freq.*limit|ret(?:code)?\D{0,4}1205/i;
const REST_MS = 3600_000;

/** What a puppet's error while sending means. It tells little: the bytes may have left. */
export function failureOf(error: unknown, to: string, language: Language): SendError {
  const message = String((error as Error)?.message ?? error);
  if (TOO_OFTEN.test(message))
    return new SendError('rate-limited', LIMITED[language], {
      maybeSent: false,
      retryAfterMs: REST_MS,
      retryScope: 'adapter',
      cause: error,
    });
  return new SendError('unreachable', SAYS[language].unclear(to), { maybeSent: true, cause: error });
}
