import type { PublishedModel, TrainStats, TrainingTask } from '../contracts/trainer-reports.ts';

/** What the MONAI Label client offers. One connection a request: the server closes connections without saying so. */

export interface ModelInfo {
  /** Label name → index in the masks that the model predicts. */
  readonly labels: Readonly<Record<string, number>>;
}

export interface MonaiInfo {
  readonly name: string;
  readonly version: string;
  readonly models: Readonly<Record<string, ModelInfo>>;
  /** Names of what can be trained. */
  readonly trainers: readonly string[];
  /** Names of the ways to choose the next sample. */
  readonly strategies: readonly string[];
}

/** Whether the server fetches labels from a CVAT by itself, as far as its log and its trainings tell. */
export interface CvatWatch {
  /** False where its log cannot be read. */
  readonly known: boolean;
  /** What shows that it does; null where nothing does. */
  readonly evidence: string | null;
}

export interface DatastoreStats {
  readonly total: number;
  /** Images with a `final` label. */
  readonly completed: number;
}

/** An image of the datastore. */
export interface StoredImage {
  readonly id: string;
  /** Of its file, with the dot. */
  readonly extension: string;
  /** Whether it has a label that is trained on. */
  readonly isLabelled: boolean;
  /** Entropy of a prediction, from 0, and the change time of the model's file that predicted; null where none was scored. */
  readonly uncertainty: { readonly score: number; readonly modelTime: number } | null;
}

export interface MonaiLabel {
  readonly url: string;
  /** What the operator states as its version, which is in no answer; null where nothing is stated. */
  readonly statedVersion: string | null;
  /** The server's description of its own API, an OpenAPI document. */
  openApi(signal?: AbortSignal): Promise<unknown>;

  info(signal?: AbortSignal): Promise<MonaiInfo>;

  datastoreStats(signal?: AbortSignal): Promise<DatastoreStats>;
  /** Ids of the images that a training would read, those with a `final` label, in the server's order. */
  trainingSet(signal?: AbortSignal): Promise<readonly string[]>;
  hasImage(imageId: string, signal?: AbortSignal): Promise<boolean>;
  /** All images, with what is known of how unsure a model is about them. */
  images(signal?: AbortSignal): Promise<readonly StoredImage[]>;
  /** Id of the image that one of the server's strategies proposes; null where nothing is unlabelled. It may come again. */
  nextSample(strategy: string, signal?: AbortSignal): Promise<string | null>;
  /** The bytes of an image; null if there is none. */
  getImage(imageId: string, signal?: AbortSignal): Promise<Uint8Array | null>;
  /** Uploads an image that is not there yet. An image that is there is never sent again: the server would forget its labels. */
  putImage(
    image: { imageId: string; fileName: string; bytes: Uint8Array },
    signal?: AbortSignal,
  ): Promise<'stored' | 'present'>;
  /** The bytes of a label; null if there is none under this tag. */
  getLabel(imageId: string, tag: string, signal?: AbortSignal): Promise<Uint8Array | null>;
  putLabel(
    label: {
      imageId: string;
      tag: string;
      fileName: string;
      bytes: Uint8Array;
      labelInfo: readonly { name: string; idx: number }[];
    },
    signal?: AbortSignal,
  ): Promise<void>;

  /** Removes an image with all its labels; one that is not there is no error. */
  removeImage(imageId: string, signal?: AbortSignal): Promise<void>;
  /** Removes a label; one that is not there is no error. The lists follow when the server's watcher notices. */
  removeLabel(imageId: string, tag: string, signal?: AbortSignal): Promise<void>;
  watchesCvat(signal?: AbortSignal): Promise<CvatWatch>;

  /** @throws `TrainingBusy` on 429 */
  startTraining(
    model: string,
    request: { name: string; maxEpochs: number | null },
    signal?: AbortSignal,
  ): Promise<TrainingTask>;
  /** All tasks since the server's start, in order of submission. */
  trainings(signal?: AbortSignal): Promise<readonly TrainingTask[]>;
  /** Kills whatever training runs; call only after checking whose it is. The id of what was killed; null if nothing ran. */
  stopRunningTraining(signal?: AbortSignal): Promise<string | null>;
  trainStats(model: string, signal?: AbortSignal): Promise<TrainStats | null>;

  /** Null if the model was never published. */
  publishedModel(model: string, signal?: AbortSignal): Promise<PublishedModel | null>;
  downloadModel(model: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** Publishes a model file over the one that is there and returns its checksum as the server states it. */
  uploadModel(model: string, bytes: Uint8Array, signal?: AbortSignal): Promise<string>;
  /** The predicted mask of an image as PNG bytes, its values the model's label indices. */
  infer(model: string, imageId: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** The same of an image that the server does not have, nor gets for its datastore. */
  inferFile(
    model: string,
    image: { readonly fileName: string; readonly bytes: Uint8Array },
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
}
