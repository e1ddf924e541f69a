import { MaskloopError } from '../../contracts/error.ts';
import type { FailureCode } from '../../contracts/failures.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** A frame for which the trainer holds something that is not ours. */
export interface Conflict {
  readonly frame: string;
  readonly image: string;
  readonly why: string;
}

/** Frames that a message lists; the artifact has all. */
const MAX_LISTED = 50;

/**
 * One failure for all frames of a kind; nothing for none.
 *
 * @throws MaskloopError with the given code; what the store throws
 */
export async function throwConflicts(
  store: ArtifactStore,
  code: Extract<FailureCode, 'ImageConflict' | 'LabelConflict'>,
  conflicts: readonly Conflict[],
): Promise<void> {
  const [first] = conflicts;
  if (first === undefined) return;
  const list = await store.put(Buffer.from(JSON.stringify(conflicts)));
  const more = conflicts.length === 1 ? '' : `, and likewise for ${conflicts.length - 1} more`;
  throw new MaskloopError(
    code,
    `The trainer holds ${first.why} for frame "${first.frame}" (image ${first.image})${more}.`,
    {
      facts: {
        count: conflicts.length,
        frames: conflicts.slice(0, MAX_LISTED).map(({ frame, image }) => `${frame} (${image})`),
        list: list.uri,
      },
    },
  );
}
