import { iterationId } from '../../contracts/ids.ts';
import type { LoopActivities, LoopPlace } from '../../contracts/loop-activities.ts';
import { loopTaskName } from '../../contracts/loop-task.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import { readLoopPolicy } from '../../loop-file/policy/stored-policy.ts';
import { durable } from '../durable.ts';
import type { LoopDependencies } from './loop-dependencies.ts';
import { nextNumber } from './next-number.ts';
import { numbersTaken } from './numbers-taken.ts';

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
 * @throws MaskloopError as {@link numbersTaken}; `TemporalUnreachable`
 */
export async function placeOfLoop(
  dependencies: LoopDependencies,
  { rules, from }: { readonly rules: LoopPolicy; readonly from: number | null },
  signal: AbortSignal,
): Promise<LoopPlace> {
  const { connection, project, taskName, pace } = rules;
  const found = nextNumber(rules, await numbersTaken(dependencies, rules, signal), from);
  if (found.begun) return { ...found, pace };
  // Somebody has started the iteration of this number: it is waited for.
  const id = iterationId({ connection, project, task: loopTaskName(taskName, found.number) });
  if ((await dependencies.standingOf(id)) === 'running') return { ...found, task: 'there', begun: true, pace };
  return { ...found, pace };
}
