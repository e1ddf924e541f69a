import type { Principal } from '../access/principal.ts';

/** Hashes that are remembered; some 100 bytes each. */
const MOST = 200_000;

/** Which hashes each caller has to do with: a file does not say whose it is. */
export interface HashMemory {
  has(who: Pick<Principal, 'name'>, sha256: string): boolean;
  add(who: Pick<Principal, 'name'>, sha256: string): void;
}

/** Remembers the last ones since the server began. */
export function hashMemory(): HashMemory {
  const known = new Set<string>();
  return {
    has: (who, sha256) => known.has(keyOf(who, sha256)),
    add: (who, sha256) => {
      const key = keyOf(who, sha256);
      // What comes again is as new as what comes for the first time.
      known.delete(key);
      known.add(key);
      const [oldest] = known;
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
}

function keyOf({ name }: Pick<Principal, 'name'>, sha256: string): string {
  return `${sha256} ${name}`;
}
