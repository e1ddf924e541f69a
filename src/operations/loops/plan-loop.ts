import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { loopId } from '../../contracts/ids.ts';
import { PLAN_LOOP_WORKFLOW, type LoopPlan } from '../../contracts/loop-plan.ts';
import type { LoopInput } from '../../contracts/loop.ts';
import { runOnWorker } from '../run-on-worker.ts';

/**
 * What the next iteration of a loop would do, as a worker sees it.
 *
 * @throws MaskloopError `WorkerSilent`, and what looking at pool, CVAT, trainer and store throws
 */
export async function planLoop(
  { client, patienceMs }: { readonly client: Client; readonly patienceMs?: number },
  loop: LoopInput,
): Promise<LoopPlan> {
  const id = loopId(loop);
  const args = [{ loop, policy: loop.policy }];
  return runOnWorker<LoopPlan>(client, {
    type: PLAN_LOOP_WORKFLOW,
    workflowId: `plan:${id}:${randomUUID()}`,
    args,
    id,
    patienceMs,
  });
}
