import type { ForIteration, Decision, IterationResults, StepRecord } from './iteration.ts';
import type { TrainingActivities } from './training-activities.ts';
import type { SealCheckRef, SealRef } from './seal.ts';
import type { ComparisonRef } from './comparison.ts';
import type { OriginsRef } from './origins.ts';
import type { LabelTableRef } from './label-table.ts';
import type { ProjectCategories, ProjectCategoriesRequest } from './project-categories.ts';
import type { PredictionsRef } from './prediction.ts';
import type { PlanRef, ShardCounts } from './conversion-plan.ts';
import type { HandOverPlan, HandOverRef, Reassignment, ReviewRecord, WaitTerms } from './waiting.ts';
import type { SharedJobs } from './deadline.ts';
import type {
  AssignmentRef,
  CompletionRef,
  DatasetRef,
  GuardRef,
  ImportRef,
  LabelsRef,
  PersonRef,
  ReceiptRef,
  TaskRef,
} from './refs.ts';

/**
 * The activities of an iteration. Each may be tried again after any crash: it finds what an earlier try left
 * behind and goes on from there. Each heartbeats, can be cancelled, and returns references only.
 */
export interface IterationActivities extends TrainingActivities {
  /** Makes sure that the masks are those of the start, or takes those that were predicted, and cuts them into shards. */
  planConversion(args: ForIteration & { predictions?: PredictionsRef }): Promise<PlanRef>;
  /** The masks of one shard are converted and in the store, whoever did it. `index` counts from 0. */
  convertShard(args: ForIteration & { plan: PlanRef; index: number }): Promise<ShardCounts>;
  /** Converted shards become the COCO document and its copy for CVAT. */
  assembleDataset(args: ForIteration & { plan: PlanRef }): Promise<DatasetRef>;
  /** Reads the labels of a CVAT project as categories. */
  readProjectCategories(args: ProjectCategoriesRequest): Promise<ProjectCategories>;
  /** Finds the project and the task by exact name, or makes what may be made. */
  ensureTask(args: ForIteration): Promise<TaskRef>;
  /** Matches the classes of the masks with the labels of CVAT and the model by name, and adds labels where that is wanted. */
  matchLabels(args: ForIteration & { task: TaskRef; dataset: DatasetRef | null }): Promise<LabelTableRef>;
  /** Finds the people whom jobs will be given to. */
  findPeople(args: ForIteration): Promise<readonly PersonRef[]>;
  /** Gives jobs that nobody has to people, by turns; a job that somebody has stays with them. */
  assignJobs(args: ForIteration & { task: TaskRef; people: readonly PersonRef[] }): Promise<AssignmentRef>;
  /**
   * Refuses a task that holds shapes which are not ours. `agreed` is given where it is guarded anew: `overwrite` then counts
   * for what has this digest ({@link GuardRef.content}) alone, and with null for nothing.
   */
  guardTask(args: ForIteration & { task: TaskRef; dataset: DatasetRef; agreed?: string | null }): Promise<GuardRef>;
  /** After a refused login: returns when CVAT accepts a changed one, else fails with `LoginPending`. */
  awaitLogin(args: ForIteration): Promise<void>;
  /** Puts the pre-annotations into the task, once. */
  importPreannotations(
    args: ForIteration & { task: TaskRef; dataset: DatasetRef; guard: GuardRef },
  ): Promise<ImportRef>;
  /** Reads the task and compares it with what was sent. */
  verifyImport(args: ForIteration & { task: TaskRef; dataset: DatasetRef; imported: ImportRef }): Promise<ImportRef>;
  /**
   * One read of the jobs: returns when people are done, else fails with `AnnotationPending`; at the end of its tries with
   * `HandOverDue` where jobs are to go from one person to another, `SharingDue` where some were left with whom they are, and `DeadlinePassed` where a person has to decide.
   */
  checkCompletion(args: ForIteration & { task: TaskRef; terms?: WaitTerms }): Promise<CompletionRef>;
  /** Decides which jobs go to whom; what is returned has to be remembered before anything is changed. */
  planHandOver(args: ForIteration & { task: TaskRef; review: ReviewRecord | null }): Promise<HandOverPlan>;
  /** Hands jobs over; leaves those that somebody has changed since the plan was made. */
  handOver(args: ForIteration & { task: TaskRef; plan: HandOverPlan }): Promise<HandOverRef>;
  /** Gives open jobs of one person to another; a job in review never to its annotator. Returns the ids of those given. */
  reassignJobs(
    args: ForIteration & { task: TaskRef; reassignment: Reassignment; review: ReviewRecord | null },
  ): Promise<{ readonly jobs: readonly number[] }>;
  /**
   * Gives the jobs that others still annotate to the people who are named, those with the fewest such frames first.
   * `idleMs`: jobs that were changed in so many milliseconds stay where they are.
   */
  shareOpenJobs(
    args: ForIteration & { task: TaskRef; people: readonly string[]; idleMs?: number },
  ): Promise<SharedJobs>;
  /** Returns when nobody has changed a complete job for the quiet period, else fails with `LabelsNotQuiet`. */
  awaitQuiet(args: ForIteration & Sealed): Promise<{ readonly lastEditAt: string }>;
  /** Freezes the final annotations of all jobs. Fails with `TaskReopened` if a job is no longer complete or its review not over. */
  sealLabels(args: ForIteration & Sealed): Promise<SealRef>;
  /** Builds the label PNGs from what was sealed, without asking CVAT; without a seal the task is sealed first. */
  exportLabels(args: ForIteration & Sealed & { seal?: SealRef }): Promise<LabelsRef>;
  /** Counts where the sealed shapes come from, as CVAT has it. */
  countOrigins(args: ForIteration & { seal: SealRef }): Promise<OriginsRef>;
  /** Compares the pre-annotations with what was sealed; `imported` is absent where the task was only observed. */
  compareLabels(
    args: ForIteration & { dataset: DatasetRef; imported?: ImportRef; seal: SealRef },
  ): Promise<ComparisonRef>;
  /** Looks whether the task still holds what was sealed. */
  checkSeal(args: ForIteration & { task: TaskRef; seal: SealRef }): Promise<SealCheckRef>;
  /** Writes the receipt. */
  recordReceipt(args: ForIteration & ReceiptFacts): Promise<ReceiptRef>;
}

/** What is sealed. */
export interface Sealed {
  readonly task: TaskRef;
  /** What the wait ended with; without it all jobs have to be complete. */
  readonly completion?: CompletionRef;
  /** What is known of a review when the wait ends; absent for nothing. */
  readonly review?: ReviewRecord;
}

/** What the workflow knows and the receipt records. */
export interface ReceiptFacts {
  readonly workflow: { readonly runId: string; readonly firstRunId: string };
  readonly startedAt: string;
  readonly endedAt: string;
  readonly results: IterationResults;
  readonly steps: readonly StepRecord[];
  readonly decisions: readonly Decision[];
}
