import { setTimeout as sleep } from 'node:timers/promises';
import { MaskloopError } from '../../contracts/error.ts';
import { isImageId } from '../../monai/image-id.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { Running } from '../durable.ts';
import type { HeldLabel } from './compare-set.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** A living watcher notices within a second. */
const LOOKS = 4;
const LOOK_EVERY_MS = 700;

/** Images that a message names. */
const MAX_NAMED = 50;

/** Reads each label that a training would read; those that are listed and not there come back in `gone`. */
async function readOnce(
  trainer: Trainer,
  { signal, report }: Pick<Running, 'signal' | 'report'>,
): Promise<{ readonly held: readonly HeldLabel[]; readonly gone: readonly string[] }> {
  const ids = await trainer.trainingSet(signal);
  const held: HeldLabel[] = [];
  const gone: string[] = [];
  for (const [done, imageId] of ids.entries()) {
    const bytes = isImageId(imageId) ? await trainer.getLabel(imageId, signal) : undefined;
    if (bytes === null) gone.push(imageId);
    else held.push({ imageId, sha256: bytes === undefined ? null : hashBytes(bytes) });
    report({ phase: 'training set', done: done + 1, total: ids.length });
  }
  return { held, gone };
}

/**
 * Everything that a training would read now, by its hash.
 *
 * @throws MaskloopError `DatastoreStale` if labels are listed for longer than a living watcher takes though they are gone;
 *   what the trainer throws
 */
export async function heldLabels(
  trainer: Trainer,
  running: Pick<Running, 'signal' | 'report'>,
): Promise<readonly HeldLabel[]> {
  for (let looks = 1; ; looks += 1) {
    const { held, gone } = await readOnce(trainer, running);
    if (gone.length === 0) return held;
    if (looks === LOOKS) throw stale(gone);
    await sleep(LOOK_EVERY_MS, undefined, { signal: running.signal });
  }
}

/** What is told of images whose labels are listed and not there. */
export function stale(gone: readonly string[]): MaskloopError {
  const named = gone.slice(0, MAX_NAMED);
  return new MaskloopError(
    'DatastoreStale',
    `The trainer lists ${gone.length} labels to train on that it does not have, ${named[0]} first.`,
    { facts: { count: gone.length, images: named } },
  );
}
