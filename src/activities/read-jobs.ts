import type { NativeAnnotations } from '../cvat/native-annotations.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';

/** Jobs that are read at the same time. */
const AT_ONCE = 4;

/** Reads what each job holds and shows it to `visit`, a few jobs at a time, so that never all is in memory. */
export async function readJobs(
  cvat: Cvat,
  jobs: readonly Job[],
  visit: (job: Job, held: NativeAnnotations) => void | Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...jobs];
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      signal.throwIfAborted();
      await visit(job, await cvat.nativeAnnotations(job.id, signal));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
