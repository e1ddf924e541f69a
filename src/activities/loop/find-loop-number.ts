import { MaskloopError } from '../../contracts/error.ts';
import { iterationId } from '../../contracts/ids.ts';
import type { LoopActivities, LoopPlace } from '../../contracts/loop-activities.ts';
import { loopTaskName } from '../../contracts/loop-task.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import { readLoopPolicy } from '../../loop-file/policy/stored-policy.ts';
import { durable } from '../durable.ts';
import type { LoopDependencies } from './loop-dependencies.ts';
import { nextNumber } from './next-number.ts';
import { numbersTaken, type NumbersTaken } from './numbers-taken.ts';

/** Finds where a loop begins, or goes on. */
export function createFindLoopNumber(dependencies: LoopDependencies): LoopActivities['findLoopNumber'] {
  return durable(async ({ policy, from }, { signal }) => {
    return placeOfLoop(dependencies, { rules: await readLoopPolicy(dependencies.store, policy), from }, signal);
  });
}

/**
 * Where a loop with this policy begins, or goes on; reads only.
 *
 * @param where.from the loop is known to have come to this number; null where nothing is known of it
 * @throws MaskloopError as {@link numbersTaken}; `PolicyDiffers` where the policy adds a task of held-out frames to a loop that
 *   has chosen others before; `TemporalUnreachable`
 */
export async function placeOfLoop(
  dependencies: LoopDependencies,
  { rules, from }: { readonly rules: LoopPolicy; readonly from: number | null },
  signal: AbortSignal,
): Promise<LoopPlace> {
  const { connection, project, taskName, pace } = rules;
  const taken = await numbersTaken(dependencies, rules, signal);
  if (from === null) requireHeldOutFirst(rules, taken);
  const found = nextNumber(rules, taken, from);
  if (found.begun) return { ...found, pace };
  // Somebody has started the iteration of this number: it is waited for.
  const id = iterationId({ connection, project, task: loopTaskName(taskName, found.number) });
  if ((await dependencies.standingOf(id)) === 'running') return { ...found, task: 'there', begun: true, pace };
  return { ...found, pace };
}

/** A loop that has ended goes on by what its file says now. Its held-out frames come first, or are those of another task. */
function requireHeldOutFirst({ name, heldOutTask }: LoopPolicy, { done, chosen }: NumbersTaken): void {
  if (heldOutTask === null || chosen.size === 0 || chosen.has(0) || done.has(0)) return;
  const numbers = [...chosen].toSorted((a, b) => a - b);
  throw new MaskloopError(
    'PolicyDiffers',
    `The policy begins with a task of held-out frames (heldOutFrames), and the loop "${name}" has chosen frames for ${numbers.length === 1 ? 'number' : 'numbers up to'} ${numbers.at(-1)} without one.`,
    { facts: { heldOutFrames: heldOutTask.frames, chosen: numbers.slice(-20) } },
  );
}
