import { byGroup } from './draw-by-group.ts';
import { drawOf } from './draw.ts';
import type { PoolFrame } from './pool-frame.ts';

/** Share of the groups that are held out where so many have enough frames. */
const SHARE = 0.2;

/**
 * The groups whose frames may be held out: at random a fifth of them, more where they have too few frames, but never more than
 * half, so that something is left to train on.
 *
 * @param frames how many frames are wanted
 * @returns at least one group, unless there are fewer than two
 */
export function heldOutGroups(pool: readonly PoolFrame[], frames: number, seed: string): ReadonlySet<string> {
  const groups = [...byGroup(pool)].map(([group, { length }]) => ({ group, length, rank: drawOf(seed, group) }));
  const most = Math.floor(groups.length / 2);
  const least = Math.min(most, Math.ceil(groups.length * SHARE), frames);
  const chosen = new Set<string>();
  let held = 0;
  for (const { group, length } of groups.toSorted((a, b) => a.rank - b.rank || (a.group < b.group ? -1 : 1))) {
    if (chosen.size >= most || (chosen.size >= least && held >= frames)) break;
    chosen.add(group);
    held += length;
  }
  return chosen;
}
