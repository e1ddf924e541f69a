import { isMaskloopError } from '../../contracts/error.ts';
import type { AwayFrame, TrainedFrame } from '../../contracts/training-set.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { asTrained } from './as-trained.ts';
import { amendedFrames, asAway, correctedFrames } from './corrected-frames.ts';
import { editsSince, reachOf } from './edits-since.ts';
import { sealedAnew, whyNotSealed, type SealedAnew } from './sealed-anew.ts';
import type { SealedEarlier } from './sealed-earlier.ts';
import type { SkippedIteration } from './skipped-iteration.ts';
import { writeAmendment } from './write-amendment.ts';

interface Site {
  /** Id of the iteration that takes up. */
  readonly by: string;
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
}

/** What people made of sealed frames that are taken up. */
export interface AsEdited {
  /** Frames whose labels were corrected, as they are trained on. */
  readonly changed: readonly TrainedFrame[];
  /** Frames that are not trained on: deleted in CVAT, or edited and not to be sealed anew yet. */
  readonly away: readonly AwayFrame[];
}

const UNTOUCHED: AsEdited = { changed: [], away: [] };

/**
 * Looks what people have edited of a task since the seal that is taken up. A corrected label takes the place of the sealed one,
 * with an amendment, which is written first; what was edited where people are still at work is away, and comes as a correction.
 *
 * @param frames as they were sealed
 * @throws what CVAT and the store throw; a task that is gone is as it was sealed
 */
export async function asEdited(
  site: Site,
  { id, origin, seal }: SkippedIteration,
  frames: readonly TrainedFrame[],
): Promise<AsEdited> {
  const { by, cvat, store, signal } = site;
  const sealed = { seal: seal.artifact, lastEditAt: seal.lastEditAt };
  const earlier: SealedEarlier = { id, origin, frames, restorable: [], ...sealed, isCorrected: false };
  const edits = await unlessGone(async () => editsSince({ cvat, store, signal }, earlier));
  if (edits === null) return UNTOUCHED;
  const edited = await reachOf(store, seal.artifact, edits);
  const anew = await newSeal(site, earlier);
  const ofEdited = frames.filter(({ frame }) => edited.has(frame));
  if (anew === null) return { changed: [], away: ofEdited.map((frame) => asAway(frame, 'edited')) };
  const corrected = correctedFrames(earlier, anew.labels, edited);
  const amended = amendedFrames(corrected);
  if (amended.length > 0) await writeAmendment(store, { id, by, seal: anew.seal, frames: amended });
  const open = new Set(
    (anew.labels.withoutLabel ?? []).flatMap(({ name, why }) => (why === 'unfinished' ? [name] : [])),
  );
  const { changed } = await asTrained(store, earlier, corrected);
  const waiting = ofEdited.filter(({ name }) => open.has(name));
  return {
    changed,
    away: [
      ...corrected.deleted.map((frame) => asAway(frame, 'deleted')),
      ...waiting.map((frame) => asAway(frame, 'edited')),
    ],
  };
}

/** The task as it is now; null where it cannot be sealed. */
async function newSeal({ cvat, store, signal }: Site, earlier: SealedEarlier): Promise<SealedAnew | null> {
  try {
    const { projectId } = await cvat.getTask(earlier.origin.taskId, signal);
    return await sealedAnew({ cvat, store, signal }, earlier, projectId ?? 0);
  } catch (error) {
    if (whyNotSealed(error) === null) throw error;
    return null;
  }
}

async function unlessGone<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isMaskloopError(error, 'TaskGone')) return null;
    throw error;
  }
}
