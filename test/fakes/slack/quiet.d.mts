import type { Logger } from '@slack/web-api';

export const quiet: Logger;
