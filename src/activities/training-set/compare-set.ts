import type { SetDifference, TrainedFrame } from '../../contracts/training-set.ts';
import type { ExpectedLabels } from './expected-labels.ts';

/** A label that a training would read. */
export interface HeldLabel {
  readonly imageId: string;
  /** Of the label, and of its image; both null for an image whose id cannot be asked for; it is none of ours. */
  readonly sha256: string | null;
  readonly imageSha256: string | null;
}

/**
 * How what a trainer holds differs from what it should: by image id, in their order. An image that is listed twice is an
 * extra one; an approved label of others may be gone, since they may take it out.
 *
 * @param unlabelled SHA-256 of the images that the trainer holds of frames whose labels it lacks, by image id
 */
export function compareSet(
  expected: ExpectedLabels,
  held: readonly HeldLabel[],
  unlabelled: ReadonlyMap<string, string>,
): readonly SetDifference[] {
  const differences: SetDifference[] = [];
  const seen = new Set<string>();
  const note = (what: SetDifference['what'], imageId: string): void => {
    const known = expected.known.get(imageId);
    const by = known?.by ?? null;
    const hasReceipt = by !== null && expected.receipts.has(by);
    differences.push({ what, imageId, name: known?.name ?? null, by, hasReceipt });
  };
  for (const one of held) {
    const what = seen.has(one.imageId) ? 'extra' : differenceOf(expected, one);
    if (what !== null) note(what, one.imageId);
    seen.add(one.imageId);
  }
  for (const { imageId, imageSha256 } of missingFrom(expected, held)) {
    const isSame = (unlabelled.get(imageId) ?? imageSha256) === imageSha256;
    note(isSame ? 'missing' : 'image changed', imageId);
  }
  return differences.toSorted((a, b) => (a.imageId < b.imageId ? -1 : 1));
}

/** The frames that should have labels in the trainer, and have none. */
export function missingFrom({ frames, heldOut }: ExpectedLabels, held: readonly HeldLabel[]): readonly TrainedFrame[] {
  const labelled = new Set(held.map(({ imageId }) => imageId));
  return [...frames.values()].filter(({ imageId }) => !labelled.has(imageId) && !heldOut.has(imageId));
}

function differenceOf(
  { frames, approved, heldOut }: ExpectedLabels,
  { imageId, sha256, imageSha256 }: HeldLabel,
): SetDifference['what'] | null {
  if (heldOut.has(imageId)) return 'held out';
  const frame = frames.get(imageId);
  const other = approved.get(imageId);
  const wanted = frame?.submitted.sha256 ?? other?.labelSha256;
  if (wanted === undefined) return 'extra';
  const image = frame?.imageSha256 ?? other?.imageSha256;
  // It is told before the label: whoever removes the image removes its labels with it.
  if (image !== undefined && image !== imageSha256) return 'image changed';
  return wanted === sha256 ? null : 'changed';
}
