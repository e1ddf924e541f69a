import type { ForgetInput, ForgetResult, FramePlace } from '../../contracts/withdrawal.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { imageId } from '../../monai/image-id.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { Connection } from '../dependencies.ts';
import { readForgotten } from './forgotten-frame.ts';
import { framesInCvat, framesMeant, type KnownFrame } from './frames-meant.ts';
import { inputRoots, storeRoots } from './store-roots.ts';
import { viewStore, type Root, type StoreView } from './store-view.ts';
import { storedPredictions } from './stored-predictions.ts';
import { whatToForget, type ToForget } from './what-to-forget.ts';
import { hashBytes } from '../../storage/file-hash.ts';

export interface LookingPlace {
  readonly store: ArtifactStore;
  readonly connect: (connection: string) => Connection;
  /** What iterations hold that may have no receipt yet. */
  readonly running: () => Promise<readonly (Root & { readonly input?: unknown })[]>;
  readonly signal: AbortSignal;
}

/** Frames of one task, and what is to be removed of them. */
export interface Found extends ToForget {
  readonly place: FramePlace;
  readonly frames: readonly (KnownFrame & { readonly imageId: string })[];
  readonly trainer: Trainer | null;
  readonly held: { readonly images: number; readonly labels: number };
}

/** Everything that documents tell of frames. */
export async function viewOf({ store, running, signal }: LookingPlace): Promise<StoreView> {
  const roots = (await running()).flatMap((root) => [root, ...inputRoots(root.place, root.input)]);
  return viewStore(store, [...(await storeRoots(store)), ...roots], signal);
}

/**
 * Looks for frames and all that is kept of them alone.
 *
 * @throws MaskloopError `FrameUnknown`, `FrameAmbiguous`; what store, trainer and CVAT throw
 */
export async function lookForFrames(looking: LookingPlace, input: ForgetInput): Promise<Found> {
  const { store, connect, signal } = looking;
  const view = await viewOf(looking);
  const earlier = await readForgotten(store);
  const meant = await framesAsked(looking, [...view.frames.values(), ...earlier], input);
  const frames = meant.map((one) => ({ ...one, imageId: imageId(one) }));
  const { connection, project, task } = onlyPlace(frames);
  const { trainer } = connect(connection);
  const { images, held } = await heldBy(trainer, frames, signal);
  for (const one of earlier) images.set(one.imageId, [...(images.get(one.imageId) ?? []), ...one.images]);
  const forgotten = new Set(earlier.map((one) => one.imageId));
  const known = { view, predictions: await storedPredictions(store), images, forgotten };
  const ids = new Set(frames.map((one) => one.imageId));
  return { ...whatToForget(known, ids), place: { connection, project, task }, frames, trainer, held };
}

/** What is told of what was found. Artifacts that an earlier try has removed count no more. */
export function resultOf(found: Found, done: boolean, removed: readonly { readonly bytes: number }[]): ForgetResult {
  const { place, frames, shared, predictions, trainer, held } = found;
  return {
    done,
    ...place,
    frames: frames.map(({ frame }) => frame),
    artifacts: removed.length,
    bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0),
    shared,
    predictions: predictions.length,
    trainer: trainer === null ? null : { address: trainer.address, ...held },
  };
}

async function framesAsked(
  { connect, signal }: LookingPlace,
  all: readonly KnownFrame[],
  { connection, project, task, frames }: ForgetInput,
): Promise<readonly KnownFrame[]> {
  const known = new Map(
    all
      .filter((one) => connection === null || one.connection === connection)
      .filter((one) => project === null || one.project === project)
      .filter((one) => task === null || one.task === task)
      .map((one) => [
        imageId(one),
        { connection: one.connection, project: one.project, task: one.task, frame: one.frame },
      ]),
  );
  try {
    return framesMeant([...known.values()], frames);
  } catch (error) {
    if (project === null || task === null || !(error instanceof MaskloopError) || error.code !== 'FrameUnknown')
      throw error;
    const place = { connection: connection ?? 'default', project, task };
    for (const one of await framesInCvat(connect(place.connection).cvat, place, signal)) {
      if (!known.has(imageId(one))) known.set(imageId(one), one);
    }
    return framesMeant([...known.values()], frames);
  }
}

/** The task of all frames. @throws MaskloopError `FrameAmbiguous` for frames of several */
function onlyPlace(frames: readonly KnownFrame[]): FramePlace {
  const [first, ...rest] = new Map(
    frames.map((one) => [JSON.stringify([one.connection, one.project, one.task]), one]),
  ).values();
  if (first !== undefined && rest.length === 0) return first;
  const tasks = [...(first === undefined ? [] : [first]), ...rest].map(({ project, task }) => `${project} / ${task}`);
  throw new MaskloopError('FrameAmbiguous', `The frames are of several tasks: ${tasks.slice(0, 5).join(', ')}.`, {
    facts: { tasks: tasks.slice(0, 20) },
  });
}

async function heldBy(
  trainer: Trainer | null,
  frames: readonly { readonly imageId: string }[],
  signal: AbortSignal,
): Promise<{ readonly images: Map<string, string[]>; readonly held: Found['held'] }> {
  const images = new Map<string, string[]>();
  let labels = 0;
  for (const one of trainer === null ? [] : frames) {
    const bytes = (await trainer?.getImage(one.imageId, signal)) ?? null;
    if (bytes === null) continue;
    images.set(one.imageId, [hashBytes(bytes)]);
    if ((await trainer?.getLabel(one.imageId, signal)) != null) labels += 1;
  }
  return { images, held: { images: images.size, labels } };
}
