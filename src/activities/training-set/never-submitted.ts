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
  input: z.object({ connection: z.string(), project: z.string(), task: z.string() }),
  results: z.object({ task: z.object({ taskId: z.int() }), labels: z.object({ frames: z.number() }) }),
});

/**
 * Iterations of the same project whose sealed labels nothing trains on, since their training was skipped or never asked for:
 * those with a receipt of whose tasks the training set names none. A task that is held out is left out.
 *
 * @param id of the iteration that is about to train
 * @throws what the store throws
 */
export async function neverSubmitted(
  store: ArtifactStore,
  id: string,
  input: IterationInput,
  { origins }: TrainingSet,
): Promise<Pick<TrainingSetRef, 'neverSubmitted'>> {
  const { heldOut } = trainingOf(input);
  const heldOutTask = heldOut !== undefined && 'task' in heldOut ? heldOut.task : null;
  const ofConnection = Object.values(origins).filter(({ connection }) => connection === input.connection);
  const known = new Set(ofConnection.map(({ taskId }) => taskId));
  const found: string[] = [];
  for (const other of await finishedIds(store)) {
    if (other === id || !other.startsWith(id.slice(0, id.lastIndexOf('/') + 1))) continue;
    const bytes = await store.getNamed(receiptName(other));
    const parsed = bytes === null ? null : receipt.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (parsed?.data === undefined) continue;
    const { input: place, results } = parsed.data;
    const isOfProject = place.connection === input.connection && place.project === input.project;
    if (!isOfProject || place.task === input.task || place.task === heldOutTask) continue;
    if (results.labels.frames > 0 && !known.has(results.task.taskId)) found.push(other);
  }
  return found.length === 0 ? {} : { neverSubmitted: { count: found.length, first: found.slice(0, MAX_SHOWN) } };
}
