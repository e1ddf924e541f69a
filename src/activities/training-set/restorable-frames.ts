import type { ArtifactRef } from '../../contracts/refs.ts';
import type { Amendment, AwayFrame, TrainingOrigin, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readSubmission } from '../read-manifest.ts';
import { withdrawnImages } from '../withdrawal/withdrawn-images.ts';
import { withheldInSet } from './withheld.ts';

interface Amended {
  readonly id: string;
  readonly origin: TrainingOrigin;
  readonly amendments: readonly Amendment[];
  readonly submission: { readonly manifest: ArtifactRef } | undefined;
}

/**
 * Frames of a receipt that are away: a correction took them out since they were deleted in CVAT, or they were edited before
 * anything was trained on them. Those that are not in the training set again, and that nobody holds out (with groups and
 * pictures), excluded or forgot. None where a further iteration of the same task was submitted, whose seal says which frames
 * there are.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function restorableFrames(
  store: ArtifactStore,
  set: TrainingSet,
  amended: Amended,
): Promise<readonly AwayFrame[]> {
  const { id, origin } = amended;
  const away = await awayFrames(store, amended);
  const others = Object.entries(set.origins).filter(([other]) => other !== id);
  const isAlone = others.every(([, one]) => one.taskId !== origin.taskId || one.connection !== origin.connection);
  if (away.length === 0 || !isAlone) return [];
  const withdrawn = await withdrawnImages(store, null);
  const taken = new Set([...set.frames.map(({ imageId }) => imageId), ...withdrawn.keys()]);
  const found = away.filter(({ imageId }) => !taken.has(imageId));
  const heldOut = withheldInSet(set, id, found);
  return found.filter((frame) => !heldOut.has(frame));
}

/** As the training set notes them, or, where it is of a version before this one, as amendments and the submission do. */
async function awayFrames(
  store: ArtifactStore,
  { origin: { away = [] }, amendments, submission }: Amended,
): Promise<readonly AwayFrame[]> {
  const noted = new Set(away.map(({ imageId }) => imageId));
  const sealed = amendments.filter(({ seal }) => seal !== undefined).flatMap((one) => one.frames);
  const gone = sealed.filter(({ imageId, after }) => after === null && !noted.has(imageId));
  if (gone.length === 0 || submission === undefined) return away;
  const deleted = new Map(gone.map((one) => [one.imageId, one.before]));
  const { frames } = await readSubmission(store, submission.manifest);
  const known = frames.flatMap(({ imageId, name, imageSha256 }): AwayFrame[] => {
    const before = deleted.get(imageId);
    if (before === undefined || imageSha256 === undefined) return [];
    return [{ imageId, name, imageSha256, before, why: 'deleted' }];
  });
  return [...away, ...known];
}
