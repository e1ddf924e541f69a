import { maskRuns } from '../coco/mask-runs.ts';
import type { Mask } from '../coco/mask.ts';
import { readMask } from '../coco/read-mask.ts';
import { encodeCounts } from '../coco/rle.ts';
import { preannotatedImages } from '../collect/compare/preannotated-images.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { FramesOf } from './frame-list.ts';
import type { LayerName } from './frame-row.ts';
import type { Manifests } from './manifests.ts';
import { withdrawnFrames } from './withdrawn-frames.ts';

/** The pixels of one class in one layer. */
export interface ClassShape {
  /** Category id. */
  readonly category: number;
  /** COCO's run lengths over the whole frame, as `coco/rle` packs them. */
  readonly counts: string;
  readonly pixels: number;
  /** Smallest `[x, y, width, height]` around them, in pixels. */
  readonly box: readonly [number, number, number, number];
}

/** All that can be drawn over the picture of a frame. A layer that there is none of is null, one with nothing on it empty. */
export interface FrameShapes {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly classes: readonly { readonly category: number; readonly name: string }[];
  readonly layers: Readonly<Record<LayerName, readonly ClassShape[] | null>>;
}

interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Pre-annotation, final label and prediction of one frame, class by class.
 *
 * @param name of the frame, as `listFrames` has it
 * @param categories as the iteration was started with them
 * @throws MaskloopError `FrameUnknown` for a frame that it has not, or that was forgotten; what `listFrames` throws
 */
export async function readFrameShapes(
  manifests: Manifests,
  { place, results }: FramesOf,
  { name, categories }: { readonly name: string; readonly categories: ArtifactRef },
): Promise<FrameShapes> {
  const { forgotten } = await withdrawnFrames(manifests.store, place);
  const { labels, evaluation } = results;
  const sealed = labels === undefined ? null : (await manifests.labels(labels.manifest)).frames;
  const label = sealed?.find((frame) => frame.name === name);
  const before = await preannotation(manifests, results, sealed, name);
  const size: Size | null = label ?? before?.size ?? null;
  if (size === null || forgotten.has(name)) throw unknownFrame(name, forgotten.has(name));
  const predicted = evaluation === undefined ? null : await manifests.evaluation(evaluation.manifest);
  const prediction = predicted?.frames.find((frame) => frame.name === name)?.prediction;
  const stored = async (ref: ArtifactRef | undefined): Promise<readonly ClassShape[] | null> =>
    ref === undefined ? null : shapesOf(readMask(await manifests.store.get(ref), name));
  return {
    name,
    width: size.width,
    height: size.height,
    classes: (await manifests.categories(categories)).map((one) => ({ category: one.id, name: one.name })),
    layers: {
      preannotation: before === null ? null : shapesOf(before.mask),
      label: await stored(label?.label),
      prediction: await stored(prediction),
    },
  };
}

/** That a frame is none of an iteration's. */
export function unknownFrame(name: string, isForgotten: boolean): MaskloopError {
  const message = isForgotten ? `The frame "${name}" was forgotten.` : `The iteration has no frame "${name}" to show.`;
  return new MaskloopError('FrameUnknown', message, { facts: { frame: name, forgotten: isForgotten } });
}

async function preannotation(
  manifests: Manifests,
  { dataset }: FramesOf['results'],
  sealed: readonly Size[] | null,
  name: string,
): Promise<{ readonly mask: Mask; readonly size: Size } | null> {
  if (dataset === undefined || dataset === null) return null;
  const document = await manifests.preannotations(dataset.preannotations);
  const frames = sealed ?? document.images.map(({ file_name, width, height }) => ({ name: file_name, width, height }));
  const size = frames.find((frame) => frame.name === name);
  if (size === undefined) return null;
  const drawn = preannotatedImages(document, frames).draw(size);
  return drawn === null ? null : { mask: drawn.mask, size };
}

function shapesOf(mask: Mask): readonly ClassShape[] {
  return maskRuns(mask).map(({ value, runs, area, bbox }) => {
    return { category: value, counts: encodeCounts(runs), pixels: area, box: bbox };
  });
}
