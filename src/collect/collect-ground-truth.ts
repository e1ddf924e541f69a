import { MaskloopError } from '../contracts/error.ts';
import type { LabelledFrame } from '../contracts/manifests.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { collectLabels } from './collect-labels.ts';
import { readLabels } from './read-labels.ts';
import { writeSeal } from './write-seal.ts';

export interface GroundTruthRequest {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly taskId: number;
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly signal: AbortSignal;
}

/** What the ground truth job of a task says. */
export interface GroundTruthLabels {
  /** Id of the job. */
  readonly job: number;
  /** What the job holds, frozen as the labels of a task are. */
  readonly seal: ArtifactRef;
  /** The frames that the job is about, with its labels; those that are deleted are left out. */
  readonly frames: readonly LabelledFrame[];
}

/** The completed ground truth job of a task; CVAT allows one. @throws MaskloopError `GroundTruthMissing`, `GroundTruthOpen` */
export async function completedGroundTruth({
  cvat,
  taskId,
  signal,
}: Pick<GroundTruthRequest, 'cvat' | 'signal' | 'taskId'>): Promise<Job> {
  const [job] = await cvat.jobs(taskId, { type: 'ground_truth', signal });
  const url = cvat.taskUrl(taskId);
  if (job === undefined) {
    throw new MaskloopError('GroundTruthMissing', `${url} has no ground truth job.`, { facts: { task: taskId, url } });
  }
  if (job.state === 'completed') return job;
  throw new MaskloopError(
    'GroundTruthOpen',
    `The ground truth job ${job.id} of ${url} is not completed: it is "${job.state}" in stage ${job.stage}.`,
    { facts: { task: taskId, url, job: job.id, state: job.state, stage: job.stage } },
  );
}

/**
 * Seals the ground truth job of a task and paints its labels. CVAT keeps them apart from those of the task: neither the
 * task's annotations nor its exports have them. The same annotations give the same bytes.
 *
 * @throws MaskloopError `GroundTruthMissing`, `GroundTruthOpen` unless the job is completed, in whatever stage;
 *   `LabelsChanging`, `CategoryMissing`, `UnsupportedShape`, `TaskGone`; what CVAT and the store throw
 */
export async function collectGroundTruth(request: GroundTruthRequest): Promise<GroundTruthLabels> {
  const { cvat, store, taskId, categories, signal } = request;
  const { projectId } = await cvat.getTask(taskId, signal);
  let job = await completedGroundTruth(request);
  const seal = await writeSeal({
    cvat,
    store,
    task: { taskId, projectId: projectId ?? 0, url: cvat.taskUrl(taskId) },
    readJobs: async () => {
      job = await completedGroundTruth(request);
      return [{ ...job, complete: true, frames: await cvat.jobFrames(job, signal) }];
    },
    // Labels do not depend on who drew them.
    people: 'none',
    signal,
  });
  const { manifest } = await collectLabels({ store, seal, categories, signal });
  return { job: job.id, seal: seal.artifact, frames: (await readLabels(store, manifest)).frames };
}
