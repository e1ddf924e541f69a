import type { LabelledFrame } from '../../contracts/manifests.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { TrainedFrame } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { Running } from '../durable.ts';
import type { ImageSource } from '../image-source.ts';
import type { Conflict } from './conflicts.ts';
import { labelForModel } from './label-for-model.ts';
import { isOurs } from './put-label.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** A frame that is to be submitted. */
export interface SubmittedFrame {
  readonly frame: LabelledFrame;
  readonly imageId: string;
  readonly part: 'training' | 'heldOut';
}

/** What the trainer holds for a frame before anything is written. */
export interface LookedFrame extends SubmittedFrame {
  /** SHA-256 of the image that it holds; null if it lacks one. */
  readonly imageSha256: string | null;
  /** The label as the model wants it; null where the frame is held out. */
  readonly submitted: ArtifactRef | null;
}

export interface Looked {
  readonly frames: readonly LookedFrame[];
  readonly imageConflicts: readonly Conflict[];
  readonly labelConflicts: readonly Conflict[];
}

export interface Looking {
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly images: ImageSource;
  /** Label index of the model by category id. */
  readonly indexOf: ReadonlyMap<number, number>;
  /** What we have put there, by image id. */
  readonly known: ReadonlyMap<string, TrainedFrame>;
  readonly running: Running;
}

/**
 * Reads what the trainer holds for every frame, so that all conflicts are told before anything is written. An image that
 * is there has to be the one that was there when it was trained on, or else the one of its source.
 */
export async function lookAtFrames(looking: Looking, frames: readonly SubmittedFrame[]): Promise<Looked> {
  const looked: LookedFrame[] = [];
  const imageConflicts: Conflict[] = [];
  const labelConflicts: Conflict[] = [];
  for (const submitted of frames) {
    const image = await lookAtImage(looking, submitted);
    const label = await lookAtLabel(looking, submitted);
    if (image.conflict !== null) imageConflicts.push(image.conflict);
    if (label.conflict !== null) labelConflicts.push(label.conflict);
    looked.push({ ...submitted, imageSha256: image.sha256, submitted: label.submitted });
    looking.running.report({ phase: 'datastore', done: looked.length, total: frames.length });
  }
  return { frames: looked, imageConflicts, labelConflicts };
}

async function lookAtImage(
  { trainer, images, known, running }: Looking,
  { frame, imageId }: SubmittedFrame,
): Promise<{ readonly sha256: string | null; readonly conflict: Conflict | null }> {
  const held = await trainer.getImage(imageId, running.signal);
  if (held === null) return { sha256: null, conflict: null };
  const sha256 = hashBytes(held);
  const wanted = known.get(imageId)?.imageSha256 ?? hashBytes((await images(frame)).bytes);
  const conflict = sha256 === wanted ? null : { frame: frame.name, image: imageId, why: 'another image' };
  return { sha256, conflict };
}

async function lookAtLabel(
  { trainer, store, indexOf, known, running }: Looking,
  { frame, imageId, part }: SubmittedFrame,
): Promise<{ readonly submitted: ArtifactRef | null; readonly conflict: Conflict | null }> {
  const submitted = part === 'training' ? await labelForModel(store, frame.label, indexOf, frame.name) : null;
  const held = await trainer.getLabel(imageId, running.signal);
  const sha256 = held === null ? null : hashBytes(held);
  const ours = known.get(imageId);
  const isKnown = sha256 === null || sha256 === submitted?.sha256 || (ours !== undefined && isOurs(ours, sha256));
  if (isKnown) return { submitted, conflict: null };
  const why = part === 'training' ? 'another final label' : 'a final label, though it is held out,';
  return { submitted, conflict: { frame: frame.name, image: imageId, why } };
}
