import { randomUUID } from 'node:crypto';
import { isNativeError } from 'node:util/types';
import { WorkflowFailedError, type Client } from '@temporalio/client';
import { DOCTOR_WORKFLOW, type DoctorRequest, type WorkerInspection } from '../contracts/doctor.ts';
import { MaskloopError } from '../contracts/error.ts';
import { startOnWorker } from './run-on-worker.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/** Time for the client to hear of the workflow's own end, in milliseconds. */
const HEARING_MS = 5000;

/**
 * Has one of the workers look at what it works with. Nothing of it is left running, and `list` does not show it.
 *
 * @param answerMs time that a worker has for its answer, in milliseconds; the workflow ends with it
 * @throws MaskloopError `WorkerSilent` if none answers in time or its answer failed, `TemporalUnreachable`
 */
export async function inspectWorker(
  client: Client,
  request: DoctorRequest,
  answerMs: number,
): Promise<WorkerInspection> {
  const id = `maskloop-doctor-${randomUUID()}`;
  const job = { type: DOCTOR_WORKFLOW, workflowId: id, args: [request], id, endsAfterMs: answerMs };
  try {
    return await mapTemporalErrors({ id }, () =>
      client.withDeadline(Date.now() + answerMs + HEARING_MS, async () =>
        (await startOnWorker<WorkerInspection>(client, job)).result(),
      ),
    );
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const reason = rootOf(error.cause);
    throw new MaskloopError('WorkerSilent', `No worker has looked at itself: ${reason}`, {
      facts: { reason },
      cause: error,
    });
  }
}

/** What is at the bottom of a failure. */
function rootOf(error: unknown): string {
  if (!isNativeError(error)) return 'no reason given';
  return error.cause === undefined ? error.message : rootOf(error.cause);
}
