import type { ArtifactRef } from './refs.ts';

/** The labels that were given to MONAI Label for training, and those held out. */
export interface SubmissionRef {
  /** Manifest (`SubmissionManifest`): which frame became which image id, and in which part. */
  readonly manifest: ArtifactRef;
  readonly training: number;
  readonly heldOut: number;
}

/** A training task of MONAI Label. */
export interface TrainingRef {
  readonly model: string;
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
}

/** What the new model predicts on the held-out frames, measured by ourselves. */
export interface EvaluationRef {
  /** Manifest (`EvaluationManifest`): label and prediction of each held-out frame. */
  readonly manifest: ArtifactRef;
  readonly frames: number;
  /** Mean over the classes of {@link perClass} that are not null; null without held-out frames. */
  readonly meanDice: number | null;
  /** Dice over all held-out pixels by class name, of the first 100 classes; null for a class absent from both. */
  readonly perClass: Readonly<Record<string, number | null>>;
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
}

/** An iteration's turn with its trainer. */
export interface TurnState {
  /** Id of the workflow that gives it. */
  readonly turns: string;
  /** False while it waits. */
  readonly hasTurn: boolean;
}
