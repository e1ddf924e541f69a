import { join } from 'node:path';
import type { MaskFile } from '../coco/read-mask-file.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { PlannedMask } from '../contracts/conversion-plan.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import { folderPath } from '../storage/contents-in-place.ts';
import { isStored } from '../storage/folder-contents.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { maskFolder } from './mask-folder.ts';

/** What says where masks lie. */
type Placed = Pick<IterationInput, 'masks' | 'compareWith' | 'predict'>;

/**
 * Where planned masks lie: in the folder of the masks, or in the store, where predicted ones are, and those of a folder that
 * was put there. In the store a file is named by its content, so that the name of the mask goes with it.
 *
 * @throws MaskloopError `ArtifactMissing`
 */
export async function maskFiles(
  store: ArtifactStore,
  input: Placed,
  masks: readonly PlannedMask[],
): Promise<readonly MaskFile[]> {
  if (!areStored(input)) {
    const folder = folderPath(maskFolder(input));
    return masks.map(({ name, sha256 }) => ({ path: join(folder, name), sha256 }));
  }
  const files: MaskFile[] = [];
  for (const { name, sha256 } of masks) files.push({ path: await store.localPath(sha256), sha256, name });
  return files;
}

/** What a failure to read a mask means: other bytes in the store are damage, since nobody changes them there. */
export function maskFailure(error: unknown, input: Placed): unknown {
  if (!isMaskloopError(error, 'InputChanged') || !areStored(input)) return error;
  const { facts, message } = error;
  return new MaskloopError('ArtifactCorrupt', `A mask is damaged in the store: ${message}`, { facts, cause: error });
}

function areStored(input: Placed): boolean {
  return input.predict !== undefined || isStored(maskFolder(input));
}
