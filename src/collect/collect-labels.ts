import type { LabelledFrame, LabelManifest } from '../contracts/manifests.ts';
import type { LabelsRef } from '../contracts/refs.ts';
import type { SealRef } from '../contracts/seal.ts';
import { writeMask } from '../coco/write-mask.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoryOfLabels } from './category-of-labels.ts';
import { counted, paintFrame } from './paint-frame.ts';
import type { OutsideJob } from './placed-content.ts';
import { openSeal } from './read-seal.ts';
import { sealedFrames, type FrameContent } from './sealed-frames.ts';

export interface CollectRequest {
  readonly store: ArtifactStore;
  readonly seal: SealRef;
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly signal: AbortSignal;
  readonly onFrame?: (done: number, total: number) => void;
}

type WithoutLabel = NonNullable<LabelManifest['withoutLabel']>[number];

/** Everything on a frame that is no label, one by one. */
function drawnOn({ shapes, tags, twins }: FrameContent): number {
  return shapes.length + tags + twins;
}

async function labelled(
  { store }: CollectRequest,
  content: FrameContent,
  categoryOf: ReturnType<typeof categoryOfLabels>,
): Promise<LabelledFrame> {
  const { name, frame, width, height } = content.frame;
  const { mask, labelledPixels, overlappingPixels, instances, leftOut } = paintFrame(content, categoryOf);
  const label = await store.put(writeMask(mask));
  return { name, frame, width, height, label, labelledPixels, overlappingPixels, instances, leftOut };
}

/**
 * Builds the label PNGs and their manifest from a seal, one frame after the other. Frames that were deleted, or whose
 * jobs nobody completed, get none; a frame that people left empty gets an empty one. The same seal gives the same bytes.
 *
 * @throws MaskloopError `CategoryMissing`, `UnsupportedShape`, `ArtifactCorrupt`; the signal's reason if aborted
 */
export async function collectLabels(request: CollectRequest): Promise<LabelsRef> {
  const { store, seal, categories, signal, onFrame } = request;
  const open = await openSeal(store, seal.artifact);
  const categoryOf = categoryOfLabels(open.labels, categories);
  const frames: LabelledFrame[] = [];
  const withoutLabel: WithoutLabel[] = [];
  const outside: OutsideJob[] = [];
  for await (const content of sealedFrames(open, (counts) => outside.push(counts))) {
    signal.throwIfAborted();
    const { name, frame, state } = content.frame;
    if (state === 'labelled') frames.push(await labelled(request, content, categoryOf));
    else withoutLabel.push({ name, frame, why: state, leftOut: drawnOn(content) });
    onFrame?.(frames.length + withoutLabel.length, open.frames.length);
  }
  const leftOut = outsideJobs(outside);
  const manifest: LabelManifest = {
    categories: categories.map(({ id, name }) => ({ id, name })),
    frames,
    ...(withoutLabel.length === 0 ? {} : { withoutLabel }),
    ...(Object.keys(leftOut).length === 0 ? {} : { leftOut }),
  };
  return {
    manifest: await store.put(Buffer.from(JSON.stringify(manifest))),
    frames: frames.length,
    labelledFrames: frames.filter(({ labelledPixels }) => labelledPixels > 0).length,
    shapes: seal.shapes,
    tags: seal.tags,
    sealedAt: seal.sealedAt,
    seal: seal.artifact.sha256,
    leftOut: leftOutOf(manifest),
    overlappingPixels: frames.reduce((sum, { overlappingPixels = 0 }) => sum + overlappingPixels, 0),
  };
}

/** Counts by kind of what belongs to no frame. */
function outsideJobs(jobs: readonly OutsideJob[]): Record<string, number> {
  return counted(
    jobs.flatMap(({ shapes, tags, tracks }): [string, number][] => [
      ['shape outside its job', shapes],
      ['tag outside its job', tags],
      ['track on no frame of its job', tracks],
    ]),
  );
}

function leftOutOf({ frames, withoutLabel = [], leftOut = {} }: LabelManifest): Record<string, number> {
  return counted([
    ...frames.flatMap((frame) => Object.entries(frame.leftOut ?? {})),
    ...withoutLabel.map((frame) => [`on ${frame.why} frames`, frame.leftOut] as const),
    ...Object.entries(leftOut),
  ]);
}
