import type { IterationActivities } from '../contracts/activities.ts';
import type { PredictionManifest } from '../contracts/prediction.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { findCurrentModel, keepCurrentModel } from './gate/current-model.ts';
import { indexTable } from './gate/index-table.ts';
import { predictImages } from './gate/predict-images.ts';
import type { ModelSite } from './gate/published-model.ts';
import { requireUntrained } from './gate/require-untrained.ts';
import { modelTable } from './model-table.ts';
import { picturesToPredict } from './pictures-to-predict.ts';
import { predictionOf } from './prediction-of.ts';
import { ensureImage } from './training-set/ensure-image.ts';
import { requireTrainer } from './training-of.ts';

/** Every prediction is noted before the next one begins: a crash costs none that was answered and looked at. */
const LOOK_EVERY = 1;

/**
 * Predicts the masks of an iteration. A further try finds the images in the trainer and the predictions in the store, by the
 * model's checksum and the image's hash.
 */
export function createPredictMasks({ connect, store }: ActivityDependencies): IterationActivities['predictMasks'] {
  return durable(async ({ id, input, task, taken }, { signal, report }) => {
    const { model } = predictionOf(input);
    const { connection } = input;
    const { cvat, ...others } = connect(connection);
    const trainer = requireTrainer({ cvat, ...others }, connection);
    const site: ModelSite = { trainer, store, connection, model, signal };
    const categoryIndex = await modelTable(trainer, await categoriesOf(store, input), model, signal);
    // While it trains, what is published may be a model that nobody has judged.
    await requireUntrained(site, 'TrainingBusy');
    const current = await findCurrentModel(site, { id, taken });
    const file = await keepCurrentModel(site, id, current);
    const { frames, images } = await picturesToPredict({ cvat, store }, { id, input }, task, signal);
    const predicted = await predictImages(site, frames, {
      checksum: current.checksum,
      table: await indexTable(site, new Map([...categoryIndex].map(([category, index]) => [index, category]))),
      lookEvery: LOOK_EVERY,
      imageHash: async (frame) => ensureImage(trainer, { ...frame, ...(await images(frame)) }, signal),
      report,
    });
    const { checksum } = current;
    const masks = predicted.map(({ frame: { name, imageId }, imageSha256, mask, otherPixels }) => ({
      name,
      imageId,
      imageSha256,
      mask,
      ...(otherPixels === 0 ? {} : { otherPixels }),
    }));
    const manifest: PredictionManifest = { model, checksum, frames: masks };
    const stored = await store.put(Buffer.from(JSON.stringify(manifest)));
    return { manifest: stored, frames: masks.length, model, checksum, file };
  });
}
