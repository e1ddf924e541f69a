/** What the names of all messages begin with that are still to be sent. */
export const OPEN = 'notices/open/';

/** What the names of all messages begin with of which a person should know: perhaps not arrived, or certainly not. */
export const TROUBLE = 'notices/trouble/';

/** What the names of all messages begin with that are settled: the memory by which nothing is sent twice. */
export const SETTLED = 'notices/settled/';

/** Where a message is kept while it is to be sent. */
export function openName(key: string): string {
  return OPEN + key;
}

/** Where the end of a message is kept for a person to see. */
export function troubleName(key: string): string {
  return TROUBLE + key;
}

/** Where the end of a message is kept for good. */
export function settledName(key: string): string {
  return SETTLED + key;
}

/** Where one try is kept; it counts from 1. Without a number: what the names of all its tries begin with. */
export function tryName(key: string, number: number | null): string {
  return `notices/tries/${key}/${number ?? ''}`;
}
