import type { IterationInput } from '../../contracts/iteration.ts';
import type { TrainingSet, TrainingSetRef } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { trainingOf } from '../training-of.ts';
import type { OtherSet } from './other-sets.ts';
import { readElsewhere } from './read-elsewhere.ts';
import { newestOfEachTask, sealedReceipts } from './sealed-receipts.ts';

/** Iterations that travel with the iteration. */
const MAX_SHOWN = 10;

interface About {
  /** Of the iteration that is about to train. */
  readonly id: string;
  readonly input: IterationInput;
  /** The training set of its trainer, and those of others. */
  readonly set: Pick<TrainingSet, 'origins'>;
  readonly others: readonly OtherSet[];
}

/** Iterations of a project whose sealed labels the training set lacks, by what is to become of them; ids in order. */
export interface Unread {
  /** Their training was skipped: no training has read them. */
  readonly skipped: readonly string[];
  /** Never to be trained on, so they may be kept to measure with, by an iteration that has no receipt yet. */
  readonly untrained: readonly string[];
  /** A training at another trainer has read them. */
  readonly elsewhere: readonly string[];
  /** Names of tasks of the project that this iteration, any that has a receipt, or a loop holds out; none of them is above. */
  readonly heldTasks: readonly string[];
}

/**
 * Iterations of the same project whose sealed labels nothing trains on here: those with a receipt of whose tasks the training
 * set names none, the newest of each task.
 *
 * @throws what the store throws
 */
export async function unreadLabels(store: ArtifactStore, { id, input, set, others }: About): Promise<Unread> {
  const receipts = await sealedReceipts(store, id, input);
  const { heldOut } = trainingOf(input);
  const all = [...receipts.values()].map((one) => one.input);
  const heldTasks = new Set([
    heldOut !== undefined && 'task' in heldOut ? heldOut.task : null,
    ...all.map(({ training }) => training?.heldOut?.task ?? null),
    // The task of number 0 is what a loop holds out, also before anything was measured on it.
    ...all.map(({ loop, task }) => (loop?.number === 0 ? task : null)),
  ]);
  const ofConnection = Object.values(set.origins).filter(({ connection }) => connection === input.connection);
  const known = new Set(ofConnection.map(({ taskId }) => taskId));
  const read = readElsewhere(receipts, others);
  const found: Record<'skipped' | 'untrained' | 'elsewhere', string[]> = { skipped: [], untrained: [], elsewhere: [] };
  for (const [other, { input: place, results }] of newestOfEachTask(receipts)) {
    const { taskId } = results.task;
    const isOwn = place.task === input.task;
    if (isOwn || results.labels.frames === 0 || known.has(taskId) || heldTasks.has(place.task)) continue;
    const kind = read.has(taskId) ? 'elsewhere' : place.training == null ? 'untrained' : 'skipped';
    found[kind].push(other);
  }
  return {
    skipped: found.skipped.toSorted(),
    untrained: found.untrained.toSorted(),
    elsewhere: found.elsewhere.toSorted(),
    heldTasks: [...heldTasks].filter((task) => task !== null).toSorted(),
  };
}

/** What the receipt says of labels that are not trained on here, also of those that could not be taken up; see `takeUp`. */
export async function notTrainedOn(
  store: ArtifactStore,
  about: About,
): Promise<Pick<TrainingSetRef, 'neverSubmitted' | 'elsewhere'>> {
  const { skipped, untrained, elsewhere } = await unreadLabels(store, about);
  const never = [...skipped, ...untrained].toSorted();
  return {
    ...(never.length === 0 ? {} : { neverSubmitted: excerpt(never) }),
    ...(elsewhere.length === 0 ? {} : { elsewhere: excerpt(elsewhere) }),
  };
}

function excerpt(ids: readonly string[]): { readonly count: number; readonly first: readonly string[] } {
  return { count: ids.length, first: ids.slice(0, MAX_SHOWN) };
}
