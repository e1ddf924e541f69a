/**
 * What a trainer says of its trainings and models. `LOST`: the process of a training has died without saying how it ended, as
 * in a power cut; certainly nothing of it runs.
 */
export type TrainingStatus = 'SUBMITTED' | 'RUNNING' | 'DONE' | 'ERROR' | 'STOPPED' | 'LOST';

/** One training that it knows of. */
export interface TrainingTask {
  readonly id: string;
  readonly status: TrainingStatus;
  readonly model: string;
  /** The run name that the request gave; null where it gave none. */
  readonly name: string | null;
  /** The last lines of output, some 20 at most; the end of the traceback on ERROR. */
  readonly details: readonly string[];
}

/** Progress of the newest run of a model. May still show the run before until a new one has something to tell. */
export interface TrainStats {
  /** Start of the run in seconds since 1970; tells one run from another. */
  readonly startedAtSeconds: number;
  /** Time from there to the last change of these numbers, in whole seconds; absent where the trainer does not say. */
  readonly elapsedSeconds?: number;
  readonly epoch: number;
  readonly totalEpochs: number;
  /** True once the last epoch is done. */
  readonly ended: boolean;
  readonly metricName: string | null;
  /** After the last epoch. */
  readonly metric: number | null;
  readonly bestMetric: number | null;
}

/** The model that is published, with the newest numbers of its training. */
export interface PublishedModel {
  /** `SHA256:…` of the model file. */
  readonly checksum: string;
  readonly stats: TrainStats | null;
  /** Change time of that file, in seconds since 1970; absent where the trainer does not say. */
  readonly modifiedAtSeconds?: number;
}
