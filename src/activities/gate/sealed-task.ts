import { z } from 'zod';
import { readLabels } from '../../collect/read-labels.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { iterationId, receiptName } from '../../contracts/ids.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { LabelManifest } from '../../contracts/manifests.ts';
import type { FolderRef, TaskRef } from '../../contracts/refs.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';

/** What a receipt tells of a task that was sealed. */
export interface SealedTask {
  readonly labels: LabelManifest;
  /** Its images; null where they are in CVAT alone. */
  readonly images: FolderRef | null;
  readonly task: Pick<TaskRef, 'taskId'>;
}

const receipt = z.object({
  input: z.object({
    images: folderSchema.nullable(),
  }),
  results: z.object({
    task: z.object({ taskId: z.int() }),
    labels: z.object({ manifest: artifactSchema }),
  }),
});

/** Names of the receipts of a task's iterations, the newest first. */
async function receiptNames(
  store: ArtifactStore,
  input: Pick<IterationInput, 'connection' | 'project'>,
  task: string,
): Promise<readonly string[]> {
  const id = iterationId({ project: input.project, task, connection: input.connection });
  const names = new Set(await store.listNamed(`receipts/${id}`));
  const found: string[] = [];
  for (let round = 1; round <= names.size; round += 1) {
    const name = receiptName(round === 1 ? id : `${id}~${round}`);
    if (names.has(name)) found.unshift(name);
  }
  return found;
}

/** What the newest receipt with sealed labels of a task tells; null where there is none. */
async function newestSealed(
  store: ArtifactStore,
  input: Pick<IterationInput, 'connection' | 'project'>,
  task: string,
): Promise<z.infer<typeof receipt> | null> {
  for (const name of await receiptNames(store, input, task)) {
    const bytes = await store.getNamed(name);
    if (bytes === null) continue;
    const parsed = receipt.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** Whether another task of the same project and connection has been sealed, as {@link sealedTask} needs it. */
export async function hasSealedLabels(
  store: ArtifactStore,
  input: Pick<IterationInput, 'connection' | 'project'>,
  task: string,
): Promise<boolean> {
  return (await newestSealed(store, input, task)) !== null;
}

/**
 * What another task of the same project and connection was sealed with, by the receipt of its newest iteration.
 *
 * @throws MaskloopError `HeldOutMissing` if it has no receipt, or one without sealed labels; what the store throws
 */
export async function sealedTask(
  store: ArtifactStore,
  input: Pick<IterationInput, 'connection' | 'project'>,
  task: string,
): Promise<SealedTask> {
  const newest = await newestSealed(store, input, task);
  if (newest !== null) {
    const { input: started, results } = newest;
    const labels = await readLabels(store, results.labels.manifest);
    return { labels, images: started.images, task: results.task };
  }
  throw new MaskloopError(
    'HeldOutMissing',
    `Task "${task}" of project "${input.project}" has no receipt with sealed labels.`,
    {
      facts: { project: input.project, task },
    },
  );
}
