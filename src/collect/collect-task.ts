import type { ArtifactStore } from '../storage/store.ts';
import type { LabelsRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { collectLabels } from './collect-labels.ts';
import { writeSeal } from './write-seal.ts';

export interface TaskRequest {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly taskId: number;
  /** Null numbers the labels of CVAT from 1, oldest first. */
  readonly categories: readonly { readonly id: number; readonly name: string }[] | null;
  readonly signal: AbortSignal;
}

export type Categories = readonly { readonly id: number; readonly name: string }[];

/** The given categories, or the labels of the task's project numbered from 1, oldest first; no parts of skeletons. */
export async function categoriesFor(request: TaskRequest, projectId: number | null): Promise<Categories> {
  if (request.categories !== null || projectId === null) return request.categories ?? [];
  const labels = await request.cvat.projectLabels(projectId, request.signal);
  return labels.filter(({ parentId }) => parentId === undefined).map(({ name }, i) => ({ id: i + 1, name }));
}

/**
 * Seals a task as it is now and puts one label PNG a frame into the store. Jobs that are not completed are left out.
 * Nothing is written to CVAT.
 *
 * @throws MaskloopError `TaskGone`, and what sealing and collecting throw
 */
export async function collectTask(request: TaskRequest): Promise<LabelsRef> {
  const { cvat, store, taskId, signal } = request;
  const { projectId } = await cvat.getTask(taskId, signal);
  const seal = await writeSeal({
    cvat,
    store,
    task: { taskId, projectId: projectId ?? 0, url: cvat.taskUrl(taskId) },
    readJobs: async () => {
      const jobs = await cvat.jobs(taskId, { type: 'annotation', signal });
      return jobs.map((job) => ({ ...job, complete: job.state === 'completed' }));
    },
    // Labels do not depend on who drew them.
    people: 'none',
    signal,
  });
  const categories = await categoriesFor(request, projectId);
  return collectLabels({ store, seal, categories, signal });
}
