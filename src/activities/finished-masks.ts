import type { ConvertedMask } from '../coco/converted-mask.ts';
import { readMaskLines } from '../coco/read-mask-lines.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';

/**
 * The converted masks of a finished shard, as they come. Lines that cannot be read are damage, since we wrote them: it
 * is met before the end of the artifact, where its hash is compared.
 *
 * @param expected how many masks the shard has
 * @throws MaskloopError `ArtifactCorrupt` for damaged lines, or fewer or more than expected; what the store throws
 */
export async function* finishedMasks(
  store: ArtifactStore,
  lines: ArtifactRef,
  expected: number,
): AsyncGenerator<ConvertedMask, void, undefined> {
  const { uri } = lines;
  let masks = 0;
  try {
    for await (const mask of readMaskLines(await store.open(lines), uri)) {
      masks += 1;
      if (masks > expected) throw corrupt(uri, `holds more than ${expected} masks`, { expected });
      yield mask;
    }
  } catch (error) {
    if (!isMaskloopError(error, 'InvalidDataset')) throw error;
    throw corrupt(uri, `is damaged after ${masks} of ${expected} masks`, { masks, expected }, error);
  }
  if (masks < expected) throw corrupt(uri, `holds ${masks} masks, not ${expected}`, { masks, expected });
}

function corrupt(uri: string, problem: string, counts: Record<string, number>, cause?: unknown): MaskloopError {
  return new MaskloopError('ArtifactCorrupt', `The converted masks ${uri}: the file ${problem}.`, {
    facts: { uri, ...counts },
    cause,
  });
}
