import { createHash } from 'node:crypto';
import { isEqualText } from './constant-time.ts';
import type { TokenEntry } from './token-file.ts';

/** Name of whoever has the one token of MASKLOOP_TOKEN. */
const SHARED_NAME = 'operator';

/** A token that holds now. */
export interface KnownToken extends TokenEntry {
  /** True for the one token that many may share. */
  readonly isShared: boolean;
}

export interface KnownTokens {
  /** Null for a token that nobody has. */
  find(token: string): KnownToken | null;
  /** The token of this name, if it still holds and is the same. */
  still(name: string, isIt: (sha256: string) => boolean): KnownToken | null;
}

/**
 * The tokens that may log in.
 *
 * @param shared what MASKLOOP_TOKEN holds now; null for none. If it throws, that token holds no longer
 * @param entries those of the file
 */
export function knownTokens(shared: (() => string) | null, entries: () => readonly TokenEntry[]): KnownTokens {
  const all = (): readonly KnownToken[] => {
    const own = shared === null ? null : orNull(shared);
    const first: KnownToken[] =
      own === null
        ? []
        : [{ name: SHARED_NAME, sha256: sha256Of(own), role: 'operator', connections: null, isShared: true }];
    return [...first, ...entries().map((entry) => ({ ...entry, isShared: false }))];
  };
  // Every hash is compared, so that the time tells nothing.
  const match = (sha256: string): KnownToken | null =>
    all().reduce<KnownToken | null>((found, one) => (isEqualText(one.sha256, sha256) ? one : found), null);
  return {
    find: (token) => match(sha256Of(token)),
    still: (name, isIt) => all().find((one) => one.name === name && isIt(one.sha256)) ?? null,
  };
}

/** Lower-case hex SHA-256 of a token. */
export function sha256Of(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function orNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
