import { createHash } from 'node:crypto';

/**
 * Chooses the frames that are measured and never trained on: those of the groups whose hash of `seed` and name, as a number
 * from 0 to 1, is below the share. So each group is decided by itself: the choice is the same at every try, does not follow
 * the order of a video, and stays when frames come and go. What that takes is that the share is met on average only.
 *
 * Two exceptions, by the smallest and the largest hash: where no group is below the share one is held out all the same, and
 * where all are one is not.
 *
 * @param fraction share of the groups, from 0 to 0.9; with 0, or a single group, nothing is held out
 * @param groupOf the group of a frame; each frame is one of its own if left out. A group is never split
 * @returns the names of the chosen frames
 */
export function chooseHeldOut(
  names: readonly string[],
  fraction: number,
  seed: string,
  groupOf: (name: string) => string = (name) => name,
): ReadonlySet<string> {
  const groups = [...new Set(names.map(groupOf))];
  if (fraction <= 0 || groups.length < 2) return new Set();
  const ranked = groups.map((group) => ({ group, rank: rankOf(seed, group) })).toSorted((a, b) => a.rank - b.rank);
  const below = ranked.filter(({ rank }) => rank < fraction).length;
  const count = Math.min(Math.max(below, 1), groups.length - 1);
  const chosen = new Set(ranked.slice(0, count).map(({ group }) => group));
  return new Set(names.filter((name) => chosen.has(groupOf(name))));
}

/** From 0 up to, not including, 1: the first 48 bits of the SHA-256. */
function rankOf(seed: string, group: string): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, group]))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}
