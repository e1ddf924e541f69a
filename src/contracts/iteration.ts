import type { ConversionState } from './conversion-plan.ts';
import type { TurnState, TrainingOptions, EvaluationRef, ModelRef, SubmissionRef, TrainingRef } from './training.ts';
import type { CorrectionsRef, TrainingSetRef } from './training-set.ts';
import type {
  ArtifactRef,
  AssignmentRef,
  CompletionRef,
  DatasetRef,
  FolderRef,
  GuardRef,
  ImportRef,
  LabelsRef,
  ReceiptRef,
  ShareRef,
  TaskRef,
} from './refs.ts';
import type { DecisionName } from './decision.ts';
import type { AwayState } from './away-state.ts';
import type { ModelAnswer, ModelBeforeRef, PromotionRef } from './gate.ts';
import type { ComparisonFailed, ComparisonRef, PeopleSetting } from './comparison.ts';
import type { ConversionInput } from './conversion.ts';
import type { LabelTableRef } from './label-table.ts';
import type { OriginsRef } from './origins.ts';
import type { SealCheckRef, SealOptions, SealRef } from './seal.ts';
import type { DeadlineNow } from './deadline.ts';
import type { StopRef } from './stop-rules.ts';
import type { CompletionOptions, ReviewOptions, WaitState } from './waiting.ts';
import type { FailureCode } from './failures.ts';
import type { PredictOptions, PredictionsRef } from './prediction.ts';
import type { TimingOptions } from './timing.ts';
import type { Facts } from './error.ts';
import type { LoopMembership } from './loop-membership.ts';
import type { NoticeOptions } from './notice.ts';

/** The registered name of the workflow; never changed. */
export const ITERATION_WORKFLOW = 'iterationWorkflow';

/** The steps of an iteration, in order. `predict` is one only where predictions are asked for. */
export const STEPS = ['predict', 'convert', 'upload', 'wait', 'collect', 'train', 'evaluate', 'receipt'] as const;
export type StepName = (typeof STEPS)[number];

/** Steps that an iteration can go on without. */
export const SKIPPABLE_STEPS: readonly StepName[] = ['predict', 'convert', 'upload', 'train', 'evaluate'];

/** Masks that one activity converts where nothing else is asked for. */
export const DEFAULT_SHARD_SIZE = 500;

/**
 * Where pre-annotations go.
 *
 * - `task`: into the whole task, if it holds nothing and all its jobs are new.
 * - `new-jobs`: into each job that is new and empty; the others are left alone.
 * - `rebuild`: as `new-jobs`, and into each new job that holds exactly what an earlier import of ours put there.
 */
export const IMPORT_SCOPES = ['task', 'new-jobs', 'rebuild'] as const;
export type ImportScope = (typeof IMPORT_SCOPES)[number];

/** What an iteration is started with. Everything that decides its outcome is in here. */
export interface IterationInput {
  readonly connection: string;
  readonly project: string;
  readonly task: string;
  /** Null where they are predicted, where people begin without any, and where the task is only observed; see `isOnlyObserved`. */
  readonly masks: FolderRef | null;
  /** Where the task is only observed: masks that the sealed labels are compared with. */
  readonly compareWith?: FolderRef;
  /** Has the masks predicted; absent for no. */
  readonly predict?: PredictOptions;
  /** The task is made and given to people, and nothing is imported: they begin without pre-annotations. Absent for no. */
  readonly fromScratch?: true;
  /** Frames of the task, to make it and to train on; null takes the frames from CVAT. */
  readonly images: FolderRef | null;
  /** Files of CVAT's share to make the task from instead. */
  readonly share: ShareRef | null;
  readonly categories: ArtifactRef;
  readonly suffix: string;
  readonly conversion: ConversionInput;
  readonly createProject: boolean;
  /** Adds labels that the CVAT project lacks. */
  readonly syncLabels: boolean;
  /** User names in CVAT of those whom jobs without an assignee are given to; empty leaves them as they are. */
  readonly people: readonly string[];
  /** Frames a job of a task that we make; null for one job. */
  readonly segmentSize: number | null;
  /** `task` if absent. */
  readonly importScope?: ImportScope;
  /** True if what the task holds when it is guarded may be deleted by the import. Only with the scope `task`. */
  readonly overwrite?: boolean;
  readonly completion: CompletionOptions;
  readonly seal: SealOptions;
  /** Without it a job that its annotator completes is complete. Nothing where the task is only observed. */
  readonly review?: ReviewOptions;
  /** Whether the comparison of pre-annotations and labels tells people apart. */
  readonly tellPeople: PeopleSetting;
  /** Null ends the iteration after the labels are sealed. */
  readonly training: TrainingOptions | null;
  readonly timing: TimingOptions;
  /** Absent for an iteration that stands alone. */
  readonly loop?: LoopMembership;
  /** Nobody is told of anything if absent. */
  readonly notices?: NoticeOptions;
}

/** What finished steps left behind. A skipped step leaves null. */
export interface IterationResults {
  /** Masks that a model has predicted. */
  readonly predictions?: PredictionsRef;
  readonly dataset?: DatasetRef;
  readonly task?: TaskRef;
  readonly guard?: GuardRef;
  readonly imported?: ImportRef;
  readonly labelTable?: LabelTableRef;
  readonly assignment?: AssignmentRef;
  readonly completion?: CompletionRef;
  readonly seal?: SealRef;
  readonly labels?: LabelsRef;
  /** Only of a task that is only observed. */
  readonly origins?: OriginsRef | ComparisonFailed;
  /** Nothing where no pre-annotations were imported and no masks given to compare with. */
  readonly comparison?: ComparisonRef | ComparisonFailed;
  /** The last look at the task after the seal. */
  readonly sealCheck?: SealCheckRef;
  /** What people corrected in tasks of earlier iterations. */
  readonly corrections?: CorrectionsRef;
  readonly submission?: SubmissionRef;
  /** What the training read, as it was found before its start and after its end. */
  readonly trainingSet?: TrainingSetRef;
  readonly trainingSetAfter?: TrainingSetRef;
  readonly training?: TrainingRef;
  readonly model?: ModelRef;
  /** The model that was published before the training. */
  readonly modelBefore?: ModelBeforeRef;
  readonly evaluation?: EvaluationRef;
  /** What became of the new model. */
  readonly promotion?: PromotionRef;
  /** Of an iteration of a loop: what the rules found that may end it. */
  readonly stopping?: StopRef;
  readonly receipt?: ReceiptRef;
}

export interface StepRecord {
  readonly step: StepName;
  readonly outcome: 'done' | 'skipped';
  /** ISO times. */
  readonly startedAt: string;
  readonly endedAt: string;
}

/** A decision that a person took, for the receipt. */
export interface Decision {
  readonly what: DecisionName;
  readonly step: StepName;
  readonly by: string;
  readonly at: string;
  /** The failure that was decided on, where there was one. */
  readonly about: FailureCode | null;
  /** What was asked for, in words, where the kind of decision does not say it. */
  readonly detail?: string;
}

/** What an iteration waits for. */
export const WAITING_FOR = ['machine', 'people', 'decision', 'server', 'window', 'turn', 'resume', 'nothing'] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

/** What a person may answer. */
export type Choice = 'retry' | 'skip' | 'approve' | 'decline' | 'extend' | 'cancel';

/** A failure as a person sees it. */
export interface Trouble {
  readonly code: FailureCode;
  readonly message: string;
  readonly action: string;
  readonly facts: Facts;
  readonly since: string;
}

/** Answer of the status query: where the iteration is, since when, and what it waits for. */
export interface IterationStatus {
  readonly id: string;
  readonly project: string;
  readonly task: string;
  readonly connection: string;
  readonly step: StepName | 'done';
  /** ISO time since which `step` and `waitingFor` are as they are. */
  readonly since: string;
  readonly waitingFor: WaitingFor;
  readonly paused: boolean;
  /** True while a cancelled iteration sees to its training and the model that is published; absent else. */
  readonly cancelled?: true;
  /** The failure that waits for a decision, or the outage that is waited out. */
  readonly trouble: Trouble | null;
  /** What may be answered while `waitingFor` is `decision`. */
  readonly choices: readonly Choice[];
  /** Until when people have time, while they are waited for or have not been; null for no deadline. */
  readonly deadline?: DeadlineNow | null;
  readonly steps: readonly StepRecord[];
  /** Steps that it was never asked for. Absent where the worker does not tell them. */
  readonly unasked?: readonly StepName[];
  readonly results: IterationResults;
  /** The workflow that gives turns to train, while this iteration has its turn or waits for it. */
  readonly turn?: TurnState | null;
  /** ISO time at which the training window opens, while that is waited for. */
  readonly opensAt?: string | null;
  /** Masks in finished shards, while masks are converted; those of shards under way are in their heartbeats. */
  readonly converted: { readonly done: number; readonly total: number } | null;
  readonly startedAt: string;
}

/** Everything an iteration knows of itself; one run hands it to the next when it continues as new. */
export interface IterationState {
  readonly step: StepName | 'done';
  /** ISO time since which `step` and `waitingFor` are as they are. */
  readonly since: string;
  readonly stepStartedAt: string;
  readonly waitingFor: WaitingFor;
  readonly paused: boolean;
  readonly trouble: Trouble | null;
  /** Absent while no server is waited for. A pause, a decision and a wait for a turn leave it as it is. */
  readonly away?: AwayState;
  /** Absent until it is cancelled; then what it has left behind is seen to. */
  readonly cancelled?: true;
  readonly startedAt: string;
  readonly steps: readonly StepRecord[];
  readonly results: IterationResults;
  /** Null while no conversion is planned. */
  readonly conversion: ConversionState | null;
  readonly decisions: readonly Decision[];
  /** Digest of what `overwrite` was agreed to for; null for nothing of others. Absent until an import was found wrong. */
  readonly agreed?: string | null;
  /** Number of the training that was last asked for, whether or not it is known to have begun; see `trainingNumber`. */
  readonly trainingAsked?: number;
  /** Absent while no turn is wanted. */
  readonly turn?: TurnState;
  /** What is published since the turn was given back for a person to decide; absent while that is not known. */
  readonly meanwhile?: PromotionRef;
  /** A training was given up and is being ended; `runsOn` says why it may still run and publish, null while it was not tried. */
  readonly ending?: { readonly runsOn: string | null };
  /** When the training window opens, while that is waited for. */
  readonly opensAt?: string;
  /** What was decided and remembered while people work; absent while there is nothing. */
  readonly wait?: WaitState;
  /** What a person has answered about a new model that waited for a decision. */
  readonly answer?: ModelAnswer;
}

/** What every activity is told about the iteration it works for. */
export interface ForIteration {
  readonly id: string;
  readonly input: IterationInput;
}
