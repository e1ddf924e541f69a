import { drawByGroup } from '../../../selection/draw-by-group.ts';
import type { PoolFrame } from '../../../selection/pool-frame.ts';
import { seedOf, type Selecting } from '../selecting.ts';

/** Takes frames at random: each group, then each frame of it, with the same chance. @returns how many it has taken */
export async function chooseRandom(
  selecting: Selecting,
  count: number,
  from: readonly PoolFrame[] = selecting.eligible,
): Promise<number> {
  const { draft, signal, report } = selecting;
  let taken = 0;
  for (const frame of drawByGroup(from, seedOf(selecting, 'random'))) {
    if (taken >= count) break;
    signal.throwIfAborted();
    const candidate = await draft.admit(frame);
    if (candidate === null) continue;
    draft.take(candidate, 'random', null);
    taken += 1;
    report({ phase: 'images', done: taken, total: count });
  }
  return taken;
}
