import { MaskloopError } from '../contracts/error.ts';
import type { Frame, TaskMeta } from './cvat.ts';

/**
 * Name and size of a frame of a task, by its number from 0.
 *
 * @throws MaskloopError `CvatUnexpectedAnswer` if the task has no such frame
 */
export function frameAt({ frames }: Pick<TaskMeta, 'frames'>, number: number): Frame {
  const frame = frames[number];
  if (frame !== undefined) return frame;
  throw new MaskloopError('CvatUnexpectedAnswer', `CVAT names no frame ${number} in the task's data.`, {
    facts: { frame: number },
  });
}
