import { narrowMask } from '../../coco/narrow-mask.ts';
import type { Mask } from '../../coco/mask.ts';
import { readMask } from '../../coco/read-mask.ts';
import { writeMask } from '../../coco/write-mask.ts';
import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import { predictionName } from '../../contracts/model-register.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { Running } from '../durable.ts';
import type { IndexTable } from './index-table.ts';
import { requirePublished, type ModelSite } from './published-model.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';
import { registerOf } from './site-register.ts';

/** An image of the trainer. */
export interface ImageToPredict {
  /** Of its frame. */
  readonly name: string;
  readonly imageId: string;
}

export interface Prediction<F extends ImageToPredict> {
  readonly frame: F;
  readonly imageSha256: string;
  /** PNG whose pixel values are category ids. */
  readonly mask: ArtifactRef;
  /** Pixels of classes that the model knows and no category has. */
  readonly otherPixels: number;
}

export interface PredictionSettings<F extends ImageToPredict> {
  /** Of the model that is published all the while. */
  readonly checksum: string;
  readonly table: IndexTable;
  /** Images that are predicted between two looks at which model is published, at least 1. What a crash costs at most. */
  readonly lookEvery: number;
  /** SHA-256 of the image that the trainer holds when it predicts. */
  readonly imageHash: (frame: F) => Promise<string>;
  readonly report: Running['report'];
}

/**
 * A prediction in category ids. The model's label indices mean nothing outside of it; a class that it knows besides the
 * categories is background here, and its pixels are counted.
 */
function inCategories(
  predicted: Mask,
  { categoryOf, indices }: IndexTable,
  frame: string,
): { readonly mask: Mask; readonly otherPixels: number } {
  let otherPixels = 0;
  const values = Uint16Array.from(predicted.values, (index) => {
    const category = categoryOf.get(index);
    if (category !== undefined || index === 0) return category ?? 0;
    if (!indices.has(index)) {
      throw new MaskloopError(
        'MonaiUnexpectedAnswer',
        `The model predicts label index ${index} for frame "${frame}", which it says it does not have.`,
        { facts: { frame, index } },
      );
    }
    otherPixels += 1;
    return 0;
  });
  return { mask: narrowMask({ ...predicted, values }), otherPixels };
}

/** What the model has predicted for this image before; null if it never did, or the store has lost it. */
export async function known({ store }: Pick<ModelSite, 'store'>, name: string): Promise<Uint8Array | null> {
  const bytes = await store.getNamed(name);
  if (bytes === null) return null;
  const ref = artifactSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!ref.success) return null;
  try {
    return await store.get(ref.data);
  } catch (error) {
    if (isMaskloopError(error, 'ArtifactMissing') || isMaskloopError(error, 'ArtifactCorrupt')) return null;
    throw error;
  }
}

/**
 * Predicts images with the published model, each once: what was predicted for the same bytes by the same model is
 * taken from the store. A prediction is kept for that only after a look that the model is still the same.
 *
 * @throws MaskloopError `ModelReplaced` if another model is or becomes published, `MonaiUnexpectedAnswer` for a label index
 *   that the model does not have, and what `imageHash`, the trainer and the store throw
 */
export async function predictImages<F extends ImageToPredict>(
  site: ModelSite,
  frames: readonly F[],
  { checksum, table, lookEvery, imageHash, report }: PredictionSettings<F>,
): Promise<readonly Prediction<F>[]> {
  const { trainer, store, model, signal } = site;
  const predicted: Prediction<F>[] = [];
  await requirePublished(site, checksum);
  for (let start = 0; start < frames.length; start += lookEvery) {
    const fresh: { readonly name: string; readonly ref: ArtifactRef }[] = [];
    for (const frame of frames.slice(start, start + lookEvery)) {
      signal.throwIfAborted();
      const imageSha256 = await imageHash(frame);
      const name = predictionName(registerOf(site), checksum, imageSha256);
      const before = await known(site, name);
      const png = before ?? (await trainer.predict(model, frame.imageId, signal));
      if (before === null) fresh.push({ name, ref: await store.put(png) });
      const { mask, otherPixels } = inCategories(readMask(png, `prediction of ${frame.name}`), table, frame.name);
      predicted.push({ frame, imageSha256, mask: await store.put(writeMask(mask)), otherPixels });
    }
    if (fresh.length > 0) await requirePublished(site, checksum);
    for (const { name, ref } of fresh) await store.putNamed(name, Buffer.from(JSON.stringify(ref)));
    report({ phase: 'prediction', done: predicted.length, total: frames.length });
  }
  return predicted;
}
