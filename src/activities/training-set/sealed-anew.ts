import { collectLabels } from '../../collect/collect-labels.ts';
import { openSeal } from '../../collect/read-seal.ts';
import { writeSeal } from '../../collect/write-seal.ts';
import { isMaskloopError } from '../../contracts/error.ts';
import type { LabelManifest } from '../../contracts/manifests.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readLabels } from '../read-manifest.ts';
import type { SealedEarlier } from './sealed-earlier.ts';

/** What keeps a task from being sealed anew, and no iteration from going on. */
const LEFT_AS_SEALED = ['LabelsChanging', 'CategoryMissing', 'UnsupportedShape', 'TaskGone'] as const;

/** The code of a failure that keeps a task as it was sealed; null for any other. */
export function whyNotSealed(error: unknown): (typeof LEFT_AS_SEALED)[number] | null {
  return LEFT_AS_SEALED.find((code) => isMaskloopError(error, code)) ?? null;
}

/** A task as it is now: its seal, and the labels that come of it. */
export interface SealedAnew {
  readonly seal: ArtifactRef;
  readonly labels: LabelManifest;
}

/** Stages of the jobs of a seal by their ids. */
async function stagesOf(store: ArtifactStore, seal: ArtifactRef): Promise<ReadonlyMap<number, string>> {
  const stages = new Map<number, string>();
  for await (const { job } of (await openSeal(store, seal)).jobs()) stages.set(job.id, job.stage);
  return stages;
}

/**
 * Seals the task of an earlier iteration again. A job counts as complete if it is completed in the stage that it was sealed
 * in, or accepted; people may be at work in the others.
 *
 * @throws MaskloopError `LabelsChanging`, `CategoryMissing`, `UnsupportedShape`, `TaskGone`; what CVAT and the store throw
 */
export async function sealedAnew(
  { cvat, store, signal }: { cvat: Cvat; store: ArtifactStore; signal: AbortSignal },
  { origin, seal: before }: SealedEarlier,
  projectId: number,
): Promise<SealedAnew> {
  const { taskId, categoryOf } = origin;
  const stages = await stagesOf(store, before);
  const seal = await writeSeal({
    cvat,
    store,
    task: { taskId, projectId, url: cvat.taskUrl(taskId) },
    readJobs: async () => {
      const jobs = await cvat.jobs(taskId, { type: 'annotation', signal });
      return jobs.map((job) => {
        const isThere = job.stage === 'acceptance' || job.stage === (stages.get(job.id) ?? job.stage);
        return { ...job, complete: job.state === 'completed' && isThere };
      });
    },
    // Labels are corrected, not people compared.
    people: 'none',
    signal,
  });
  const categories = Object.entries(categoryOf).map(([name, id]) => ({ id, name }));
  const { manifest } = await collectLabels({ store, seal, categories, signal });
  return { seal: seal.artifact, labels: await readLabels(store, manifest) };
}
