import type { ForIteration } from './iteration.ts';
import type { ModelBeforeRef, PromotionRef } from './gate.ts';
import type { PredictionsRef } from './prediction.ts';
import type { LabelsRef, TaskRef } from './refs.ts';
import type { CorrectionsRef, SetDecisions, TrainingSetRef } from './training-set.ts';
import type { EvaluationRef, ModelRef, SubmissionRef, TrainingRef } from './training.ts';

/** What tells one training of an iteration from all others. */
export interface OwnTraining {
  readonly firstRunId: string;
  readonly tryNumber: number;
}

/** The activities that train a model and measure it; what holds for all activities of an iteration holds for them. */
export interface TrainingActivities {
  /** Whether the model to be trained exists and knows every class; `checked` is false where the trainer is away. */
  checkModel(args: ForIteration): Promise<{ checked: boolean }>;
  /**
   * Predicts a mask for each image of the folder, or for each frame of the task where there is no folder, with the model that
   * is published and should be. What this model has predicted for the same image before is taken from the store.
   */
  predictMasks(args: ForIteration & { task: TaskRef | null; taken: readonly Taken[] }): Promise<PredictionsRef>;
  /** Puts what people corrected in tasks of earlier iterations of the project in the place of their labels. */
  submitCorrections(args: ForIteration & { task: TaskRef }): Promise<CorrectionsRef>;
  /** Gives images and final labels to the trainer and reads them back. Images of held-out frames too, never their labels. */
  submitLabels(
    args: ForIteration & { task: TaskRef; labels: LabelsRef; decisions?: SetDecisions },
  ): Promise<SubmissionRef>;
  /**
   * Sets aside what iterations without a receipt have put there, and compares what a training would read with what was
   * sealed and what earlier receipts name. Fails where that differs. With `began`, the set that a training began with, only
   * looks: the training has ended, and what differs from that is told.
   */
  checkTrainingSet(
    args: ForIteration & { submission: SubmissionRef; decisions?: SetDecisions; began?: TrainingSetRef },
  ): Promise<TrainingSetRef>;
  /**
   * Starts the training under the iteration's run name, or joins the one that an earlier try started.
   * The run is named after the first run of the workflow, so that an iteration that is started anew trains anew, and
   * after `tryNumber`, which counts from 1 and grows only when a person decides to train again.
   * Where another model is published than `before`, the checksum of the one that was measured, nothing is started; nor
   * where, at a later try or if it `isAsked` for again, the labels are no longer those of `began`.
   */
  startTraining(
    args: ForIteration &
      OwnTraining & {
        submission: SubmissionRef;
        before?: string | null | undefined;
        began?: TrainingSetRef | undefined;
        isAsked?: boolean;
      },
  ): Promise<TrainingRef>;
  /**
   * Follows the training to its end. One that is lost is started again only where the labels are still those of `began`, and
   * where what is published is still `before`, the checksum of the model that was measured, or its own checkpoint.
   */
  watchTraining(
    args: ForIteration & {
      training: TrainingRef;
      began?: TrainingSetRef | undefined;
      before?: string | null | undefined;
    },
  ): Promise<ModelRef>;
  /** Asks the trainer for its trainings: comes back if it answers, and changes nothing. */
  probeTrainer(args: ForIteration): Promise<void>;
  /**
   * Stops the iteration's own training and no other, and comes back when it has ended. One that its server has forgotten cannot
   * be stopped, and is waited for, unless it `hasEnded` by what the iteration knows.
   */
  stopTraining(args: ForIteration & OwnTraining & { hasEnded?: boolean }): Promise<void>;
  /**
   * Keeps the model that is published before the training, and predicts the held-out frames with it. `taken` are checksums
   * that a person took though somebody else published them; `known` is what an earlier try came to, which holds once the
   * iteration's own training has begun.
   */
  measureModel(
    args: ForIteration &
      OwnTraining & { task: TaskRef; submission: SubmissionRef; taken: readonly Taken[]; known: ModelBeforeRef | null },
  ): Promise<ModelBeforeRef>;
  /**
   * Keeps the new model, predicts the held-out frames with it, measures Dice, and compares it with the one before; without
   * `before` nothing is compared.
   */
  evaluateModel(
    args: ForIteration & { submission: SubmissionRef; model: ModelRef; before?: ModelBeforeRef },
  ): Promise<EvaluationRef>;
  /** Sees that the new model is published, and says so in the register. */
  promoteModel(
    args: ForIteration & { model: ModelRef; before: ModelBeforeRef; evaluation: EvaluationRef; by: string | null },
  ): Promise<PromotionRef>;
  /**
   * Publishes the model from before again and verifies it. Where another model was published since that the register
   * knows of, or where a person declines one that is not published any more, nothing is touched; nor where somebody has
   * published one after the training had ended. What may be somebody else's otherwise is left (`ModelReplaced`). `model` is
   * null where the training has not ended with one, or it is forgotten; what it published on the way is kept.
   */
  putBackModel(args: ForIteration & OwnTraining & PutBack): Promise<PromotionRef>;
}

/** A model that somebody else has published, and who took it as it is. */
export interface Taken {
  readonly checksum: string | null;
  readonly by: string;
}

export interface PutBack {
  readonly before: ModelBeforeRef;
  readonly model: ModelRef | null;
  readonly evaluation: EvaluationRef | null;
  readonly why: 'put back' | 'waits' | 'declined' | 'undecided';
  readonly by: string | null;
}
