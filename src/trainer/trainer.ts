import type { PublishedModel, TrainStats, TrainingTask } from '../contracts/trainer-reports.ts';

/** Something that fine-tunes models and predicts with them. It keeps its images and labels itself, under ids of ours. */

export interface TrainerInfo {
  readonly name: string;
  /** What it can predict with: the index of each label in the masks that it predicts, by the label's name. */
  readonly models: Readonly<Record<string, { readonly labels: Readonly<Record<string, number>> }>>;
  /** Names of the models that it can train. */
  readonly trainable: readonly string[];
}

/**
 * What became of the request to stop a training: it was told to end; it is not under way; it waits behind another one,
 * and cannot be stopped before it runs; or it is done with its last epoch and ends by itself in a moment.
 */
export type StopAnswer = 'told' | 'ended' | 'waits' | 'ending';

/** What is known of somebody else who puts labels into a trainer. */
export interface OtherFeed {
  /** False where it cannot be seen. */
  readonly known: boolean;
  /** What shows that there is one, in words; null where nothing does. */
  readonly evidence: string | null;
}

/**
 * The one interface that iterations train through. All methods throw MaskloopErrors: `MonaiUnreachable` for an outage,
 * `MonaiRejected` and `MonaiUnexpectedAnswer` for answers that waiting does not change.
 */
export interface Trainer {
  readonly kind: 'monai-label' | 'command';
  /** Where it is, for people. */
  readonly address: string;

  info(signal?: AbortSignal): Promise<TrainerInfo>;

  /** Numbers of images, and of images with a label to train on. */
  counts(signal?: AbortSignal): Promise<{ readonly images: number; readonly labelled: number }>;
  /** The bytes of an image; null if there is none. */
  getImage(imageId: string, signal?: AbortSignal): Promise<Uint8Array | null>;
  /** Stores an image that is not there yet. */
  putImage(
    image: { imageId: string; fileName: string; bytes: Uint8Array },
    signal?: AbortSignal,
  ): Promise<'stored' | 'present'>;
  /** Removes an image with all its labels; one that is not there is no error. */
  removeImage(imageId: string, signal?: AbortSignal): Promise<void>;
  /** The label of an image that is trained on; null if there is none. */
  getLabel(imageId: string, signal?: AbortSignal): Promise<Uint8Array | null>;
  /** Stores the label that is trained on, over one that is there. */
  putLabel(
    label: {
      imageId: string;
      fileName: string;
      bytes: Uint8Array;
      labelInfo: readonly { name: string; idx: number }[];
    },
    signal?: AbortSignal,
  ): Promise<void>;

  /** Ids of the images that have a label to train on, as the next training would read them. */
  trainingSet(signal?: AbortSignal): Promise<readonly string[]>;
  /** Removes the label of an image that is trained on; one that is not there is no error. */
  removeLabel(imageId: string, signal?: AbortSignal): Promise<void>;
  /** Whether anything besides us puts labels into it and starts trainings. */
  otherFeed(signal?: AbortSignal): Promise<OtherFeed>;

  /** @throws MaskloopError `TrainingBusy` while another training runs, `ModelNotFound` */
  startTraining(
    model: string,
    request: { name: string; maxEpochs: number | null },
    signal?: AbortSignal,
  ): Promise<TrainingTask>;
  /** All trainings that it remembers, in order of submission. */
  trainings(signal?: AbortSignal): Promise<readonly TrainingTask[]>;
  /**
   * Stops this training and no other; it has to be looked for until it has ended.
   * @throws MaskloopError `WrongTrainingStopped`, `TrainerElsewhere`
   */
  stopTraining(id: string, signal?: AbortSignal): Promise<StopAnswer>;
  /** Null before the first training. @throws MaskloopError `ModelNotFound` */
  trainStats(model: string, signal?: AbortSignal): Promise<TrainStats | null>;

  /** Null if the model was never published. */
  publishedModel(model: string, signal?: AbortSignal): Promise<PublishedModel | null>;
  /** The file of the published model. @throws MaskloopError `ModelNotFound` also where none was ever published */
  getModel(model: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** Publishes a file that was once downloaded, over the one that is there; its checksum as the trainer states it. */
  putModel(model: string, bytes: Uint8Array, signal?: AbortSignal): Promise<string>;
  /** The predicted mask of one of its images as PNG bytes, its values the model's label indices. */
  predict(model: string, imageId: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** The same of an image that it does not have, and does not keep. */
  predictFile(
    model: string,
    image: { readonly fileName: string; readonly bytes: Uint8Array },
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
}
