import { MaskloopError } from '../contracts/error.ts';
import type { TaskMeta } from './cvat.ts';
import { stemOf } from '../contracts/file-stem.ts';

/**
 * Makes sure that the numbers of a video's masks count the frames of the file, as CVAT takes them, and not those of the
 * task. Where the task begins later or leaves frames out, a set of names may be read both ways; it is told only by a
 * number that the task's own count does not reach.
 *
 * @param names such as `frame_000005.png`, all of them frames of the task by the number in the file
 * @throws MaskloopError `FrameMismatch` if every number would also do as one of the task
 */
export function requireAbsoluteNumbers(
  names: readonly string[],
  { frames, video }: Pick<TaskMeta, 'frames' | 'video'>,
): void {
  if (video === null || names.length === 0 || (video.start === 0 && video.step === 1)) return;
  const numbers = names.map((name) => Number(/\d+$/.exec(stemOf(name))?.[0]));
  if (numbers.some((number) => number >= frames.length)) return;
  throw new MaskloopError(
    'FrameMismatch',
    `The masks ${names[0]} to ${names.at(-1)} may count the frames of the video or those of the task, which begins at frame ${video.start} of the video and takes every ${video.step === 1 ? 'frame' : `${video.step}th`}.`,
    { facts: { first: names[0] ?? '', last: names.at(-1) ?? '', start: video.start, step: video.step } },
  );
}
