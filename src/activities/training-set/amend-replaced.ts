import type { AmendedFrame, TrainedFrame } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { ExpectedLabels } from './expected-labels.ts';
import { writeAmendment } from './write-amendment.ts';

/**
 * Notes the labels that an iteration replaces or takes out though a receipt of another one names them: the same task was
 * sealed again.
 *
 * @param frames of the iteration `by`
 * @param removed frames that it takes out
 */
export async function amendReplaced(
  store: ArtifactStore,
  by: string,
  { known, receipts }: ExpectedLabels,
  frames: readonly TrainedFrame[],
  removed: readonly TrainedFrame[],
): Promise<void> {
  const amended = new Map<string, AmendedFrame[]>();
  const note = (before: TrainedFrame | undefined, after: string | null): void => {
    if (before === undefined || before.by === by || !receipts.has(before.by)) return;
    if (before.label.sha256 === after) return;
    const { imageId, name, label } = before;
    amended.set(before.by, [...(amended.get(before.by) ?? []), { imageId, name, before: label.sha256, after }]);
  };
  for (const { imageId, label } of frames) note(known.get(imageId), label.sha256);
  for (const { imageId } of removed) note(known.get(imageId), null);
  for (const [id, list] of amended) await writeAmendment(store, { id, by, seal: null, frames: list });
}
