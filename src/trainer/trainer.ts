/** Something that fine-tunes models and predicts with them. It keeps its images and labels itself, under ids of ours. */

export interface TrainerInfo {
  readonly name: string;
  /** What it can predict with: the index of each label in the masks that it predicts, by the label's name. */
  readonly models: Readonly<Record<string, { readonly labels: Readonly<Record<string, number>> }>>;
  /** Names of the models that it can train. */
  readonly trainable: readonly string[];
}

export type TrainingStatus = 'SUBMITTED' | 'RUNNING' | 'DONE' | 'ERROR' | 'STOPPED';

/** One training that it knows of. */
export interface TrainingTask {
  readonly id: string;
  readonly status: TrainingStatus;
  readonly model: string;
  /** The run name that the request gave; null where it gave none. */
  readonly name: string | null;
  /** The last lines of output; the end of the traceback on ERROR. */
  readonly details: readonly string[];
}

/** Progress of the newest run of a model. May still show the run before until a new one has something to tell. */
export interface TrainStats {
  /** Start of the run in seconds since 1970; tells one run from another. */
  readonly startedAtSeconds: number;
  readonly epoch: number;
  readonly totalEpochs: number;
  /** True once the last epoch is done. */
  readonly ended: boolean;
  readonly metricName: string | null;
  readonly bestMetric: number | null;
}

export interface PublishedModel {
  /** `SHA256:…` of the model file. */
  readonly checksum: string;
  readonly stats: TrainStats | null;
}

/**
 * The one interface that iterations train through. All methods throw MaskloopErrors: `MonaiUnreachable` for an outage,
 * `MonaiRejected` and `MonaiUnexpectedAnswer` for answers that waiting does not change.
 */
export interface Trainer {
  readonly kind: 'monai-label';
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

  /** @throws MaskloopError `TrainingBusy` while another training runs, `ModelNotFound` */
  startTraining(
    model: string,
    request: { name: string; maxEpochs: number | null },
    signal?: AbortSignal,
  ): Promise<TrainingTask>;
  /** All trainings that it remembers, in order of submission. */
  trainings(signal?: AbortSignal): Promise<readonly TrainingTask[]>;
  /** Kills whatever training runs; call only after checking whose it is. */
  stopRunningTraining(signal?: AbortSignal): Promise<void>;
  /** Null before the first training. @throws MaskloopError `ModelNotFound` */
  trainStats(model: string, signal?: AbortSignal): Promise<TrainStats | null>;

  /** Null if the model was never published. */
  publishedModel(model: string, signal?: AbortSignal): Promise<PublishedModel | null>;
  /** The predicted mask of one of its images as PNG bytes, its values the model's label indices. */
  predict(model: string, imageId: string, signal?: AbortSignal): Promise<Uint8Array>;
}
