import { collectGroundTruth, type GroundTruthLabels } from '../../collect/collect-ground-truth.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { GroundTruthManifest, LabelManifest } from '../../contracts/manifests.ts';
import type { TaskRef } from '../../contracts/refs.ts';
import type { SubmissionRef } from '../../contracts/training.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import { imageId } from '../../monai/image-id.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { trainingOf } from '../training-of.ts';
import { findHeldOutTask } from './find-held-out-task.ts';

/** The ground truth that an iteration holds out. */
export interface GroundTruth extends GroundTruthLabels {
  readonly taskId: number;
  /** Name of the task; null for the iteration's own. */
  readonly otherTask: string | null;
}

interface Place {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly input: IterationInput;
  readonly task: Pick<TaskRef, 'taskId'>;
  readonly signal: AbortSignal;
}

/**
 * Seals the ground truth job that an iteration holds out; null where it holds out something else.
 *
 * @param categories what the labels are painted in
 * @throws MaskloopError `GroundTruthMissing`, `GroundTruthOpen`, and what sealing and collecting throw
 */
export async function readGroundTruth(
  place: Place,
  categories: LabelManifest['categories'],
): Promise<GroundTruth | null> {
  const { cvat, store, input, task, signal } = place;
  const { heldOut } = trainingOf(input);
  if (heldOut?.kind !== 'ground-truth') return null;
  const otherTask = heldOut.task === input.task ? null : heldOut.task;
  const taskId = otherTask === null ? task.taskId : await findHeldOutTask(place, otherTask, 'GroundTruthMissing');
  const labels = await collectGroundTruth({ cvat, store, taskId, categories, signal });
  return { ...labels, taskId, otherTask };
}

/**
 * The sealed labels of a task with those of its ground truth job in their place. A frame that nobody else has completed is
 * among them; of a name that several frames have, as copies in a pool do, the ground truth alone is left.
 */
export function withGroundTruth(labels: LabelManifest, truth: GroundTruth | null): LabelManifest {
  if (truth === null || truth.otherTask !== null) return labels;
  const names = new Set(truth.frames.map(({ name }) => name));
  const frames = [...labels.frames.filter(({ name }) => !names.has(name)), ...truth.frames];
  return { ...labels, frames: frames.toSorted((a, b) => a.frame - b.frame) };
}

/** What a submission says of the ground truth; the frames of another task are named with their images. */
export function groundTruthManifest(
  { connection, project }: Pick<IterationInput, 'connection' | 'project'>,
  { taskId, otherTask, job, seal, frames }: GroundTruth,
): GroundTruthManifest {
  const outside = otherTask === null ? [] : frames;
  return {
    taskId,
    job,
    seal,
    outside: outside.map(({ name, frame, label }) => {
      const task = otherTask ?? '';
      return { name, frame, imageId: imageId({ connection, project, task, frame: name }), label };
    }),
  };
}

/** The same in brief, for the receipt. */
export function sealedTruth({ taskId, job, frames, seal }: GroundTruth): NonNullable<SubmissionRef['groundTruth']> {
  return { taskId, job, frames: frames.length, seal };
}
