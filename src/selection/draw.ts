/** Start of the first hash: FNV's own. Of the second: any other odd number. */
const STARTS = [0x811c9dc5, 0x9e3779b1] as const;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 code units (Fowler, Noll and Vo), then murmur3's finalizer (Appleby): near texts are far apart. */
function hashOf(text: string, start: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A number from 0 up to, not including, 1 for some keys: always the same for the same keys, and as if drawn at random for
 * others. What is drawn for one frame does not depend on which frames there are besides.
 *
 * @returns 53 bits of two hashes
 */
export function drawOf(...keys: readonly (string | number)[]): number {
  const text = JSON.stringify(keys);
  const [high, low] = [hashOf(text, STARTS[0]), hashOf(text, STARTS[1])];
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}
