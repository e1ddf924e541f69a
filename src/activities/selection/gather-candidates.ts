import { createLooks } from '../../selection/alike.ts';
import { drawByGroup } from '../../selection/draw-by-group.ts';
import type { PoolFrame } from '../../selection/pool-frame.ts';
import type { Candidate } from './draft.ts';
import type { FrameViews } from './frame-views.ts';
import { seedOf, type Selecting } from './selecting.ts';

/** Frames that are read and decoded at once. */
const AT_ONCE = 8;

/**
 * Frames to be scored. Half of them are drawn anew, half as the new ones of the number before were: those that are left of
 * them have a prediction of the model before, so that two models can be compared, and each is a candidate twice at most.
 * Frames of a group that look alike, or like one that was used, are drawn once.
 */
export async function gatherCandidates(
  selecting: Pick<Selecting, 'policy' | 'number' | 'eligible' | 'draft' | 'signal' | 'report'> & {
    readonly views: FrameViews;
  },
): Promise<readonly Candidate[]> {
  const { policy, number, eligible, draft, signal, report, views } = selecting;
  const { candidates: wanted, thinning } = policy.selection;
  const looks = createLooks(thinning);
  const found = new Map<string, Candidate>();

  async function addFrom(order: readonly PoolFrame[], enough: number): Promise<void> {
    for (let start = 0; start < order.length && found.size < enough; start += AT_ONCE) {
      signal.throwIfAborted();
      const part = order.slice(start, start + AT_ONCE).filter(({ name }) => !found.has(name));
      await Promise.all(part.map(async ({ name }) => views.view(name)));
      for (const frame of part) {
        const candidate = found.size < enough ? await draft.admit(frame, looks) : null;
        if (candidate === null) continue;
        found.set(frame.name, candidate);
        looks.add(frame.group, candidate.view.grey);
      }
      report({ phase: 'images', done: found.size, total: Math.min(wanted, eligible.length) });
    }
  }

  await addFrom(drawByGroup(eligible, seedOf(selecting, 'candidates', number - 1)), Math.floor(wanted / 2));
  await addFrom(drawByGroup(eligible, seedOf(selecting, 'candidates', number)), wanted);
  return [...found.values()];
}
