import { z } from 'zod';
import { readLabels } from '../../collect/read-labels.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { iterationId, receiptName } from '../../contracts/ids.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { LabelManifest } from '../../contracts/manifests.ts';
import type { ArtifactRef, FolderRef, TaskRef } from '../../contracts/refs.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';

/** What a receipt tells of a task that was sealed. */
export interface SealedTask {
  /** Id of the iteration. */
  readonly id: string;
  /** Null in an older receipt. */
  readonly seal: ArtifactRef | null;
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
    seal: z.object({ artifact: artifactSchema }).optional(),
    task: z.object({ taskId: z.int() }),
    labels: z.object({ manifest: artifactSchema }),
  }),
});

/** Ids of a task's iterations that have a receipt, the newest first. */
async function finishedIds(
  store: ArtifactStore,
  input: Pick<IterationInput, 'connection' | 'project'>,
  task: string,
): Promise<readonly string[]> {
  const id = iterationId({ project: input.project, task, connection: input.connection });
  const names = new Set(await store.listNamed(`receipts/${id}`));
  const found: string[] = [];
  for (let round = 1; round <= names.size; round += 1) {
    const one = round === 1 ? id : `${id}~${round}`;
    if (names.has(receiptName(one))) found.unshift(one);
  }
  return found;
}

/** What the newest receipt with sealed labels of a task tells; null where there is none. */
async function newestSealed(
  store: ArtifactStore,
  input: Pick<IterationInput, 'connection' | 'project'>,
  task: string,
): Promise<({ readonly id: string } & z.infer<typeof receipt>) | null> {
  for (const id of await finishedIds(store, input, task)) {
    const bytes = await store.getNamed(receiptName(id));
    if (bytes === null) continue;
    const parsed = receipt.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (parsed.success) return { id, ...parsed.data };
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
    const { id, input: started, results } = newest;
    const labels = await readLabels(store, results.labels.manifest);
    return { id, seal: results.seal?.artifact ?? null, labels, images: started.images, task: results.task };
  }
  throw new MaskloopError(
    'HeldOutMissing',
    `Task "${task}" of project "${input.project}" has no receipt with sealed labels.`,
    {
      facts: { project: input.project, task },
    },
  );
}
