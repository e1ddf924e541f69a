import type { GateMeasures, GateOptions, HeldOutSource, Judgement } from './gate.ts';
import type { ArtifactRef } from './refs.ts';
import type { AmendmentRef, NotAmended } from './training-set.ts';

/** The labels that were given to MONAI Label for training, and those held out. */
export interface SubmissionRef {
  /** Manifest (`SubmissionManifest`): which frame became which image id, and in which part. */
  readonly manifest: ArtifactRef;
  readonly training: number;
  readonly heldOut: number;
  /**
   * Those of the held-out ones that are not measured: `copies` are the very pictures of others in the task, `others` are held out by
   * other iterations. The first 10 in words; absent for none.
   */
  readonly unmeasured?: { readonly copies: number; readonly others: number; readonly first: readonly string[] };
  /** Labels of earlier iterations that were put back, and labels that were taken out, over all tries; absent for none. */
  readonly putBack?: number;
  readonly removed?: number;
  /** Iterations whose sealed labels no training had read, and how many labels of them are trained on from now on: the first 10; absent for none. */
  readonly tookUp?: { readonly count: number; readonly first: readonly string[]; readonly labels: number };
  /** Iterations, or frames of them, that were to be taken up and are not trained on yet: the first 10; absent for none. */
  readonly notTakenUp?: { readonly count: number; readonly first: readonly NotAmended[] };
  /** What became of labels that an earlier receipt names, over all tries: the first 10; absent for nothing. */
  readonly amendments?: readonly AmendmentRef[];
  /** Where there are more: how many, and a JSON list of all. */
  readonly allAmendments?: { readonly count: number; readonly list: ArtifactRef };
  /** Sealed frames that were not submitted since people excluded or forgot them; absent for none. */
  readonly withdrawn?: { readonly excluded: number; readonly forgotten: number };
  /** The ground truth job whose frames are held out, as it was sealed; absent where they come from elsewhere. */
  readonly groundTruth?: {
    readonly taskId: number;
    readonly job: number;
    readonly frames: number;
    readonly seal: ArtifactRef;
  };
}

/** A training task of MONAI Label. */
export interface TrainingRef {
  readonly model: string;
  /** Empty for a request of which it is not known whether it was accepted. */
  readonly taskId: string;
  /** The iteration's own run name, also the name of the run's folder on the server. */
  readonly runName: string;
  readonly tryNumber: number;
  /** ISO time of the submission as we saw it. */
  readonly submittedAt: string;
  /** Start of the run that the trainer's statistics showed before, in seconds since 1970: not ours. */
  readonly previousRunStart: number | null;
  /** True if the training had been started by an earlier try. */
  readonly joined: boolean;
}

/** A published model. */
export interface ModelRef {
  readonly model: string;
  /** `SHA256:…` as MONAI Label states it. */
  readonly checksum: string;
  readonly epochs: number;
  /** Best value of the trainer's own validation metric; null where it reports none. */
  readonly trainerMetric: { readonly name: string; readonly value: number } | null;
  /** One JSON line (`MetricPoint`) an epoch that was seen; absent where the trainer told of none. */
  readonly metrics?: MetricsRef;
}

/** The course of a training, for plots. */
export interface MetricsRef {
  /** Name of the document in the store, which grows while the training runs. */
  readonly name: string;
  /** The same as it was at the end. */
  readonly file: ArtifactRef;
  readonly points: number;
}

/** A line of the metrics file. */
export interface MetricPoint {
  /** ISO time at which it was seen. */
  readonly at: string;
  /** Start of the process that trained, in seconds since 1970: after a restart epochs count anew. */
  readonly run: number;
  readonly epoch: number;
  readonly totalEpochs: number;
  /** The trainer's own validation metric after this epoch, and the best one so far; null where it has none. */
  readonly metric: number | null;
  readonly best: number | null;
}

/** What the new model predicts on the held-out frames, measured by ourselves. */
export interface EvaluationRef {
  /** Manifest (`EvaluationManifest`): label and prediction of each held-out frame. */
  readonly manifest: ArtifactRef;
  readonly frames: number;
  /** Held-out frames that were forgotten before this, and are compared for neither model; absent for none. */
  readonly forgotten?: number;
  /** The new model's bytes in the store; absent where an earlier version measured it. */
  readonly file?: ArtifactRef;
  /** Mean over all classes that labels or predictions have; null without held-out frames. */
  readonly meanDice: number | null;
  /** Dice over all held-out pixels by class name, of the first 20 classes; null for a class absent from both. */
  readonly perClass: Readonly<Record<string, number | null>>;
  /** All classes before and after, where they are more than these: a JSON list of `ClassChange`. */
  readonly classes?: ArtifactRef;
  /** The model before and after, and which is better. */
  readonly gate?: GateMeasures & Judgement;
}

/** When trainings may begin, on the clocks of a time zone; one that runs is never ended by it. */
export interface TrainingWindow {
  /** `HH:MM`, from 00:00 to 23:59. */
  readonly from: string;
  /** `HH:MM`; before `from` it is on the next day. */
  readonly to: string;
  /** A name of the IANA time zone database: `Europe/Berlin`. */
  readonly timeZone: string;
}

export interface TrainingOptions {
  /** Name of the trainer in MONAI Label. */
  readonly model: string;
  /** Null leaves the number to the trainer. */
  readonly maxEpochs: number | null;
  /** Share of the sealed frames that is never trained on but measured, from 0 to 0.9. */
  readonly heldOutFraction: number;
  /** At any time if absent. */
  readonly window?: TrainingWindow;
  /** Where held-out frames come from instead; by {@link heldOutFraction} if absent. */
  readonly heldOut?: HeldOutSource;
  /** What frames belong together: `folder`, or a regular expression with one capturing group; each frame alone if absent. */
  readonly group?: string;
  /** `DEFAULT_GATE` if absent. */
  readonly gate?: GateOptions;
}

/** An iteration's turn with its trainer. */
export interface TurnState {
  /** Id of the workflow that gives it. */
  readonly turns: string;
  /** False while it waits. */
  readonly hasTurn: boolean;
}
