import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { takenOutName } from '../../contracts/ids.ts';
import type { TrainedFrame } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { trainedFrameSchema } from '../training-set/trained-frame-schema.ts';

/** Notes a frame before it is taken out of a training set, so that it can come back as it was. */
export async function noteTakenOut(store: ArtifactStore, chain: string, frame: TrainedFrame): Promise<void> {
  await store.putNamed(takenOutName(chain, frame.imageId), Buffer.from(`${JSON.stringify(frame, null, 2)}\n`));
}

/** Forgets the note. */
export async function dropTakenOut(store: ArtifactStore, chain: string, imageId: string): Promise<void> {
  await store.removeNamed(takenOutName(chain, imageId));
}

/** The frames that were taken out of a training set. @throws MaskloopError `ArtifactCorrupt`; what the store throws */
export async function readTakenOut(store: ArtifactStore, chain: string): Promise<readonly TrainedFrame[]> {
  const found: TrainedFrame[] = [];
  for (const name of await store.listNamed(takenOutName(chain, null))) {
    const bytes = await store.getNamed(name);
    if (bytes === null) continue;
    const parsed = trainedFrameSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (!parsed.success) {
      throw new MaskloopError('ArtifactCorrupt', `${name} is no frame that was taken out.`, {
        facts: { name, problem: z.prettifyError(parsed.error) },
      });
    }
    found.push(parsed.data);
  }
  return found;
}
