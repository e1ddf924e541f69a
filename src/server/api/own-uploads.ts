/** Hashes that are remembered; some 100 bytes each. */
const MOST = 200_000;

/** Who has uploaded what since the server began, so that an upload goes on where it broke off. */
export function uploadsOf(): { has(who: string, sha256: string): boolean; add(who: string, sha256: string): void } {
  const known = new Set<string>();
  return {
    has: (who, sha256) => known.has(keyOf(who, sha256)),
    add: (who, sha256) => {
      known.add(keyOf(who, sha256));
      const [oldest] = known;
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
}

function keyOf(who: string, sha256: string): string {
  return `${sha256} ${who}`;
}
