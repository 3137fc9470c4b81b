interface Message {
  text?: string;
  // biome-ignore lint/suspicious/noExplicitAny: blocks are any JSON
  blocks?: any[];
  // biome-ignore lint/suspicious/noExplicitAny: attachments too
  attachments?: any[];
}

export type Mention =
  | { type: 'user' | 'channel' | 'usergroup'; id: string; label?: string }
  | { type: 'broadcast'; range: 'here' | 'channel' | 'everyone'; label?: string };

export type Token =
  | Mention
  | { type: 'text'; text: string }
  | { type: 'link'; url: string; label?: string; bare?: true }
  | { type: 'date'; timestamp: number; format: string; link?: string; label: string };

export function parseMrkdwn(text: string): Token[];
/** Whom and what it mentions, in its text and in every text of its blocks that Slack reads as mrkdwn. */
export function mentionsIn(message: Message): Mention[];
/** Where it leads, by links and by buttons. */
export function linksIn(message: Message): string[];
/** The message as a person reads it; buttons without a link as "[label]". */
export function textOf(message: Message): string;
