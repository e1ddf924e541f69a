import type { ArtifactRef } from '../../contracts/refs.ts';
import type { Amendment, TrainingOrigin, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readSubmission } from '../read-manifest.ts';
import { withdrawnImages } from '../withdrawal/withdrawn-images.ts';
import { withheldInSet } from './withheld.ts';

/** A frame that left the training set when it was deleted in CVAT, and may come back. */
export interface RestorableFrame {
  readonly imageId: string;
  readonly name: string;
  readonly imageSha256: string;
  /** SHA-256 of its label in category ids before it was deleted. */
  readonly before: string;
}

interface Amended {
  readonly id: string;
  readonly origin: TrainingOrigin;
  readonly amendments: readonly Amendment[];
  readonly submission: { readonly manifest: ArtifactRef } | undefined;
}

/**
 * Frames of a receipt that a correction took out since they were deleted in CVAT: those that are not in the training set
 * again, and that nobody holds out (with groups and pictures), excluded or forgot. None where a further iteration of the same task was submitted, whose
 * seal says which frames there are.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function restorableFrames(
  store: ArtifactStore,
  set: TrainingSet,
  { id, origin, amendments, submission }: Amended,
): Promise<readonly RestorableFrame[]> {
  const sealed = amendments.filter(({ seal }) => seal !== undefined).flatMap((one) => one.frames);
  const deleted = new Map(sealed.filter(({ after }) => after === null).map((one) => [one.imageId, one.before]));
  if (deleted.size === 0 || submission === undefined) return [];
  const others = Object.entries(set.origins).filter(([other]) => other !== id);
  const isAlone = others.every(([, one]) => one.taskId !== origin.taskId || one.connection !== origin.connection);
  if (!isAlone) return [];
  const withdrawn = await withdrawnImages(store, null);
  const taken = new Set([...set.frames.map(({ imageId }) => imageId), ...withdrawn.keys()]);
  const submitted = (await readSubmission(store, submission.manifest)).frames;
  const found = submitted.flatMap(({ imageId, name, imageSha256 }) => {
    const before = deleted.get(imageId);
    if (before === undefined || imageSha256 === undefined || taken.has(imageId)) return [];
    return [{ imageId, name, imageSha256, before }];
  });
  const heldOut = withheldInSet(set, id, found);
  return found.filter((frame) => !heldOut.has(frame));
}
