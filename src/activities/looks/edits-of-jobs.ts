import type { Cvat, Job } from '../../cvat/cvat.ts';

/** Jobs of which that is remembered; a number each. */
const MOST = 20_000;

/** What CVAT says of shapes that nobody has touched; see `contracts/origins`. */
const AS_IMPORTED: readonly string[] = ['auto', 'file'];

/** Says of a completed job whether no shape in it was edited or added. */
export type EditsOfJobs = (cvat: Cvat, job: Job, signal: AbortSignal) => Promise<boolean | null>;

/** Reads a job once for each of its changes, since its shapes may be many. */
export function editsOfJobs(): EditsOfJobs {
  const known = new Map<string, boolean>();
  return async (cvat, job, signal) => {
    if (job.state !== 'completed') return null;
    const key = `${cvat.url} ${job.id} ${job.updatedAt}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const { shapes, tracks, tags } = await cvat.jobAnnotations(job.id, signal);
    const isUntouched = tracks + tags === 0 && shapes.every(({ source }) => AS_IMPORTED.includes(source));
    known.set(key, isUntouched);
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return isUntouched;
  };
}
