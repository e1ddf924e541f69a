import { trainingSetName } from '../../contracts/ids.ts';
import type { OtherSet } from './other-sets.ts';
import type { SealedReceipt } from './sealed-receipts.ts';

/**
 * Ids of the tasks, as CVAT numbers them, whose sealed labels a training at another trainer has read: that of their own
 * iteration, or a later one of a set that has them.
 *
 * @param receipts of one connection and project
 */
export function readElsewhere(
  receipts: ReadonlyMap<string, SealedReceipt>,
  others: readonly OtherSet[],
): ReadonlySet<number> {
  const trained = [...receipts.values()].flatMap(({ results: { trainingSet } }) => trainingSet ?? []);
  const newestOf = ({ chain }: OtherSet): string => {
    const own = trained.filter(({ name }) => name.startsWith(trainingSetName(chain, null)));
    return own.map(({ checkedAt }) => checkedAt).reduce((a, b) => (a > b ? a : b), '');
  };
  const sets = others.map((other) => ({ newest: newestOf(other), origins: other.set.origins }));
  const read = [...receipts].filter(([id, { endedAt, results }]) => {
    return results.trainingSet !== undefined || sets.some(({ newest, origins }) => id in origins && newest > endedAt);
  });
  return new Set(read.map(([, { results }]) => results.task.taskId));
}
