/**
 * Numbers from 0 up to, not including, 1 that are the same for the same seed: xorshift with 32 bits and the shifts 13, 17, 5
 * (Marsaglia 2003, Journal of Statistical Software 8(14)).
 *
 * @param seed any text
 */
export function seededRandom(seed: string): () => number {
  let state = hashOf(seed);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** FNV-1a with 32 bits over UTF-16 code units (Fowler, Noll and Vo); never 0, where xorshift would stay. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash === 0 ? 1 : hash;
}
