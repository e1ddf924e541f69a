import { MaskloopError } from '../contracts/error.ts';
import type { Job } from '../cvat/cvat.ts';

/**
 * Refuses shapes on frames that two jobs share: CVAT would store such a mask in each of them, and show it twice.
 *
 * @throws MaskloopError `FramesShared`
 */
export function requireUnsharedFrames(
  shapes: readonly { readonly frame: number }[],
  jobs: readonly Pick<Job, 'id' | 'startFrame' | 'stopFrame'>[],
): void {
  const frames = [...new Set(shapes.map(({ frame }) => frame))].toSorted((a, b) => a - b);
  const jobsOf = (frame: number): number[] =>
    jobs.filter(({ startFrame, stopFrame }) => startFrame <= frame && frame <= stopFrame).map(({ id }) => id);
  const shared = frames.filter((frame) => jobsOf(frame).length > 1);
  const [first] = shared;
  if (first === undefined) return;
  throw new MaskloopError(
    'FramesShared',
    `${shared.length} frames with masks belong to two jobs, first frame ${first} (jobs ${jobsOf(first).join(' and ')}).`,
    { facts: { frames: shared.slice(0, 20), count: shared.length, jobs: jobsOf(first) } },
  );
}
