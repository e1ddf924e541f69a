/** Labels that are remembered; some 100 bytes each. */
const MOST = 200_000;

/** Who has had which labels collected since the server began, and so may read them: a label does not say whose it is. */
export interface CollectedBy {
  has(who: string, sha256: string): boolean;
  add(who: string, sha256: string): void;
}

/** Remembers the last ones. */
export function collectedBy(): CollectedBy {
  const known = new Set<string>();
  return {
    has: (who, sha256) => known.has(keyOf(who, sha256)),
    add: (who, sha256) => {
      const key = keyOf(who, sha256);
      // What is collected again is as new as what is collected for the first time.
      known.delete(key);
      known.add(key);
      const [oldest] = known;
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
}

function keyOf(who: string, sha256: string): string {
  return `${sha256} ${who}`;
}
