import { z } from 'zod';
import { receiptName } from '../../contracts/ids.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import { finishedIds } from '../../receipts/read-receipt.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** What is read of a receipt. */
const receipt = z.object({
  endedAt: z.string(),
  input: z.object({
    connection: z.string(),
    project: z.string(),
    task: z.string(),
    loop: z.object({ number: z.number() }).optional(),
    training: z
      .object({ heldOut: z.object({ task: z.string().nullish() }).optional() })
      .nullish()
      .catch(null),
  }),
  results: z.object({
    task: z.object({ taskId: z.int() }),
    labels: z.object({ frames: z.number() }),
    seal: z.object({ sealedAt: z.string() }).optional(),
    trainingSet: z.object({ name: z.string(), checkedAt: z.string() }).optional(),
  }),
});

/** A receipt with sealed labels. */
export type SealedReceipt = z.infer<typeof receipt>;

/** Receipts of the project that have sealed labels, but for that of the iteration itself, by id. */
export async function sealedReceipts(
  store: ArtifactStore,
  id: string,
  { connection, project }: Pick<IterationInput, 'connection' | 'project'>,
): Promise<ReadonlyMap<string, SealedReceipt>> {
  const found = new Map<string, SealedReceipt>();
  for (const other of await finishedIds(store)) {
    if (other === id || !other.startsWith(id.slice(0, id.lastIndexOf('/') + 1))) continue;
    const bytes = await store.getNamed(receiptName(other));
    const parsed = bytes === null ? null : receipt.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (parsed?.data === undefined) continue;
    const place = parsed.data.input;
    if (place.connection === connection && place.project === project) found.set(other, parsed.data);
  }
  return found;
}

/** The newest receipt of each task: an older one counts no more, also where the newest has no labels. */
export function newestOfEachTask(receipts: ReadonlyMap<string, SealedReceipt>): ReadonlyMap<string, SealedReceipt> {
  const newest = new Map<number, { readonly id: string; readonly read: SealedReceipt }>();
  const sealedAt = ({ results }: SealedReceipt): string => results.seal?.sealedAt ?? '';
  for (const [id, read] of receipts) {
    const before = newest.get(read.results.task.taskId);
    if (before === undefined || sealedAt(read) >= sealedAt(before.read))
      newest.set(read.results.task.taskId, { id, read });
  }
  return new Map([...newest.values()].map(({ id, read }) => [id, read]));
}
