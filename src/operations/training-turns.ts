import type { Client } from '@temporalio/client';
import { MaskloopError, isMaskloopError } from '../contracts/error.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import {
  requestTurnSignal,
  TRAINING_TURNS_WORKFLOW,
  trainingTurnsId,
  trainingTurnsQuery,
  type Trainee,
  type TrainingTurns,
} from '../contracts/training-turns.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/** How long a worker may take to answer, in milliseconds. */
const QUERY_TIMEOUT_MS = 4000;

/**
 * Asks for a turn with the trainer at `address`. Returns the id of the workflow that gives it, which is started if
 * nobody else wants a turn.
 *
 * @throws MaskloopError `TemporalUnreachable`
 */
export async function requestTurn(client: Client, address: string, trainee: Trainee): Promise<string> {
  const workflowId = trainingTurnsId(address);
  await mapTemporalErrors({ id: trainee.id }, () =>
    client.workflow.signalWithStart(TRAINING_TURNS_WORKFLOW, {
      workflowId,
      taskQueue: TASK_QUEUES.iterations,
      args: [],
      signal: requestTurnSignal,
      signalArgs: [trainee],
    }),
  );
  return workflowId;
}

/**
 * Whether an iteration, with all runs that it was continued in, has ended; also if Temporal has forgotten it.
 *
 * @throws MaskloopError `TemporalUnreachable`
 */
export async function hasEnded(client: Client, { id, firstRunId }: Trainee): Promise<boolean> {
  try {
    const { status, raw } = await mapTemporalErrors({ id }, () => client.workflow.getHandle(id).describe());
    const first = raw.workflowExecutionInfo?.firstRunId || firstRunId;
    return status.name !== 'RUNNING' || first !== firstRunId;
  } catch (error) {
    if (isMaskloopError(error, 'IterationNotFound')) return true;
    throw error;
  }
}

/** Whose turn it is with a trainer, and who waits; null where nobody answers in time. */
export async function readTurns(client: Client, turnsId: string): Promise<TrainingTurns | null> {
  try {
    return await client.withDeadline(Date.now() + QUERY_TIMEOUT_MS, async () =>
      mapTemporalErrors({ id: turnsId }, () => client.workflow.getHandle(turnsId).query(trainingTurnsQuery)),
    );
  } catch (error) {
    if (error instanceof MaskloopError) return null;
    throw error;
  }
}
