import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import { tombstoneName } from '../../contracts/ids.ts';
import type { Asked } from '../../contracts/withdrawal.ts';
import { contentRef } from '../../storage/content-address.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { noteForgotten } from './forgotten-frame.ts';
import type { Found } from './look-for-frames.ts';
import { settleWithdrawn } from './settle-withdrawn.ts';

interface Removing extends Asked {
  readonly store: ArtifactStore;
  /** The run that removes. */
  readonly runId: string;
  readonly at: string;
  readonly signal: AbortSignal;
}

type Artifact = Found['artifacts'][number];

/** Those of the artifacts that the store still has; damaged ones as well. */
export async function stillHeld(store: ArtifactStore, artifacts: readonly Artifact[]): Promise<readonly Artifact[]> {
  const held: Artifact[] = [];
  for (const artifact of artifacts) {
    try {
      await store.get(contentRef(artifact.sha256, artifact.bytes));
      held.push(artifact);
    } catch (error) {
      if (isMaskloopError(error, 'ArtifactCorrupt')) held.push(artifact);
      else if (!isMaskloopError(error, 'ArtifactMissing')) throw error;
    }
  }
  return held;
}

/**
 * Removes frames: from the training set and the trainer, then from the store. What says that they are forgotten is
 * written before, so that a crash between any two removals leaves nothing that looks like a loss, and a further try ends it.
 *
 * @throws MaskloopError `DatastoreMismatch` for an image that the trainer keeps; what trainer and store throw
 */
export async function removeFrames(removing: Removing, found: Found): Promise<void> {
  const { store } = removing;
  await noteAll(removing, found);
  await removeFromTrainer(removing, found);
  const ids = new Set(found.frames.map(({ imageId }) => imageId));
  for (const name of await store.listNamed('taken-out/')) {
    if (ids.has(name.slice(name.lastIndexOf('/') + 1))) await store.removeNamed(name);
  }
  for (const { sha256 } of found.artifacts) {
    removing.signal.throwIfAborted();
    await store.putNamed(tombstoneName(sha256), tombstone(removing));
    await store.remove(sha256);
  }
  // Only these name what was removed above, so that they go last.
  for (const name of found.predictions) await store.removeNamed(name);
}

function tombstone({ by, note, at }: Removing): Uint8Array {
  return Buffer.from(`${JSON.stringify({ schema: 'maskloop.tombstone/1', by, note, at }, null, 2)}\n`);
}

async function noteAll(removing: Removing, { frames, images }: Found): Promise<void> {
  const { store, by, note, at } = removing;
  for (const { imageId, connection, project, task, frame } of frames) {
    const place = { connection, project, task, frame };
    const own = images.get(imageId) ?? [];
    await noteForgotten(store, place, { schema: 'maskloop.forgotten/1', ...place, imageId, images: own, by, note, at });
    for (const sha256 of own) await store.putNamed(tombstoneName(sha256), tombstone(removing));
  }
}

async function removeFromTrainer({ store, runId, signal }: Removing, { trainer, frames }: Found): Promise<void> {
  if (trainer === null) return;
  await settleWithdrawn({ store, trainer, by: runId, signal });
  for (const { imageId, frame } of frames) {
    if ((await trainer.getImage(imageId, signal)) === null) continue;
    await trainer.removeImage(imageId, signal);
    if ((await trainer.getImage(imageId, signal)) === null) continue;
    const message = `The trainer still has the image of frame "${frame}" (${imageId}) after it was removed.`;
    throw new MaskloopError('DatastoreMismatch', message, { facts: { frame, image: imageId } });
  }
}
