import { createHash } from 'node:crypto';
import { z } from 'zod';
import { narrowMask } from '../../coco/narrow-mask.ts';
import type { Mask } from '../../coco/mask.ts';
import { readMask } from '../../coco/read-mask.ts';
import { writeMask } from '../../coco/write-mask.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { modelEventName } from '../../contracts/model-register.ts';
import type { EvaluationManifest, HeldOutManifest } from '../../contracts/manifests.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { Running } from '../durable.ts';
import { requirePublished, type ModelSite } from './published-model.ts';

type HeldOutFrame = HeldOutManifest['frames'][number];
type Predicted = EvaluationManifest['frames'][number];

/** Frames that are predicted between two looks at which model is published. */
const AT_ONCE = 16;

const stored = z.object({ uri: z.string(), sha256: z.string(), bytes: z.number() });

/** A prediction in category ids. The model's label indices mean nothing outside of it. */
function inCategories(predicted: Mask, categoryOf: ReadonlyMap<number, number>, frame: string): Mask {
  const unknown = predicted.values.find((index) => index !== 0 && !categoryOf.has(index));
  if (unknown !== undefined) {
    throw new MaskloopError(
      'MonaiUnexpectedAnswer',
      `The model predicts label index ${unknown} for frame "${frame}", which no category has.`,
      { facts: { frame, index: unknown } },
    );
  }
  const values = Uint16Array.from(predicted.values, (index) => categoryOf.get(index) ?? 0);
  return narrowMask({ ...predicted, values });
}

/** The hash of the image that the trainer would predict. */
async function imageHash({ trainer, signal }: ModelSite, { name, imageId }: HeldOutFrame): Promise<string> {
  const bytes = await trainer.getImage(imageId, signal);
  if (bytes !== null) return createHash('sha256').update(bytes).digest('hex');
  throw new MaskloopError('DatastoreMismatch', `MONAI Label holds no image of held-out frame "${name}" (${imageId}).`, {
    facts: { frame: name, image: imageId },
  });
}

/** Where the store keeps what a model predicts for an image, in its own label indices. */
function predictionName(site: ModelSite, checksum: string, image: string): string {
  const model = checksum.replace('SHA256:', '');
  return `predictions/${modelEventName(site, model).slice('models/'.length)}/${image}`;
}

/** What the model has predicted for this image before; null if it never did. */
async function known({ store }: ModelSite, name: string): Promise<Uint8Array | null> {
  const bytes = await store.getNamed(name);
  if (bytes === null) return null;
  const ref = stored.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return ref.success ? store.get(ref.data) : null;
}

interface Prediction {
  readonly name: string;
  readonly ref: ArtifactRef;
}

/**
 * Predicts frames with the published model, each image once: what was predicted for the same bytes by the same model is
 * taken from the store. A prediction is kept for that only after a look that the model is still the same.
 *
 * @param categoryOf label index of the model → category id
 * @throws MaskloopError `ModelReplaced` if another model is or becomes published, `MonaiUnexpectedAnswer` for a label index
 *   that no category has, `DatastoreMismatch` for an image that is not there, and what the trainer and the store throw
 */
export async function predictFrames(
  site: ModelSite,
  checksum: string,
  frames: readonly HeldOutFrame[],
  categoryOf: ReadonlyMap<number, number>,
  report: Running['report'],
): Promise<readonly Predicted[]> {
  const { trainer, store, model, signal } = site;
  const predicted: Predicted[] = [];
  await requirePublished(site, checksum);
  for (let start = 0; start < frames.length; start += AT_ONCE) {
    const fresh: Prediction[] = [];
    for (const frame of frames.slice(start, start + AT_ONCE)) {
      const name = predictionName(site, checksum, await imageHash(site, frame));
      const before = await known(site, name);
      const png = before ?? (await trainer.predict(model, frame.imageId, signal));
      if (before === null) fresh.push({ name, ref: await store.put(png) });
      const mask = inCategories(readMask(png, `prediction of ${frame.name}`), categoryOf, frame.name);
      const { label, group } = frame;
      predicted.push({ name: frame.name, label, group, prediction: await store.put(writeMask(mask)) });
      report({ phase: 'prediction', done: predicted.length, total: frames.length });
    }
    await requirePublished(site, checksum);
    for (const { name, ref } of fresh) await store.putNamed(name, Buffer.from(JSON.stringify(ref)));
  }
  return predicted;
}
