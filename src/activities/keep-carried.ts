import { CARRIED_SCHEMA, type CarriedFrames } from '../contracts/carried-frames.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import { numbersOf, type Ranges } from '../contracts/ranges.ts';
import type { ArtifactRef, TaskRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { frameAt } from '../cvat/frame-at.ts';
import type { ArtifactStore } from '../storage/store.ts';

/**
 * Stores the names of frames that an iteration goes on without. The same frames give the same artifact.
 *
 * @throws MaskloopError what CVAT and the store throw
 */
export async function keepCarried(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  { input, task }: { readonly input: Pick<IterationInput, 'connection' | 'project' | 'task'>; readonly task: TaskRef },
  frames: Ranges,
  signal: AbortSignal,
): Promise<ArtifactRef> {
  const meta = await cvat.taskMeta(task.taskId, signal);
  const { connection, project, task: name } = input;
  const carried: CarriedFrames = {
    schema: CARRIED_SCHEMA,
    connection,
    project,
    task: name,
    taskId: task.taskId,
    frames: numbersOf(frames).map((frame) => ({ frame, name: frameAt(meta, frame).name })),
  };
  return store.put(Buffer.from(`${JSON.stringify(carried, null, 1)}\n`));
}
