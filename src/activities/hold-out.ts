import { createHash } from 'node:crypto';

/**
 * Chooses the frames that are measured and never trained on: those of the groups whose hash of `seed` and name is smallest,
 * until the share is reached, so that the choice is the same at every try and does not follow the order of a video.
 *
 * @param fraction share of the frames, from 0 to 0.9; above 0, at least one of two or more groups is held out
 * @param groupOf the group of a frame; each frame is one of its own if left out. A group is never split
 * @returns the names of the chosen frames; never all of them
 */
export function chooseHeldOut(
  names: readonly string[],
  fraction: number,
  seed: string,
  groupOf: (name: string) => string = (name) => name,
): ReadonlySet<string> {
  const wanted = fraction > 0 ? Math.max(1, Math.round(names.length * fraction)) : 0;
  const groups = new Map<string, string[]>();
  for (const name of names) groups.set(groupOf(name), [...(groups.get(groupOf(name)) ?? []), name]);
  const ranked = [...groups].map(([group, frames]) => ({ frames, rank: rankOf(seed, group) }));
  const ordered = ranked.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, Math.max(0, groups.size - 1));
  const chosen = new Set<string>();
  for (const { frames } of ordered) {
    if (chosen.size >= wanted) break;
    for (const name of frames) chosen.add(name);
  }
  return chosen;
}

function rankOf(seed: string, group: string): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, group]))
    .digest('hex');
}
