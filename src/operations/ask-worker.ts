import { randomUUID } from 'node:crypto';
import { WorkflowFailedError, type Client } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import type { ZodType } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { isFailureCode } from '../contracts/failures.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { readFacts } from './facts.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/** Longer than the activities of such workflows may take with their tries. */
const PATIENCE_MS = 150_000;
/** Between the end of the workflow and the moment in which we hear of it. */
const LATENESS_MS = 10_000;

/**
 * Has a worker do one small thing that needs its credentials, by a workflow of its own, and waits for the answer.
 *
 * @param patienceMs how long a worker may take; two and a half minutes if left out
 * @throws MaskloopError what the workflow failed with, `WorkerSilent`, `TemporalUnreachable`
 */
export async function askWorker<T>(
  client: Client,
  { workflow, request, answer }: { workflow: string; request: unknown; answer: ZodType<T> },
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const workflowId = `${workflow}:${randomUUID()}`;
  const run = async (): Promise<T> => {
    const options = { workflowId, taskQueue: TASK_QUEUES.iterations, workflowExecutionTimeout: patienceMs };
    const given: unknown = await client.workflow.execute(workflow, { ...options, args: [request] });
    return answer.parse(given);
  };
  try {
    return await mapTemporalErrors({}, () => client.withDeadline(Date.now() + patienceMs + LATENESS_MS, run));
  } catch (error) {
    throw error instanceof WorkflowFailedError ? failureOf(error) : error;
  }
}

function failureOf(error: WorkflowFailedError): unknown {
  const { cause } = error;
  const reason = cause instanceof ActivityFailure ? cause.cause : cause;
  if (reason instanceof ApplicationFailure && isFailureCode(reason.type)) {
    return new MaskloopError(reason.type, reason.message, { facts: readFacts(reason.details?.[0]), cause: error });
  }
  if (!(reason instanceof TimeoutFailure)) return error;
  return new MaskloopError('WorkerSilent', 'No worker has answered in time.', { cause: error });
}
