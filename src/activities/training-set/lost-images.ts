import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { Running } from '../durable.ts';
import { throwConflicts, type Conflict } from './conflicts.ts';
import { heldImage } from './held-image.ts';

interface Site {
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
}

/**
 * Those of the frames whose images the trainer lacks. All are looked at before anything is said.
 *
 * @throws MaskloopError `ImageConflict` with all of which it holds another image; what trainer and store throw
 */
export async function lostImages<
  F extends { readonly name: string; readonly imageId: string; readonly imageSha256: string },
>({ trainer, store, signal }: Site, frames: readonly F[], report: Running['report']): Promise<ReadonlySet<F>> {
  const lost = new Set<F>();
  const conflicts: Conflict[] = [];
  for (const [done, frame] of frames.entries()) {
    const held = await heldImage(trainer, frame, signal);
    if (held === 'none') lost.add(frame);
    if (held === 'another') conflicts.push({ frame: frame.name, image: frame.imageId, why: 'another image' });
    report({ phase: 'datastore', done: done + 1, total: frames.length });
  }
  await throwConflicts(store, 'ImageConflict', conflicts);
  return lost;
}
