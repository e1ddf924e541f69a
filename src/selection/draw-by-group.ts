import { compareNames } from '../contracts/name-order.ts';
import { drawOf } from './draw.ts';
import type { PoolFrame } from './pool-frame.ts';

/** The frames of each group, in the order in which they were given. */
export function byGroup<F extends PoolFrame>(frames: readonly F[]): ReadonlyMap<string, readonly F[]> {
  const groups = new Map<string, F[]>();
  for (const frame of frames) {
    const group = groups.get(frame.group);
    if (group === undefined) groups.set(frame.group, [frame]);
    else group.push(frame);
  }
  return groups;
}

/**
 * All frames in a random order in which each group that has frames left is as likely to come next as any other, and each of
 * its frames as any other: a long video counts no more than a short one.
 *
 * The frames of a group stand in an order of their own, and the first, second, third … of them comes at the first, second,
 * third … point of a Poisson process of that group, all of the same rate; the gaps of such a process do not remember, which
 * makes every group equally likely at any place. So the order depends on the seed and the frames alone, not on how they were
 * listed, and without some of the frames none of the others comes later than before.
 *
 * @param seed any text
 */
export function drawByGroup<F extends PoolFrame>(frames: readonly F[], seed: string): readonly F[] {
  const timed = [...byGroup(frames)].flatMap(([group, members]) => {
    const drawn = members.map((frame) => ({ frame, rank: drawOf(seed, 'frame', frame.name) }));
    let time = 0;
    return drawn
      .toSorted((a, b) => a.rank - b.rank || compareNames(a.frame.name, b.frame.name))
      .map(({ frame }, place) => {
        time -= Math.log(1 - drawOf(seed, 'group', group, place));
        return { frame, time };
      });
  });
  return timed
    .toSorted((a, b) => a.time - b.time || compareNames(a.frame.name, b.frame.name))
    .map(({ frame }) => frame);
}
