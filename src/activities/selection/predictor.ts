import { extname } from 'node:path';
import type { Mask } from '../../coco/mask.ts';
import { readMask } from '../../coco/read-mask.ts';
import { isMaskloopError } from '../../contracts/error.ts';
import { mirrorPicture } from '../../pictures/mirror-picture.ts';
import type { Mirror } from '../../selection/mirror.ts';
import { predictionName } from '../../contracts/model-register.ts';
import { known } from '../gate/predict-images.ts';
import { requirePublished, type ModelSite } from '../gate/published-model.ts';
import { registerOf } from '../gate/site-register.ts';

/** An image that is predicted without being the trainer's. */
export interface PoolImage {
  readonly name: string;
  readonly sha256: string;
  read(): Promise<Uint8Array>;
}

/** What models predict for images of the pool, in their own label indices. */
export interface Predictor {
  /** Of the published model; null where it fails on this image. */
  predict(image: PoolImage): Promise<Mask | null>;
  /** The same of its mirror image, not mirrored back. */
  predictMirrored(image: PoolImage, mirror: Mirror): Promise<Mask | null>;
  /** What another model has predicted for it before; null if it never did. */
  earlier(image: PoolImage, checksum: string): Promise<Mask | null>;
  /** Images that the model fails on, with what is wrong. */
  readonly failed: ReadonlyMap<string, string>;
  /** How many images may be asked about at a time. */
  readonly atOnce: number;
}

/**
 * MONAI Label predicts one image after the other: while it does, others are read, mirrored, sent and kept. A program is a process
 * for each prediction, with a model each.
 */
const AT_ONCE: Readonly<Record<ModelSite['trainer']['kind'], number>> = { 'monai-label': 4, command: 2 };

/** So many images in a row on which a model fails mean that it is not the images. */
const MOST_IN_A_ROW = 5;

/**
 * Predicts with the published model, each image once: what the store has of the same bytes and model is not asked for again,
 * and what an iteration predicts later is there by then. A prediction is kept only after a look that the model is still the same;
 * one look is enough for all that have come before it.
 * The trainer keeps no image.
 *
 * @throws (its methods) MaskloopError `ModelReplaced`; what the trainer, the store and reading the image throw
 */
export function createPredictor(site: ModelSite, checksum: string): Predictor {
  const { trainer, store, model, signal } = site;
  const place = registerOf(site);
  const failed = new Map<string, string>();
  let inARow = 0;
  const requireSame = sharedLook(async () => requirePublished(site, checksum));

  async function ask(image: PoolImage, suffix: string, bytesOf: () => Promise<Uint8Array>): Promise<Mask | null> {
    signal.throwIfAborted();
    const name = predictionName(place, checksum, `${image.sha256}${suffix}`);
    const before = await known(site, name);
    if (before !== null) return readMask(before, `prediction of ${image.name}`);
    try {
      const fileName = suffix === '' ? `image${extname(image.name).toLowerCase()}` : 'image.png';
      const png = await trainer.predictFile(model, { fileName, bytes: await bytesOf() }, signal);
      const mask = readMask(png, `prediction of ${image.name}`);
      await requireSame();
      await store.putNamed(name, Buffer.from(JSON.stringify(await store.put(png))));
      inARow = 0;
      return mask;
    } catch (error) {
      const isOfImage = isMaskloopError(error, 'MonaiRejected') || isMaskloopError(error, 'PredictionFailed');
      inARow += 1;
      if (!isOfImage || inARow >= MOST_IN_A_ROW) throw error;
      failed.set(image.name, error.message);
      return null;
    }
  }

  return {
    failed,
    atOnce: AT_ONCE[trainer.kind],
    predict: async (image) => ask(image, '', async () => image.read()),
    predictMirrored: async (image, mirror) =>
      ask(image, `~${mirror}`, async () => mirrorPicture(await image.read(), mirror, image.name)),
    earlier: async (image, other) => {
      const png = await known(site, predictionName(place, other, image.sha256));
      return png === null ? null : readMask(png, `earlier prediction of ${image.name}`);
    },
  };
}

/** Has those who want a look while one is under way share the next one, which begins after that. */
function sharedLook(look: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  const after = async (before: Promise<void>): Promise<void> => {
    // Whoever waits for that one hears what it fails with.
    await before.catch(() => undefined);
    next = null;
    current = look();
    return current;
  };
  return async () => {
    next ??= after(current);
    return next;
  };
}
