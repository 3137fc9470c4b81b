// The part of the contract (adapter.ts) that is about a platform as a whole: its settings, what it makes of a message, what it can be asked.
import type { Adapter, Link, Outgoing, Sessions, Wire } from './adapter.js';

/** One setting from the environment. An adapter is on when all its settings that are not optional are there. */
export interface Setting {
  /** For people: what it is and where to find it. Goes into .env.example. */
  description: string;
  secret?: boolean;
  optional?: boolean;
  /** Used when the variable is not set. */
  default?: string;
  /** Returns the value to use, or throws an Error whose message says how to mend it. */
  parse?(value: string): unknown;
}

/** What a file or package of an adapter exports (as `default` or as names). Importing it never imports the SDK. */
export interface AdapterModule<Settings = Record<string, unknown>> {
  name: string;
  /** Environment variable → what it means; `settings` in `create` has the same keys. */
  settings: Record<string, Setting>;
  /** What is wrong with the settings taken together, and how to mend it; undefined: nothing. */
  mistake?(settings: Settings): string | undefined;
  /** When the presence of the settings does not tell whether the adapter is wanted (the console: only on a terminal). */
  enabled?(settings: Settings): boolean;
  /** The reply goes out in the response to the message itself (WeChat): emcee does not call `send` for it. */
  passive?: boolean;
  /**
   * What the platform knows of a sender. `account` (default): the same person for good. `visitor`: a browser, which is an organizer's
   * only while they are signed in.
   */
  senders?: 'account' | 'visitor';
  /** Pure: what this platform will get, cut to its limits. */
  format(message: Outgoing): Wire;
  /** Pure: what `format` cut off, as a message of its own: a member gets it with 更多. Only of use to a passive adapter. */
  rest?(message: Outgoing): Outgoing | undefined;
  /** The same as text, for `emcee ask --on`, previews and the frozen post. */
  preview(wire: Wire): string;
  create(settings: Settings, instance: string): Adapter;
  /** For `emcee doctor`: asks the platform whether everything is as it should be. Sends nothing. */
  examine?(settings: Settings, about: { publicUrl?: string }): Promise<Examined[]>;
  /** Why nobody can be an organizer by their id on this platform; undefined: ids can be trusted. */
  unstableIds?(settings: Settings): Record<'zh' | 'en', string> | undefined;
  /** Where channels have to be bound to rooms. Works beside the running adapter, over the same sessions. */
  rooms?(sessions: Sessions): RoomBinding;
  /**
   * The picture that has to be scanned to sign in, while that is waited for: for a terminal, or as SVG for a page. For signed-in organizers
   * and the operator only: whoever scans it decides whose account the bot is.
   */
  login?(sessions: Sessions, as: 'terminal' | 'svg'): Promise<string | undefined>;
  /** For `emcee import <name>-rules`: what the platform answers by itself, and will not any more once emcee does. */
  rules?: {
    /** The platform's own JSON. @throws Error that says in words how to mend it */
    fetch(settings: Settings): Promise<unknown>;
    /** @throws Error when it is not that JSON */
    read(json: unknown): AutoReplies;
  };
}

/** Automatic replies of a platform's own. */
export interface AutoReplies {
  keywords: { keyword: string; match: 'equal' | 'contain'; replies: AutoReply[] }[];
  /** To whoever has just joined or followed; plain text. */
  welcome?: string;
  /** To whatever is no keyword; plain text. */
  fallback?: string;
}

/** `other` is what cannot be taken along, in a word: image, voice. */
export type AutoReply = { text: string } | { link: Link } | { other: string };

/** A channel of emcee.yaml and the room that somebody in that room has bound to it. */
export interface BoundRoom {
  channel: string;
  topic: string;
  /** asked: organizers have to say which room it is now. */
  state: 'bound' | 'asked';
  /** What may be it, where that is asked. */
  candidates: { topic: string; members: number }[];
}

/** Rooms of a platform whose names anybody may change, and whose ids may not last. */
export interface RoomBinding {
  list(): Promise<BoundRoom[]>;
  /** What an organizer has to type in the room, and how long that counts. */
  bind(channel: string): Promise<{ say: string; forMs: number }>;
  /** An organizer says that the one candidate is the room; false: nothing is asked, or several fit. */
  confirm(channel: string): Promise<boolean>;
}

/** What an examination found; the message says how to mend it. */
export interface Examined {
  level: 'ok' | 'warning' | 'error';
  message: string;
}
