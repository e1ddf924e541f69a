import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { iterationId } from '../contracts/ids.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import { PLAN_WORKFLOW, type IterationPlan } from '../contracts/plan.ts';
import { runOnWorker } from './run-on-worker.ts';

/**
 * What an iteration with this input would do, as a worker sees it.
 *
 * @throws MaskloopError `WorkerSilent`, `CvatUnreachable`, `StoreUnreachable`, `TemporalUnreachable`
 */
export async function planIteration(
  { client, patienceMs }: { client: Client; patienceMs?: number },
  input: IterationInput,
): Promise<IterationPlan> {
  const id = iterationId(input);
  const workflowId = `plan:${id}:${randomUUID()}`;
  return runOnWorker<IterationPlan>(client, { type: PLAN_WORKFLOW, workflowId, args: [{ id, input }], id, patienceMs });
}
