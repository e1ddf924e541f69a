import { receiptName } from '../../contracts/ids.ts';
import type { ApprovedLabel, TrainedFrame, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** What a trainer should hold, and who has put the rest there. */
export interface ExpectedLabels {
  /** By image id: labels of this iteration, and of those that have a receipt and are not set aside. */
  readonly frames: ReadonlyMap<string, TrainedFrame>;
  /** All that we ever put there and did not take back, by image id. */
  readonly known: ReadonlyMap<string, TrainedFrame>;
  /** Ids of the iterations that have a receipt. */
  readonly receipts: ReadonlySet<string>;
  /** Approved labels by image id. */
  readonly approved: ReadonlyMap<string, ApprovedLabel>;
  /** Images that an iteration held out and that none trains on. */
  readonly heldOut: ReadonlySet<string>;
}

/** Which of the iterations of a training set have a receipt. */
async function receiptsOf(store: ArtifactStore, set: TrainingSet): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const id of new Set([...set.frames.map(({ by }) => by), ...Object.keys(set.origins)])) {
    if ((await store.getNamed(receiptName(id))) !== null) found.add(id);
  }
  return found;
}

/**
 * What has to lie in the trainer: the labels of the iteration itself, those that earlier receipts name, and those that
 * somebody approved.
 *
 * @param id of the iteration that is about to train
 * @throws what the store throws
 */
export async function expectedLabels(store: ArtifactStore, id: string, set: TrainingSet): Promise<ExpectedLabels> {
  const receipts = await receiptsOf(store, set);
  const known = new Map(set.frames.map((frame) => [frame.imageId, frame]));
  const frames = new Map([...known].filter(([, one]) => one.by === id || (receipts.has(one.by) && !one.aside)));
  const own = new Set(set.origins[id]?.heldOut);
  const ofOthers = Object.values(set.origins).flatMap(({ heldOut }) => heldOut);
  const heldOut = new Set([...own, ...ofOthers.filter((imageId) => !frames.has(imageId))]);
  const approved = new Map(set.approved.map((one) => [one.imageId, one]));
  return { frames, known, receipts, approved, heldOut };
}
