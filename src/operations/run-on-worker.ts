import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  TerminatedFailure,
  TimeoutFailure,
  WorkflowFailedError,
  type Client,
  type WorkflowHandle,
  type WorkflowHandleWithFirstExecutionRunId,
} from '@temporalio/client';
import { MaskloopError } from '../contracts/error.ts';
import { isFailureCode } from '../contracts/failures.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { readFacts } from './facts.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/** How long a worker may take to begin, in milliseconds. */
const PATIENCE_MS = 15_000;

/** Events of a run that no worker has touched: it was started, and its first task waits. */
const UNTOUCHED_EVENTS = 2;

export interface WorkerJob {
  /** Registered name of the workflow. */
  readonly type: string;
  readonly workflowId: string;
  readonly args: readonly unknown[];
  /** What it is about, for the text of an error. */
  readonly id: string;
  readonly patienceMs?: number | undefined;
  /** After this time Temporal ends the run, in milliseconds; never if absent. */
  readonly endsAfterMs?: number;
}

/** Starts a run for a worker. @throws MaskloopError `TemporalUnreachable`; `WorkflowExecutionAlreadyStartedError` */
export async function startOnWorker<R>(
  client: Client,
  { type, workflowId, args, id, endsAfterMs }: Omit<WorkerJob, 'patienceMs'>,
): Promise<WorkflowHandleWithFirstExecutionRunId<(...all: unknown[]) => Promise<R>>> {
  return mapTemporalErrors({ id }, () =>
    client.workflow.start<(...all: unknown[]) => Promise<R>>(type, {
      workflowId,
      taskQueue: TASK_QUEUES.iterations,
      args: [...args],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      ...(endsAfterMs === undefined ? {} : { workflowExecutionTimeout: endsAfterMs }),
    }),
  );
}

/**
 * Has a worker do something that needs its credentials, and waits for the result.
 *
 * @throws MaskloopError what the activity failed with, `WorkerSilent` if no worker begins or the one that did is gone, `AnswerTooSlow` if it
 *   takes longer than it may, `TemporalUnreachable`; `WorkflowExecutionAlreadyStartedError` if one of this id runs
 */
export async function runOnWorker<R>(client: Client, job: WorkerJob): Promise<R> {
  const { id, patienceMs = PATIENCE_MS } = job;
  const handle = await startOnWorker<R>(client, job);
  const silence = watchSilence(handle, patienceMs);
  try {
    return await mapTemporalErrors({ id }, () => handle.result());
  } catch (error) {
    if (!silence.met) throw failureIn(error, id);
    throw new MaskloopError('WorkerSilent', `No worker took the request for ${id} in time.`, { facts: { id } });
  } finally {
    silence.stop();
  }
}

/** Ends the run of a job that no worker takes: done later, it would surprise. */
function watchSilence(
  handle: Pick<WorkflowHandle, 'describe' | 'terminate'>,
  patienceMs: number,
): { readonly met: boolean; stop: () => void } {
  let met = false;
  const look = async (): Promise<void> => {
    const { historyLength } = await handle.describe();
    if (historyLength > UNTOUCHED_EVENTS) return;
    met = true;
    await handle.terminate('no worker took it');
  };
  // Whatever the look meets, the wait for the result meets as well.
  const timer = setTimeout(() => void look().catch(() => undefined), patienceMs);
  return {
    get met() {
      return met;
    },
    stop: () => clearTimeout(timer),
  };
}

/** The failure of the activity that the run ended with, in the words of the catalogue. */
function failureIn(error: unknown, id: string): unknown {
  if (!(error instanceof WorkflowFailedError)) return error;
  const inner = error.cause instanceof ActivityFailure ? error.cause.cause : error.cause;
  if (inner instanceof ApplicationFailure && isFailureCode(inner.type)) {
    return new MaskloopError(inner.type, inner.message, { facts: readFacts(inner.details?.[0]), cause: error });
  }
  const how = withoutWord(inner, error.cause instanceof ActivityFailure);
  if (how === null) return inner ?? error;
  const text = how === 'AnswerTooSlow' ? 'has not ended it in time' : 'is gone';
  return new MaskloopError(how, `The worker that took the request for ${id} ${text}.`, { facts: { id }, cause: error });
}

/** How a run ends whose worker has not said why: it took too long, or went away before its end. Null for any other end. */
function withoutWord(inner: unknown, isOfActivity: boolean): 'AnswerTooSlow' | 'WorkerSilent' | null {
  if (inner instanceof TimeoutFailure) {
    return isOfActivity && inner.timeoutType === 'START_TO_CLOSE' ? 'AnswerTooSlow' : 'WorkerSilent';
  }
  // How the SDK reports an activity whose worker shuts down.
  const isStopped = inner instanceof ApplicationFailure && inner.type === 'WorkerShutdown';
  return isStopped || inner instanceof CancelledFailure || inner instanceof TerminatedFailure ? 'WorkerSilent' : null;
}
