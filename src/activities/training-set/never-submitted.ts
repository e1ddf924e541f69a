import { z } from 'zod';
import { receiptName } from '../../contracts/ids.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { TrainingSet, TrainingSetRef } from '../../contracts/training-set.ts';
import { finishedIds } from '../../receipts/read-receipt.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { trainingOf } from '../training-of.ts';

/** Iterations that travel with the iteration. */
const MAX_SHOWN = 10;

/** What is read of a receipt. */
const receipt = z.object({
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
  }),
});

type Read = z.infer<typeof receipt>;

/** Receipts of the project that have sealed labels, of other tasks than the iteration's own, by id. */
async function receiptsOfProject(
  store: ArtifactStore,
  id: string,
  { connection, project, task }: IterationInput,
): Promise<ReadonlyMap<string, Read>> {
  const found = new Map<string, Read>();
  for (const other of await finishedIds(store)) {
    if (other === id || !other.startsWith(id.slice(0, id.lastIndexOf('/') + 1))) continue;
    const bytes = await store.getNamed(receiptName(other));
    const parsed = bytes === null ? null : receipt.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (parsed?.data === undefined) continue;
    const place = parsed.data.input;
    if (place.connection === connection && place.project === project && place.task !== task)
      found.set(other, parsed.data);
  }
  return found;
}

/**
 * Iterations of the same project whose sealed labels nothing trains on, since their training was skipped or never asked for:
 * those with a receipt of whose tasks the training set names none, the newest of each task. A task that this iteration, or
 * any that has a receipt, holds out is left out, and so is that of a loop: it is there to measure with.
 *
 * @param id of the iteration that is about to train
 * @throws what the store throws
 */
export async function unsubmitted(
  store: ArtifactStore,
  id: string,
  input: IterationInput,
  { origins }: Pick<TrainingSet, 'origins'>,
): Promise<readonly string[]> {
  const receipts = await receiptsOfProject(store, id, input);
  const { heldOut } = trainingOf(input);
  const measured = new Set([
    heldOut !== undefined && 'task' in heldOut ? heldOut.task : null,
    ...[...receipts.values()].map((one) => one.input.training?.heldOut?.task ?? null),
  ]);
  const ofConnection = Object.values(origins).filter(({ connection }) => connection === input.connection);
  const known = new Set(ofConnection.map(({ taskId }) => taskId));
  const newest = new Map<number, { readonly id: string; readonly sealedAt: string }>();
  for (const [other, { input: place, results }] of receipts) {
    const { taskId } = results.task;
    // The task of number 0 is what a loop holds out, also before anything was measured on it.
    const isHeldOut = measured.has(place.task) || place.loop?.number === 0;
    const isTrainable = results.labels.frames > 0 && !known.has(taskId) && !isHeldOut;
    const sealedAt = results.seal?.sealedAt ?? '';
    if (isTrainable && sealedAt >= (newest.get(taskId)?.sealedAt ?? '')) newest.set(taskId, { id: other, sealedAt });
  }
  return [...newest.values()].map((one) => one.id).toSorted();
}

/** The same for the receipt, which names those that could not be trained on either; see `takeUp`. */
export async function neverSubmitted(
  store: ArtifactStore,
  id: string,
  input: IterationInput,
  set: Pick<TrainingSet, 'origins'>,
): Promise<Pick<TrainingSetRef, 'neverSubmitted'>> {
  const found = await unsubmitted(store, id, input, set);
  return found.length === 0 ? {} : { neverSubmitted: { count: found.length, first: found.slice(0, MAX_SHOWN) } };
}
