import { MaskloopError } from '../contracts/error.ts';
import type { BackgroundRequest } from '../cvat/background-request.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { compareTimes } from '../cvat/times.ts';
import type { Running } from './durable.ts';
import { changedJobs, type JobTimes } from './last-look.ts';

/** Time for taking a request back; the activity is ending. */
const TAKE_BACK_MS = 5000;

/** An import that was asked for, and what its task looked like directly before. */
export interface OwnImport {
  readonly taskId: number;
  readonly requestId: string;
  readonly shapes: number;
  /** Null where an earlier try asked for it, so that nothing is known of the moment before. */
  readonly times: JobTimes | null;
  readonly deadlineMs: number;
}

/** Waits for an import, ours or another's, as long as CVAT works on it. @throws MaskloopError `ImportStuck` */
export async function settleImport(
  cvat: Cvat,
  { requestId, shapes, deadlineMs }: Pick<OwnImport, 'requestId' | 'shapes' | 'deadlineMs'>,
  { signal, report }: Running,
): Promise<BackgroundRequest> {
  return cvat.waitForRequest(requestId, {
    signal,
    deadlineMs,
    onPoll: ({ status }) => {
      if (status === 'queued' || status === 'started') report({ phase: 'import', state: status, shapes });
    },
  });
}

/**
 * Waits for our own import. An import that waits in CVAT's queue replaces what the task holds when its turn comes, so
 * while it waits the jobs are watched: at the first change it is taken back. It is taken back as well by whoever stops
 * waiting.
 *
 * @returns null if it was taken back since somebody wrote to a job
 * @throws MaskloopError `ImportStuck`; `ImportRaced` if somebody wrote and it could not be taken back any more
 */
export async function settleOwnImport(
  cvat: Cvat,
  own: OwnImport,
  { signal, report }: Running,
): Promise<BackgroundRequest | null> {
  const { taskId, requestId, shapes, times, deadlineMs } = own;
  let changed: JobTimes = new Map();
  const watch = async ({ status }: BackgroundRequest): Promise<void> => {
    if (status !== 'queued' && status !== 'started') return;
    report({ phase: 'import', state: status, shapes });
    if (status !== 'queued' || times === null || changed.size > 0) return;
    changed = await changedJobs(cvat, taskId, times, signal);
    if (changed.size > 0 && (await cvat.cancelRequest(requestId, signal))) throw new TakenBack();
  };
  try {
    const end = await cvat.waitForRequest(requestId, { signal, deadlineMs, onPoll: watch });
    const raced = writtenBefore(changed, end.startedAt);
    if (raced.length > 0) throw racedImport(taskId, requestId, raced);
    return end;
  } catch (error) {
    if (error instanceof TakenBack) return null;
    await cvat.cancelRequest(requestId, AbortSignal.timeout(TAKE_BACK_MS)).catch(() => false);
    throw error;
  }
}

/** The jobs that changed before the import began; later changes may be the import's own. */
function writtenBefore(changed: JobTimes, startedAt: string | null): readonly number[] {
  const jobs = [...changed].filter(([, time]) => startedAt === null || compareTimes(time, startedAt) < 0);
  return jobs.map(([id]) => id);
}

function racedImport(task: number, requestId: string, jobs: readonly number[]): MaskloopError {
  return new MaskloopError(
    'ImportRaced',
    `Somebody wrote to jobs ${jobs.join(', ')} of task ${task} while the import was beginning; it may have replaced what they saved last.`,
    { facts: { task, jobs: [...jobs], requestId } },
  );
}

/** Ends the wait for a request that is not there any more. */
class TakenBack extends Error {}
