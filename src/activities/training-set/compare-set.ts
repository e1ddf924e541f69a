import type { SetDifference } from '../../contracts/training-set.ts';
import type { ExpectedLabels } from './expected-labels.ts';

/** A label that a training would read. */
export interface HeldLabel {
  readonly imageId: string;
  /** Null for an image whose id cannot be asked for; it is none of ours. */
  readonly sha256: string | null;
}

/**
 * How what a trainer holds differs from what it should: by image id, in their order. An image that is listed twice is an
 * extra one; an approved label of others may be gone, since they may take it out.
 */
export function compareSet(expected: ExpectedLabels, held: readonly HeldLabel[]): readonly SetDifference[] {
  const differences: SetDifference[] = [];
  const seen = new Set<string>();
  const note = (what: SetDifference['what'], imageId: string): void => {
    const known = expected.known.get(imageId);
    const by = known?.by ?? null;
    const hasReceipt = by !== null && expected.receipts.has(by);
    differences.push({ what, imageId, name: known?.name ?? null, by, hasReceipt });
  };
  for (const { imageId, sha256 } of held) {
    const what = seen.has(imageId) ? 'extra' : differenceOf(expected, imageId, sha256);
    if (what !== null) note(what, imageId);
    seen.add(imageId);
  }
  for (const imageId of expected.frames.keys()) {
    if (!seen.has(imageId) && !expected.heldOut.has(imageId)) note('missing', imageId);
  }
  return differences.toSorted((a, b) => (a.imageId < b.imageId ? -1 : 1));
}

function differenceOf(
  { frames, approved, heldOut }: ExpectedLabels,
  imageId: string,
  sha256: string | null,
): SetDifference['what'] | null {
  if (heldOut.has(imageId)) return 'held out';
  const wanted = frames.get(imageId)?.submitted.sha256 ?? approved.get(imageId);
  if (wanted === undefined) return 'extra';
  return wanted === sha256 ? null : 'changed';
}
