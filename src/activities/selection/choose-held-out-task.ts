import { MaskloopError } from '../../contracts/error.ts';
import { heldOutGroups } from '../../selection/held-out-groups.ts';
import { seedOf, type Selecting } from './selecting.ts';
import { chooseRandom } from './strategies/choose-random.ts';
import type { UsedFrames } from './used-frames.ts';

/**
 * Takes the frames of the loop's held-out task at random from a few groups of which nothing was used.
 *
 * @throws MaskloopError `HeldOutGroups` where there are fewer than two groups; `InvalidPolicy` where none is wanted
 */
export async function chooseHeldOutTask(selecting: Selecting, used: UsedFrames): Promise<void> {
  const { policy, eligible, pool } = selecting;
  if (policy.heldOutTask === null) {
    throw new MaskloopError('InvalidPolicy', `The loop "${policy.name}" has no held-out task.`, {
      facts: { loop: policy.name },
    });
  }
  const { frames } = policy.heldOutTask;
  const isUsed = (name: string): boolean => used.names.has(name) || used.hashes.has(pool.hashOf(name) ?? '');
  const begun = new Set(pool.frames.filter(({ name }) => isUsed(name)).map(({ group }) => group));
  const untouched = eligible.filter(({ group }) => !begun.has(group));
  const groups = heldOutGroups(untouched, frames, seedOf(selecting, 'held-out groups'));
  if (groups.size === 0) {
    throw new MaskloopError(
      'HeldOutGroups',
      `The pool has ${untouched.length} frames of groups that were not used, in fewer than two groups: none can be held out.`,
      { facts: { loop: policy.name, frames: untouched.length } },
    );
  }
  const held = untouched.filter(({ group }) => groups.has(group));
  await chooseRandom(selecting, frames, held);
}
