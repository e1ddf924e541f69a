import type { ForIteration } from './iteration.ts';
import type { LabelsRef, TaskRef } from './refs.ts';
import type { EvaluationRef, ModelRef, SubmissionRef, TrainingRef } from './training.ts';

/** What tells one training of an iteration from all others. */
export interface OwnTraining {
  readonly firstRunId: string;
  readonly tryNumber: number;
}

/** The activities that train a model and measure it; what holds for all activities of an iteration holds for them. */
export interface TrainingActivities {
  /** Whether the model to be trained exists and knows every class; `checked` is false where MONAI Label is away. */
  checkModel(args: ForIteration): Promise<{ checked: boolean }>;
  /** Gives images and final labels to MONAI Label and reads them back. */
  submitLabels(args: ForIteration & { task: TaskRef; labels: LabelsRef }): Promise<SubmissionRef>;
  /**
   * Starts the training under the iteration's run name, or joins the one that an earlier try started.
   * The run is named after the first run of the workflow, so that an iteration that is started anew trains anew, and
   * after `tryNumber`, which counts from 1 and grows only when a person decides to train again.
   */
  startTraining(args: ForIteration & OwnTraining & { submission: SubmissionRef }): Promise<TrainingRef>;
  /** Follows the training to its end. */
  watchTraining(args: ForIteration & { training: TrainingRef }): Promise<ModelRef>;
  /** Stops the iteration's own training and no other. */
  stopTraining(args: ForIteration & OwnTraining): Promise<void>;
  /** Predicts the held-out frames with the new model and measures Dice. */
  evaluateModel(args: ForIteration & { submission: SubmissionRef; model: ModelRef }): Promise<EvaluationRef>;
}
