import { z } from 'zod';
import { receiptName } from '../../contracts/ids.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { AwayFrame, TrainedFrame, TrainingOrigin, TrainingSet } from '../../contracts/training-set.ts';
import { artifactSchema as artifact } from '../../storage/artifact-schema.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readAmendments } from '../../receipts/read-amendments.ts';
import { restorableFrames } from './restorable-frames.ts';

/** What is read of a receipt. */
const receipt = z.object({
  results: z.object({
    seal: z.object({ artifact, lastEditAt: z.string() }).optional(),
    submission: z.object({ manifest: artifact }).optional(),
  }),
});

/** An earlier iteration as its receipt has it, and what became of its frames. */
export interface SealedEarlier {
  readonly id: string;
  readonly origin: TrainingOrigin;
  /** Its frames that are trained on. */
  readonly frames: readonly TrainedFrame[];
  /** Its frames that are away and may come, or come back. */
  readonly restorable: readonly AwayFrame[];
  readonly seal: ArtifactRef;
  /** CVAT's time of the newest change that the seal has. */
  readonly lastEditAt: string;
  /**
   * True if labels of it were corrected before, or edited before they were trained on: what is trained on may then differ from
   * a task that is as it was sealed.
   */
  readonly isCorrected: boolean;
}

async function resultsOfReceipt(store: ArtifactStore, id: string) {
  const bytes = await store.getNamed(receiptName(id));
  if (bytes === null) return null;
  const parsed = receipt.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return parsed.data?.results ?? null;
}

/**
 * Iterations of the same project that have a receipt and labels in the training set, or had, but for those of the same
 * task, which is sealed anew itself. The seal is always that of the receipt: one of an amendment may hold edits that did
 * not come to the training set, as of a job that people had open.
 */
export async function sealedEarlier(
  store: ArtifactStore,
  set: TrainingSet,
  here: { readonly by: string; readonly connection: string; readonly project: string; readonly taskId: number },
): Promise<readonly SealedEarlier[]> {
  const found: SealedEarlier[] = [];
  for (const [id, origin] of Object.entries(set.origins)) {
    const isSame = origin.connection === here.connection && origin.project === here.project;
    if (!isSame || id === here.by || origin.taskId === here.taskId) continue;
    const results = await resultsOfReceipt(store, id);
    if (results?.seal === undefined) continue;
    const amendments = (await readAmendments(store, id)).map(({ amendment }) => amendment);
    const frames = set.frames.filter(({ by }) => by === id);
    const restorable = await restorableFrames(store, set, { id, origin, amendments, submission: results.submission });
    if (frames.length + restorable.length === 0) continue;
    const { artifact: seal, lastEditAt } = results.seal;
    const isAway = restorable.some(({ why }) => why === 'edited');
    const isCorrected = isAway || amendments.some((one) => one.seal !== undefined);
    found.push({ id, origin, frames, restorable, seal, lastEditAt, isCorrected });
  }
  return found;
}
