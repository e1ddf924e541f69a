import type { Job } from '../cvat/cvat.ts';
import type { SealedFrame } from './seal-lines.ts';

/** A job and whether people are done with it. */
export type FinishedJob = Pick<Job, 'id' | 'startFrame' | 'stopFrame'> & {
  readonly complete: boolean;
  /** The frames that it is about; all of its range if left out. */
  readonly frames?: readonly number[];
};

/**
 * What each frame of a task is. A frame that two jobs share is only labelled if both are complete; one that no
 * annotation job covers is unfinished.
 *
 * @param size number of frames of the task
 * @returns the state by frame number
 */
export function frameStates(
  size: number,
  jobs: readonly FinishedJob[],
  deleted: readonly number[],
): readonly SealedFrame['state'][] {
  const covered = new Uint8Array(size);
  const open = new Uint8Array(size);
  const mark = (states: Uint8Array, { startFrame, stopFrame, frames }: FinishedJob): void => {
    if (frames === undefined) states.fill(1, startFrame, stopFrame + 1);
    else for (const frame of frames) states[frame] = 1;
  };
  for (const job of jobs) {
    mark(covered, job);
    if (!job.complete) mark(open, job);
  }
  const gone = new Set(deleted);
  return Array.from({ length: size }, (_, frame) => {
    if (gone.has(frame)) return 'deleted';
    return covered[frame] === 1 && open[frame] === 0 ? 'labelled' : 'unfinished';
  });
}
