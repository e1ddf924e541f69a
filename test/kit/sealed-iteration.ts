import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { LabelsRef, TaskRef } from '../../src/contracts/refs.ts';
import type { SealRef } from '../../src/contracts/seal.ts';
import type { SubmissionRef } from '../../src/contracts/training.ts';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import { iterationId } from '../../src/contracts/ids.ts';
import type { ActivitySite } from './activity-site.ts';
import { completeJobs } from './annotate.ts';
import { ownPictures } from './own-pictures.ts';

/** An iteration whose labels are sealed. */
export interface SealedIteration {
  readonly id: string;
  readonly input: IterationInput;
  readonly task: TaskRef;
  readonly seal: SealRef;
  readonly labels: LabelsRef;
}

/** Makes a task with its pre-annotations, completes and seals it. A further task has pictures of its own. */
export async function sealIteration(
  site: ActivitySite,
  changes: Partial<IterationInput> = {},
): Promise<SealedIteration> {
  const { task: name } = changes;
  const pictures = name === undefined ? {} : { images: await ownPictures(site.scenes.imagesDir, name) };
  const input = { ...site.input, ...pictures, ...changes };
  const own = { id: iterationId(input), input };
  const dataset = await site.convert({ ...pictures, ...changes });
  const task = await site.run('ensureTask', own);
  const guard = await site.run('guardTask', { ...own, dataset, task });
  await site.run('importPreannotations', { ...own, dataset, task, guard });
  await completeJobs(site, task.taskId);
  return { ...own, task, ...(await sealAgain(site, { ...own, task })) };
}

/** Seals a task as it is now. */
export async function sealAgain(
  site: ActivitySite,
  { id, input, task }: Pick<SealedIteration, 'id' | 'input' | 'task'>,
): Promise<Pick<SealedIteration, 'seal' | 'labels'>> {
  const seal = await site.run('sealLabels', { id, input, task });
  return { seal, labels: await site.run('exportLabels', { id, input, task, seal }) };
}

/** Writes the receipt of an iteration. */
export async function giveReceipt(
  site: ActivitySite,
  { id, input, task, seal, labels }: SealedIteration,
  submission: SubmissionRef,
): Promise<void> {
  const now = new Date().toISOString();
  const workflow = { runId: 'r', firstRunId: 'f' };
  const results = { task, seal, labels, submission };
  await site.run('recordReceipt', {
    id,
    input,
    workflow,
    startedAt: now,
    endedAt: now,
    results,
    steps: [],
    decisions: [],
  });
}

/** Image ids of a submission by part. */
export async function imagesOf(
  site: ActivitySite,
  { manifest }: SubmissionRef,
): Promise<{ readonly training: readonly string[]; readonly heldOut: readonly string[] }> {
  const { frames } = await readSubmission(site.store, manifest);
  const of = (wanted: string) => frames.filter(({ part }) => part === wanted).map(({ imageId }) => imageId);
  return { training: of('training'), heldOut: of('heldOut') };
}

/** Removes a label or a whole image from MONAI Label behind everybody's back, and waits until that is noticed. */
export async function removeBehindOurBack(
  site: ActivitySite,
  images: readonly string[],
  what: 'label' | 'image',
): Promise<void> {
  for (const id of images) {
    const tag = what === 'label' ? '&tag=final' : '';
    await fetch(`${site.monai.url}/datastore/${what}?id=${id}${tag}`, { method: 'DELETE' });
  }
  const gone = new Set(images);
  while ((await site.monai.trainingSet()).some((id) => gone.has(id))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
