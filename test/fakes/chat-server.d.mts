export interface ChatPost {
  id: string;
  target: string;
  text: string;
  /** The sender's own id of the delivery. */
  key?: string;
  /** When it was posted, for all to see. */
  at: number;
  /** When its request came, and the how-manieth request that was. */
  arrivedAt: number;
  arrival: number;
}

export interface ChatViolation {
  /** rate: over a limit of the platform. overlap: two posts to one target under way. order: a smaller number after a larger one. */
  kind: 'rate' | 'overlap' | 'order';
  target: string;
  key?: string;
  at: number;
  why: string;
}

export type ChatFault = keyof typeof import('./chat-faults.mjs').FAULTS;

export interface ChatSettings {
  /** Whom it knows. */
  targets: string[];
  limits: { target?: { count: number; perMs: number }; app?: { count: number; perMs: number }; graceMs?: number };
  /** Probability of each fault; what is left goes well. */
  faults: Partial<Record<ChatFault, number>>;
  /** Faults of the next sends, in order, before any is drawn. */
  next: ChatFault[];
  /** The header of every 429: as it is, 'missing', 'date', or not set: the right number of seconds. */
  retryAfter?: string;
  historyFault: number;
  /** A post is found by read-back only so long after it was made. */
  historyLagMs: number;
  refusals: string[];
  lateMs: number;
  slowMs: number;
  /** A pattern whose first group is a number in the text that has to grow within each target. */
  order?: string;
}

export interface ChatServer {
  url: string;
  /** Every accepted post, in the order of acceptance. */
  posts: ChatPost[];
  violations: ChatViolation[];
  /** May be changed while it runs; from another process: POST /settings. */
  settings: ChatSettings;
  counts: { requests: number; ambiguous: number } & Partial<Record<ChatFault, number>>;
  close(): Promise<void>;
}

export function startChatServer(options?: { seed?: number; port?: number } & Partial<ChatSettings>): Promise<ChatServer>;
