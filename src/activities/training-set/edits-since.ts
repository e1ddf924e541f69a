import { z } from 'zod';
import { checkSeal } from '../../collect/check-seal.ts';
import { openSeal } from '../../collect/read-seal.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { SealedEarlier } from './sealed-earlier.ts';

const editList = z.array(z.object({ what: z.string(), job: z.number().nullable(), frame: z.number().nullable() }));

/** What somebody edited of a task after its seal, and where; null for what is about the task, or all of its jobs. */
export type EditPlace = z.infer<typeof editList>[number];

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
}

/**
 * Where a task was edited since its seal; null if there is nothing to correct: it was not, and what is trained on was never
 * corrected, or it is as old as its seal.
 *
 * @throws MaskloopError `TaskGone`; what CVAT and the store throw
 */
export async function editsSince(
  { cvat, store, signal }: Site,
  { origin: { taskId }, seal, lastEditAt, isCorrected }: SealedEarlier,
): Promise<readonly EditPlace[] | null> {
  const task = await cvat.getTask(taskId, signal);
  if (Date.parse(task.updatedAt) <= Date.parse(lastEditAt)) return null;
  const { list } = await checkSeal({ cvat, store, taskId, seal, signal });
  if (list === null) return isCorrected ? [] : null;
  return editList.parse(JSON.parse(new TextDecoder().decode(await store.get(list))));
}

/**
 * Numbers of the frames whose labels may be others by such edits: all of a job in which something was edited, since a track
 * reaches beyond the frame that it begins on.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function reachOf(
  store: ArtifactStore,
  seal: ArtifactRef,
  edits: readonly EditPlace[],
): Promise<ReadonlySet<number>> {
  const jobs = new Set(edits.map(({ job }) => job));
  const frames = new Set(edits.flatMap(({ frame }) => frame ?? []));
  for await (const { job } of (await openSeal(store, seal)).jobs()) {
    if (!jobs.has(job.id)) continue;
    for (let frame = job.startFrame; frame <= job.stopFrame; frame += 1) frames.add(frame);
  }
  return frames;
}
