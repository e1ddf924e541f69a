import { MaskloopError } from '../contracts/error.ts';
import type { BackgroundRequest } from '../cvat/background-request.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { compareTimes } from '../cvat/times.ts';
import type { Running } from './durable.ts';
import { changedJobs, type JobTimes } from './last-look.ts';

/** Time for taking a request back; the activity is ending. */
const TAKE_BACK_MS = 5000;

/** An import that CVAT has accepted. */
export interface PendingImport {
  readonly requestId: string;
  /** CVAT's time of it, which tells it from others of the same id; null if it was not read yet. */
  readonly createdAt: string | null;
  readonly shapes: number;
  readonly deadlineMs: number;
}

/** An import that was asked for, and what its task looked like directly before. */
export interface OwnImport extends PendingImport {
  readonly taskId: number;
  readonly times: JobTimes;
}

/**
 * Waits for an import, ours or another's, as long as CVAT works on it.
 *
 * @returns null if another import has taken its place meanwhile: it has ended, and CVAT no longer tells how
 * @throws MaskloopError `ImportStuck`
 */
export async function settleImport(
  cvat: Cvat,
  { requestId, createdAt, shapes, deadlineMs }: PendingImport,
  { signal, report }: Running,
): Promise<BackgroundRequest | null> {
  const onPoll = (request: BackgroundRequest): void => {
    requireSame(request, createdAt);
    if (isUnderWay(request)) report({ phase: 'import', state: request.status, shapes });
  };
  return cvat.waitForRequest(requestId, { signal, deadlineMs, onPoll }).catch(nullIfReplaced);
}

/**
 * Waits for our own import. An import that waits in CVAT's queue replaces what the task holds when its turn comes, so
 * while it waits the jobs are watched: at the first change it is taken back. It is taken back as well by whoever stops
 * waiting.
 *
 * @returns null if it was taken back since somebody wrote to a job, or if another import has taken its place
 * @throws MaskloopError `ImportStuck`; `ImportRaced` if somebody wrote and it could not be taken back any more
 */
export async function settleOwnImport(
  cvat: Cvat,
  own: OwnImport,
  { signal, report }: Running,
): Promise<BackgroundRequest | null> {
  const { taskId, requestId, shapes, times, deadlineMs } = own;
  let { createdAt } = own;
  let changed: JobTimes = new Map();
  const watch = async (request: BackgroundRequest): Promise<void> => {
    requireSame(request, createdAt);
    ({ createdAt } = request);
    if (!isUnderWay(request)) return;
    report({ phase: 'import', state: request.status, shapes });
    if (request.status !== 'queued' || changed.size > 0) return;
    changed = await changedJobs(cvat, taskId, times, signal);
    if (changed.size > 0 && (await takeBack(cvat, requestId, createdAt, signal))) throw new TakenBack();
  };
  try {
    const end = await cvat.waitForRequest(requestId, { signal, deadlineMs, onPoll: watch });
    const raced = writtenBefore(changed, end.startedAt);
    if (raced.length > 0) throw racedImport(taskId, requestId, raced);
    return end;
  } catch (error) {
    if (error instanceof TakenBack) return null;
    await takeBack(cvat, requestId, createdAt, AbortSignal.timeout(TAKE_BACK_MS)).catch(() => false);
    if (changed.size > 0 && error instanceof Replaced) throw racedImport(taskId, requestId, [...changed.keys()]);
    return nullIfReplaced(error);
  }
}

function isUnderWay<T extends BackgroundRequest>(request: T): request is T & { status: 'queued' | 'started' } {
  return request.status === 'queued' || request.status === 'started';
}

/** Takes an import back unless it has begun or is gone; never the one that has its id by now. */
async function takeBack(
  cvat: Cvat,
  requestId: string,
  createdAt: string | null,
  signal: AbortSignal,
): Promise<boolean> {
  const current = await cvat.request(requestId, signal);
  if (createdAt !== null && current?.createdAt !== createdAt) return false;
  return cvat.cancelRequest(requestId, signal);
}

function requireSame(request: BackgroundRequest, createdAt: string | null): void {
  if (createdAt !== null && request.createdAt !== createdAt) throw new Replaced();
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

/** Ends the wait for a request whose id another one has by now. */
class Replaced extends Error {}

function nullIfReplaced(error: unknown): null {
  if (error instanceof Replaced) return null;
  throw error;
}
