import type { HttpFailures } from '../http/http.ts';
import { createHttp } from '../http/undici-http.ts';
import {
  getImage,
  getLabel,
  hasImage,
  putImage,
  putLabel,
  readDatastoreStats,
  removeImage,
  removeLabel,
} from './datastore.ts';
import { readImages } from './images.ts';
import { infer, inferFile } from './infer.ts';
import { readInfo, readTrainStats } from './info.ts';
import { downloadModel, readPublishedModel, uploadModel } from './model.ts';
import { readOpenApi } from './open-api.ts';
import type { MonaiLabel } from './monai.ts';
import { nextSample } from './next-sample.ts';
import { readTrainingSet } from './training-set.ts';
import { readTrainings, startTraining, stopRunningTraining } from './training.ts';
import { readCvatWatch } from './cvat-watch.ts';
import { createWritePacer } from './write-pacer.ts';

const FAILURES: HttpFailures = {
  unreachable: 'MonaiUnreachable',
  loginRefused: 'MonaiRejected',
  forbidden: 'MonaiRejected',
  rejected: 'MonaiRejected',
  unexpected: 'MonaiUnexpectedAnswer',
};

export interface MonaiLabelOptions {
  /** `http(s)://host[:port][/path]`. */
  readonly url: string;
  /** Sent with every request, for instance to a proxy that asks for a login; asked for each time. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** Passed before each request; what it throws keeps the request from being sent. */
  readonly gate?: () => Promise<void>;
  /** What the operator states as the server's version; nothing if left out. */
  readonly statedVersion?: string | null;
  /** Least time between the end of one upload and the start of the next, in milliseconds; see `write-pacer`. */
  readonly writeGapMs?: number;
}

/**
 * A client of MONAI Label 0.8. Make one for each server and process: its uploads are paced among all who share it.
 *
 * All methods throw MaskloopError `MonaiUnreachable` (no connection, a broken one, 408, 429, 5xx), `MonaiRejected` (other
 * 4xx, and what the server is known to fail on) or `MonaiUnexpectedAnswer`; where a 500 means something else it is said there.
 *
 * @throws TypeError if the url is no http or https url
 */
export function createMonaiLabel(options: MonaiLabelOptions): MonaiLabel {
  const { url, headers, gate, writeGapMs = 300 } = options;
  const http = createHttp({
    baseUrl: url,
    failures: FAILURES,
    oneConnectionPerRequest: true,
    headers: async () => {
      await gate?.();
      return headers?.() ?? {};
    },
  });
  const paced = createWritePacer(writeGapMs);
  return {
    url: http.baseUrl,
    statedVersion: options.statedVersion ?? null,
    openApi: (signal) => readOpenApi(http, signal),
    info: (signal) => readInfo(http, signal),
    datastoreStats: (signal) => readDatastoreStats(http, signal),
    trainingSet: (signal) => readTrainingSet(http, signal),
    hasImage: (imageId, signal) => hasImage(http, imageId, signal),
    images: (signal) => readImages(http, signal),
    nextSample: (strategy, signal) => nextSample(http, strategy, signal),
    getImage: (imageId, signal) => getImage(http, imageId, signal),
    putImage: (image, signal) => putImage(http, paced, image, signal),
    getLabel: (imageId, tag, signal) => getLabel(http, imageId, tag, signal),
    putLabel: (label, signal) => putLabel(http, paced, label, signal),
    removeImage: (imageId, signal) => removeImage(http, paced, imageId, signal),
    removeLabel: (imageId, tag, signal) => removeLabel(http, paced, { imageId, tag }, signal),
    watchesCvat: (signal) => readCvatWatch(http, signal),
    startTraining: (model, request, signal) => startTraining(http, model, request, signal),
    trainings: (signal) => readTrainings(http, signal),
    stopRunningTraining: (signal) => stopRunningTraining(http, signal),
    trainStats: (model, signal) => readTrainStats(http, model, signal),
    publishedModel: (model, signal) => readPublishedModel(http, model, signal),
    downloadModel: (model, signal) => downloadModel(http, model, signal),
    uploadModel: (model, bytes, signal) => uploadModel(http, model, bytes, signal),
    infer: (model, imageId, signal) => infer(http, model, imageId, signal),
    inferFile: (model, image, signal) => inferFile(http, model, image, signal),
  };
}
