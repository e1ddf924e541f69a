import { MaskloopError } from '../contracts/error.ts';
import type { PlannedMask } from '../contracts/conversion-plan.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { PredictionsRef } from '../contracts/prediction.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { verifyContents, type VerifiedContents } from '../storage/verify-contents.ts';
import type { Running } from './durable.ts';
import { listMaskFolder } from './mask-folder.ts';
import { readPredictions } from './read-manifest.ts';

/** The masks that are to be converted, in the order of the document. */
export interface PlannedMasks {
  readonly count: number;
  readonly masks: IteratorObject<PlannedMask>;
}

/** Files hashed between two reports. */
const FILES_PER_REPORT = 50;

/** The masks of a folder, hashed. @throws MaskloopError `InputChanged` unless they are those of the start, `EmptyMaskFolder` */
export async function masksOfFolder(
  store: ArtifactStore,
  folder: FolderRef,
  { signal, report }: Running,
): Promise<PlannedMasks> {
  const { masks: names } = await listMaskFolder(store, folder);
  const hashes = await verifyContents(store, folder, {
    signal,
    onProgress: ({ done, total }) => {
      if (done % FILES_PER_REPORT === 0 || done === total) report({ phase: 'hashes', done, total });
    },
  });
  return { count: names.length, masks: hashedMasks(names, hashes) };
}

/** The masks that were predicted, each under the name of its frame. @throws MaskloopError what the store throws */
export async function masksOfPredictions(store: ArtifactStore, { manifest }: PredictionsRef): Promise<PlannedMasks> {
  const { frames } = await readPredictions(store, manifest);
  return { count: frames.length, masks: frames.map(({ name, mask }) => ({ name, sha256: mask.sha256 })).values() };
}

/** Each mask with its hash. A folder may hold other files besides; both lists are in the same order. */
function* hashedMasks(masks: readonly string[], { where, names, hashAt }: VerifiedContents): Generator<PlannedMask> {
  let at = 0;
  for (const name of masks) {
    while (at < names.length && names[at] !== name) at += 1;
    if (at === names.length) {
      throw new MaskloopError('InputChanged', `${name} was there when the masks were listed, but not afterwards.`, {
        facts: { folder: where, file: name },
      });
    }
    yield { name, sha256: hashAt(at) };
  }
}
