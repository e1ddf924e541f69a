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
  set: Pick<TrainingSet, 'origins'>,
): Promise<readonly string[]> {
  return (await unread(store, id, input, set)).map((one) => one.id).toSorted();
}

/**
 * Those of {@link unsubmitted} that were to train: what was never to be trained on may be kept to measure with, by an iteration that has
 * no receipt yet.
 *
 * @throws what the store throws
 */
export async function skippedTrainings(
  store: ArtifactStore,
  id: string,
  input: IterationInput,
  set: Pick<TrainingSet, 'origins'>,
): Promise<readonly string[]> {
  const found = await unread(store, id, input, set);
  return found.flatMap((one) => (one.wasToTrain ? [one.id] : [])).toSorted();
}

interface Unread {
  readonly id: string;
  readonly wasToTrain: boolean;
}

async function unread(
  store: ArtifactStore,
  id: string,
  input: IterationInput,
  { origins }: Pick<TrainingSet, 'origins'>,
): Promise<readonly Unread[]> {
  const receipts = await receiptsOfProject(store, id, input);
  const { heldOut } = trainingOf(input);
  const measured = new Set([
    heldOut !== undefined && 'task' in heldOut ? heldOut.task : null,
    ...[...receipts.values()].map((one) => one.input.training?.heldOut?.task ?? null),
  ]);
  const ofConnection = Object.values(origins).filter(({ connection }) => connection === input.connection);
  const known = new Set(ofConnection.map(({ taskId }) => taskId));
  return [...newestOfEachTask(receipts)].flatMap(([other, { input: place, results }]) => {
    // The task of number 0 is what a loop holds out, also before anything was measured on it.
    const isHeldOut = measured.has(place.task) || place.loop?.number === 0;
    const isTrainable = results.labels.frames > 0 && !known.has(results.task.taskId) && !isHeldOut;
    return isTrainable ? [{ id: other, wasToTrain: place.training != null }] : [];
  });
}

/** An older receipt of a task counts no more, also where the newest has no labels. */
function newestOfEachTask(receipts: ReadonlyMap<string, Read>): ReadonlyMap<string, Read> {
  const newest = new Map<number, { readonly id: string; readonly read: Read }>();
  const sealedAt = ({ results }: Read): string => results.seal?.sealedAt ?? '';
  for (const [id, read] of receipts) {
    const before = newest.get(read.results.task.taskId);
    if (before === undefined || sealedAt(read) >= sealedAt(before.read))
      newest.set(read.results.task.taskId, { id, read });
  }
  return new Map([...newest.values()].map(({ id, read }) => [id, read]));
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
