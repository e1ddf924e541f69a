import type { ForIteration } from './iteration.ts';
import type { Facts } from './error.ts';
import type { FailureCode } from './failures.ts';

/** The registered name of the workflow; never changed. */
export const PLAN_WORKFLOW = 'planWorkflow';

/** One class, matched by name. A null stands for a name that the other side does not have, or for a server without one. */
export interface PlannedLabel {
  /** Value of its pixels in a mask. */
  readonly value: number;
  readonly name: string;
  readonly cvatLabel: boolean | null;
  readonly modelIndex: number | null;
  readonly frames: number;
  readonly pixels: number;
}

/** What would happen to one job; frames are numbers in the task, both ends included. */
export interface PlannedJob {
  readonly job: number;
  readonly frames: readonly [number, number];
  readonly stage: string;
  readonly state: string;
  readonly assignee: string | null;
  /** Shapes that would be sent into it. */
  readonly shapes: number;
  readonly action: 'send' | 'keep' | 'replace' | 'leave' | 'refuse';
  readonly reason: string;
}

/** Why a start would end in attention, and what CVAT itself would do with the import. */
export interface PlannedTrouble {
  readonly code: FailureCode;
  readonly message: string;
  readonly action: string;
  readonly facts: Facts;
  /** Null where CVAT would not notice, or would not be asked. */
  readonly cvat: string | null;
}

/** What `start` would do. Lists hold their first 40; counts count all. */
export interface IterationPlan {
  readonly project: { readonly name: string; readonly id: number | null };
  /** `id` null: it would be made, or there is trouble. */
  readonly task: {
    readonly name: string;
    readonly id: number | null;
    readonly url: string | null;
    readonly frames: number | null;
  };
  /** The task is only observed: nothing would be sent, the dataset compared with. */
  readonly observed?: true;
  /** Nothing would be sent: people would begin without pre-annotations. */
  readonly fromScratch?: true;
  readonly dataset: {
    readonly masks: number;
    readonly emptyMasks: number;
    readonly shapes: number;
    /** Of the document for CVAT. */
    readonly bytes: number;
  } | null;
  /** Only where masks would be predicted; nothing is known of them before. */
  readonly prediction?: {
    readonly model: string;
    /** `SHA256:…` of the published file; null where there is trouble. */
    readonly checksum: string | null;
    /** Null where they are not known. */
    readonly frames: number | null;
  };
  readonly labels: readonly PlannedLabel[];
  /** Null where the frames are not known. */
  readonly frames: {
    readonly matched: number;
    /** Frames of the task without a mask. */
    readonly withoutMask: number;
  } | null;
  readonly jobs: readonly PlannedJob[];
  readonly jobCount: number;
  /** What the task holds now, and how much of it the import would delete. */
  readonly holds: {
    readonly shapes: number;
    readonly tracks: number;
    readonly tags: number;
    readonly bySource: Readonly<Record<string, number>>;
    readonly lost: number;
  } | null;
  /** An import that CVAT has not ended. */
  readonly inFlight: { readonly status: string; readonly createdAt: string; readonly owner: string | null } | null;
  readonly troubles: readonly PlannedTrouble[];
  /** What keeps nothing from starting, and has to be there when people are done; absent where there is nothing. */
  readonly later?: readonly PlannedTrouble[];
}

export interface PlanActivities {
  /** What an iteration with this input would do; reads only. */
  planIteration(args: ForIteration): Promise<IterationPlan>;
}
