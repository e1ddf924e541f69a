import { z } from 'zod';
import { receiptName } from '../../contracts/ids.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { TrainedFrame, TrainingOrigin, TrainingSet } from '../../contracts/training-set.ts';
import { artifactSchema as artifact } from '../../storage/artifact-schema.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readAmendments } from '../../receipts/read-amendments.ts';

/** What is read of a receipt. */
const receipt = z.object({ results: z.object({ seal: z.object({ artifact, lastEditAt: z.string() }).optional() }) });

/** An earlier iteration as it was sealed last. */
export interface SealedEarlier {
  readonly id: string;
  readonly origin: TrainingOrigin;
  /** Its frames that are trained on. */
  readonly frames: readonly TrainedFrame[];
  readonly seal: ArtifactRef;
  /** CVAT's time of the newest change that the seal of the receipt has. */
  readonly lastEditAt: string;
}

async function sealOfReceipt(store: ArtifactStore, id: string) {
  const bytes = await store.getNamed(receiptName(id));
  if (bytes === null) return null;
  const parsed = receipt.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return parsed.data?.results.seal ?? null;
}

/**
 * Iterations of the same project that have a receipt and labels in the training set, but for those of the same task, which
 * is sealed anew itself. A seal is that of the receipt, or of the newest amendment by another iteration than `by`: a
 * further try of that one has to find again what it was about to change.
 */
export async function sealedEarlier(
  store: ArtifactStore,
  set: TrainingSet,
  here: { readonly by: string; readonly connection: string; readonly project: string; readonly taskId: number },
): Promise<readonly SealedEarlier[]> {
  const found: SealedEarlier[] = [];
  for (const [id, origin] of Object.entries(set.origins)) {
    const isSame = origin.connection === here.connection && origin.project === here.project;
    const frames = set.frames.filter(({ by }) => by === id);
    if (!isSame || id === here.by || origin.taskId === here.taskId || frames.length === 0) continue;
    const sealed = await sealOfReceipt(store, id);
    if (sealed === null) continue;
    const amended = (await readAmendments(store, id)).findLast(
      ({ amendment }) => amendment.by !== here.by && amendment.seal !== undefined,
    );
    const seal = amended?.amendment.seal ?? sealed.artifact;
    found.push({ id, origin, frames, seal, lastEditAt: sealed.lastEditAt });
  }
  return found;
}
