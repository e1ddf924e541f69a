import { MaskloopError } from '../../contracts/error.ts';
import type { LoopActivities } from '../../contracts/loop-activities.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import { durable } from '../durable.ts';
import type { LoopDependencies } from './loop-dependencies.ts';
import { policyChanges } from './policy-changes.ts';
import { readLoopPolicy } from '../../loop-file/policy/stored-policy.ts';

/** What cannot change while a loop runs. */
const FIXED = ['name', 'connection', 'project'] as const;

/** Refuses a policy that is not one of the loop. @throws MaskloopError `PolicyDiffers`, `InvalidLoopPolicy` */
export function createCheckPolicy({ store }: LoopDependencies): LoopActivities['checkPolicy'] {
  return durable(async ({ loop, policy: ref, now }) => {
    const policy = await readLoopPolicy(store, ref);
    const differing = FIXED.filter((field) => policy[field] !== loop[field]);
    if (differing.length === 0) {
      const before = await readLoopPolicy(store, now);
      requireSameBeginning(before, policy);
      return { changes: policyChanges(before, policy) };
    }
    const found = differing.map((field) => `${field} "${policy[field]}" instead of "${loop[field]}"`);
    throw new MaskloopError('PolicyDiffers', `The policy has ${found.join(' and ')}.`, {
      facts: Object.fromEntries(differing.map((field) => [field, policy[field]])),
    });
  });
}

/** The task of held-out frames comes before all others: frames of a group that models were trained on measure nothing. */
function requireSameBeginning(before: LoopPolicy, { heldOutTask }: LoopPolicy): void {
  if (before.heldOutTask !== null || heldOutTask === null) return;
  throw new MaskloopError(
    'PolicyDiffers',
    'The policy begins with a task of held-out frames (heldOutFrames), and the loop has begun without one.',
    { facts: { heldOutFrames: heldOutTask.frames } },
  );
}
