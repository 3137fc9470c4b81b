/** The names in WeChat's queries that mean something. */
const NAMES = ['signature', 'timestamp', 'nonce', 'msg_signature', 'encrypt_type', 'echostr'] as const;

export type Query = Partial<Record<(typeof NAMES)[number], string>>;

/** Reads a query string; undefined when one of the names stands in it twice: nobody could say which of them was signed. */
export function readQuery(query: string): Query | undefined {
  const read: Query = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const known = NAMES.find((each) => each === name);
    if (known === undefined) continue;
    if (read[known] !== undefined) return undefined;
    read[known] = value;
  }
  return read;
}
