import type { LabelledFrame } from '../../contracts/manifests.ts';
import type { TrainedFrame, TrainingOrigin } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { CorrectedFrames } from './corrected-frames.ts';
import { labelForModel } from './label-for-model.ts';

interface Corrected {
  readonly id: string;
  readonly origin: TrainingOrigin;
}

/** Corrected frames of an iteration as they are trained on from now on. @throws what the store throws */
export async function asTrained(
  store: ArtifactStore,
  { id, origin }: Corrected,
  { changed, restored }: Pick<CorrectedFrames, 'changed' | 'restored'>,
): Promise<{ readonly changed: readonly TrainedFrame[]; readonly restored: readonly TrainedFrame[] }> {
  const pairs = Object.entries(origin.categoryOf);
  const indexOf = new Map(pairs.map(([name, category]) => [category, origin.indexOf[name] ?? 0]));
  const written = async ({ label, name, frame }: LabelledFrame) => {
    return { label, frame, submitted: await labelForModel(store, label, indexOf, name) };
  };
  return {
    changed: await Promise.all(changed.map(async ({ frame, now }) => ({ ...frame, ...(await written(now)) }))),
    restored: await Promise.all(
      restored.map(async ({ frame: { imageId, name, imageSha256 }, now }) => {
        return { imageId, by: id, name, imageSha256, ...(await written(now)) };
      }),
    ),
  };
}
