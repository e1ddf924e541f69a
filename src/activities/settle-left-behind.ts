import type { ForIteration } from '../contracts/iteration.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Running } from './durable.ts';
import { createEarlierTry } from './earlier-try.ts';
import { importDeadlineMs } from './import-deadline.ts';
import { settleOwnImport } from './settle-import.ts';

/**
 * Waits for an import that an earlier upload of this iteration may have left in CVAT's queue, before the task is looked
 * at: it would replace what the task holds after that look. While it waits the jobs are watched, and at the first save
 * it is taken back; so it is where somebody saved before.
 *
 * @param shapes number that an import would send, for people
 * @throws MaskloopError `ImportStuck`; `ImportRaced` if somebody wrote and it could not be taken back any more
 */
export async function settleLeftBehind(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  { id, input, task, shapes }: ForIteration & { readonly task: TaskRef; readonly shapes: number },
  running: Running,
): Promise<void> {
  const { taskId } = task;
  const newest = await cvat.importRequest(taskId, running.signal);
  if (newest === null || newest.status === 'finished' || newest.status === 'failed') return;
  const { connection } = input;
  const times = (await createEarlierTry(store, { id, connection, taskId })).take();
  if (times === null) return;
  const { id: requestId, createdAt } = newest;
  const deadlineMs = importDeadlineMs(input);
  await settleOwnImport(cvat, { taskId, requestId, createdAt, shapes, times, deadlineMs }, running);
}
