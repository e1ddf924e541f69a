import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { FailureCode } from '../../src/contracts/failures.ts';
import type { IterationInput, IterationStatus } from '../../src/contracts/iteration.ts';
import { statusQuery } from '../../src/contracts/messages.ts';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/search-attributes.ts';
import type { iterationWorkflow } from '../../src/workflows/iteration.ts';
import { iterationInput } from './iteration-input.ts';
import type { Rig } from './temporal/rig.ts';

export type IterationHandle = WorkflowHandleWithFirstExecutionRunId<typeof iterationWorkflow>;

/** Less than a test has, so that the status is told. */
const PATIENCE_MS = 45_000;

let started = 0;

/** Starts the workflow under an id of its own. */
export async function startIteration(
  rig: Rig,
  changes: Partial<IterationInput> = {},
  memo: Record<string, unknown> = {},
): Promise<IterationHandle> {
  started += 1;
  const input = iterationInput(changes);
  return rig.client.workflow.start<typeof iterationWorkflow>('iterationWorkflow', {
    workflowId: `SurgVU/Iteration_${started}`,
    taskQueue: rig.taskQueue,
    args: [input],
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.project, value: input.project },
      { key: SEARCH_ATTRIBUTES.connection, value: input.connection },
    ],
    memo,
  });
}

/** Asks for the status until it is as wanted. */
export async function untilStatus(
  handle: IterationHandle,
  wanted: (status: IterationStatus) => boolean,
  sleep: (ms: number) => Promise<unknown>,
): Promise<IterationStatus> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
    const status = await handle.query(statusQuery);
    if (wanted(status)) return status;
    await sleep(25);
  }
  throw new Error(`the iteration never came there: ${JSON.stringify(await handle.query(statusQuery))}`);
}

/** Asks until a person is to decide about a failure of this code. */
export async function untilAsked(
  handle: IterationHandle,
  code: FailureCode,
  sleep: (ms: number) => Promise<unknown>,
): Promise<IterationStatus> {
  return untilStatus(handle, ({ waitingFor, trouble }) => waitingFor === 'decision' && trouble?.code === code, sleep);
}
