import { setTimeout as sleep } from 'node:timers/promises';
import type { TrainedFrame } from '../../contracts/training-set.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { stale } from './held-labels.ts';
import { isOurs } from './put-label.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** A living watcher notices within a second. */
const LOOKS = 8;
const LOOK_EVERY_MS = 500;

/**
 * Takes labels of ours out of the trainer and sees them gone; a label that is not ours stays.
 *
 * @returns the frames whose label is another's
 * @throws MaskloopError `DatastoreStale` if the trainer goes on listing them
 */
export async function removeLabels(
  trainer: Trainer,
  frames: readonly TrainedFrame[],
  signal: AbortSignal,
): Promise<readonly TrainedFrame[]> {
  const left: TrainedFrame[] = [];
  const removed = new Set<string>();
  for (const frame of frames) {
    const held = await trainer.getLabel(frame.imageId, signal);
    if (held !== null && !isOurs(frame, hashBytes(held))) left.push(frame);
    else {
      if (held !== null) await trainer.removeLabel(frame.imageId, signal);
      removed.add(frame.imageId);
    }
  }
  for (let looks = 1; removed.size > 0; looks += 1) {
    const listed = (await trainer.trainingSet(signal)).filter((imageId) => removed.has(imageId));
    if (listed.length === 0) break;
    if (looks === LOOKS) throw stale(listed);
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  return left;
}
