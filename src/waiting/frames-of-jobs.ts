import type { Job } from '../cvat/cvat.ts';

/** A job, as far as its frames are concerned. */
export type JobFrames = Pick<Job, 'startFrame' | 'stopFrame'>;

/** Frame numbers of jobs, each once, also where jobs overlap; without deleted frames. */
export function framesOfJobs(jobs: readonly JobFrames[], deletedFrames: readonly number[]): ReadonlySet<number> {
  const frames = new Set<number>();
  for (const { startFrame, stopFrame } of jobs) {
    for (let frame = startFrame; frame <= stopFrame; frame++) frames.add(frame);
  }
  for (const deleted of deletedFrames) frames.delete(deleted);
  return frames;
}
