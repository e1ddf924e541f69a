import { join } from 'node:path';
import type { MaskFile } from '../coco/read-mask-file.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { PlannedMask } from '../contracts/conversion-plan.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { folderPath, maskFolder } from './in-place.ts';

/** Where planned masks lie: in the folder of the masks, or in the store where they were predicted. @throws MaskloopError `ArtifactMissing` */
export async function maskFiles(
  store: ArtifactStore,
  input: IterationInput,
  masks: readonly PlannedMask[],
): Promise<readonly MaskFile[]> {
  if (input.predict === undefined) {
    const folder = folderPath(maskFolder(input));
    return masks.map(({ name, sha256 }) => ({ path: join(folder, name), sha256 }));
  }
  const files: MaskFile[] = [];
  for (const { sha256 } of masks) files.push({ path: await store.localPath(sha256), sha256 });
  return files;
}

/** What a failure to read a mask means: other bytes in the store are damage, since nobody changes them there. */
export function maskFailure(error: unknown, { predict }: Pick<IterationInput, 'predict'>): unknown {
  if (predict === undefined || !isMaskloopError(error, 'InputChanged')) return error;
  const { facts, message } = error;
  return new MaskloopError('ArtifactCorrupt', `A predicted mask is damaged in the store: ${message}`, {
    facts,
    cause: error,
  });
}
