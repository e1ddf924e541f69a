import { MaskloopError } from '../../contracts/error.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { SetDifference } from '../../contracts/training-set.ts';
import type { HeldLabel } from './compare-set.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** Differences of a kind that a message lists, no more than a failure can carry; the artifact has all. */
const MAX_LISTED = 20;
/** And those that its sentence names. */
const MAX_NAMED = 3;
/** Of each; more would not fit into the failure. */
const MAX_TEXT = 120;

const KINDS: readonly { readonly kind: SetDifference['what']; readonly words: string }[] = [
  { kind: 'extra', words: 'do not belong there' },
  { kind: 'missing', words: 'are missing' },
  { kind: 'changed', words: 'are others than we put there' },
  { kind: 'image changed', words: 'belong to images that are others by now' },
  { kind: 'held out', words: 'are on frames that are held out' },
];

/** One difference for a person: the frame, and who put its label there. */
export function differenceText({ imageId, name, by, hasReceipt }: SetDifference): string {
  const who = by === null ? 'by somebody unknown' : hasReceipt ? `by ${by}` : `by ${by}, which has no receipt`;
  return `${name ?? imageId} (${who})`.slice(0, MAX_TEXT);
}

/** The first few for a sentence. */
function namesOf(all: readonly SetDifference[]): string {
  const named = all.slice(0, MAX_NAMED).map(differenceText).join(', ');
  return all.length > MAX_NAMED ? `${named} and ${all.length - MAX_NAMED} more` : named;
}

/** Tells one list of extra labels from another, the contents of labels and images included: 64 hex digits. */
export function extrasDigest(differences: readonly SetDifference[], held: readonly HeldLabel[]): string {
  const hashesOf = new Map(held.map(({ imageId, sha256, imageSha256 }) => [imageId, [sha256, imageSha256]]));
  const extras = differences.map(({ what, imageId }) => [what, imageId, ...(hashesOf.get(imageId) ?? [])]);
  return hashBytes(JSON.stringify(extras));
}

/**
 * `TrainingSetDiffers` with what differs, by kind. Labels that do not belong there may be approved, as long as nothing
 * else is wrong: then the facts have `approves`.
 */
export function setDiffers(
  differences: readonly SetDifference[],
  list: ArtifactRef,
  digest: string | null,
): MaskloopError {
  const kinds = KINDS.map((kind) => ({ ...kind, all: differences.filter(({ what }) => what === kind.kind) }));
  const found = kinds.filter(({ all }) => all.length > 0);
  const said = found.map(({ words, all }) => `${all.length} ${words}: ${namesOf(all)}`).join('; ');
  const lists = found.map(({ kind, all }) => [kind, all.slice(0, MAX_LISTED).map(differenceText)] as const);
  return new MaskloopError('TrainingSetDiffers', `Of the labels in the trainer ${said}.`, {
    facts: {
      ...Object.fromEntries(lists),
      count: differences.length,
      list: list.uri,
      ...(digest === null ? {} : { approves: digest }),
    },
  });
}
