import type { MonaiLabel } from '../monai/monai.ts';
import { stopMonaiTraining } from './stop-monai-training.ts';
import type { Trainer } from './trainer.ts';

/** The tag of the labels that MONAI Label trains on. */
const FINAL = 'final';

/** MONAI Label as a trainer. */
export function monaiTrainer(monai: MonaiLabel): Trainer {
  return {
    kind: 'monai-label',
    address: monai.url,
    info: async (signal) => {
      const { name, models, trainers } = await monai.info(signal);
      return { name, models, trainable: trainers };
    },
    counts: async (signal) => {
      const { total, completed } = await monai.datastoreStats(signal);
      return { images: total, labelled: completed };
    },
    getImage: (imageId, signal) => monai.getImage(imageId, signal),
    putImage: (image, signal) => monai.putImage(image, signal),
    removeImage: (imageId, signal) => monai.removeImage(imageId, signal),
    getLabel: (imageId, signal) => monai.getLabel(imageId, FINAL, signal),
    putLabel: (label, signal) => monai.putLabel({ ...label, tag: FINAL }, signal),
    trainingSet: (signal) => monai.trainingSet(signal),
    removeLabel: (imageId, signal) => monai.removeLabel(imageId, FINAL, signal),
    otherFeed: (signal) => monai.watchesCvat(signal),
    startTraining: (model, request, signal) => monai.startTraining(model, request, signal),
    trainings: (signal) => monai.trainings(signal),
    stopTraining: (id, signal) => stopMonaiTraining(monai, id, signal),
    trainStats: (model, signal) => monai.trainStats(model, signal),
    publishedModel: (model, signal) => monai.publishedModel(model, signal),
    getModel: (model, signal) => monai.downloadModel(model, signal),
    putModel: (model, bytes, signal) => monai.uploadModel(model, bytes, signal),
    predict: (model, imageId, signal) => monai.infer(model, imageId, signal),
    predictFile: (model, image, signal) => monai.inferFile(model, image, signal),
  };
}
