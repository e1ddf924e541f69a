import type { Trouble, IterationInput } from './iteration.ts';
import type { NoticeOptions } from './notice.ts';
import type { ArtifactRef, FolderRef } from './refs.ts';
import type { PoolSource, SelectionOptions } from './selection.ts';
import type { StopFinding, StopRule } from './stop-rules.ts';
import type { DeadlineOptions } from './deadline.ts';

/** The registered name of the workflow; never changed. */
export const LOOP_WORKFLOW = 'loopWorkflow';

/** What all iterations of a loop have in common. */
export type IterationTemplate = Pick<
  IterationInput,
  | 'suffix'
  | 'conversion'
  | 'createProject'
  | 'syncLabels'
  | 'people'
  | 'segmentSize'
  | 'seal'
  | 'review'
  | 'tellPeople'
  | 'timing'
> & {
  readonly completion: Omit<IterationInput['completion'], 'deadline'>;
  /** From the start of each iteration; absent for none. */
  readonly deadline?: { readonly afterMs: number } & Pick<DeadlineOptions, 'policy' | 'more'>;
  /** Never null: a loop without a model chooses and trains nothing. */
  readonly training: NonNullable<IterationInput['training']>;
};

/**
 * What pre-annotations the iterations begin with while no model is published: none at all, those of a model that must be
 * there, or masks in a folder. Afterwards the published model predicts them.
 */
export type FirstMasks =
  | { readonly kind: 'none' }
  | { readonly kind: 'predict' }
  | { readonly kind: 'folder'; readonly masks: FolderRef };

/** Document `maskloop.loop/1`: what a loop does. It holds no secret. Kept in the store; made from `maskloop.yaml`. */
export interface LoopPolicy {
  readonly schema: 'maskloop.loop/1';
  readonly name: string;
  readonly connection: string;
  readonly project: string;
  /** Names of the tasks, with `{n}` once. */
  readonly taskName: string;
  readonly categories: ArtifactRef;
  readonly pool: PoolSource;
  /** Frames a batch, at least 1. */
  readonly batchSize: number;
  readonly selection: SelectionOptions;
  readonly firstMasks: FirstMasks;
  readonly iteration: IterationTemplate;
  /**
   * Frames of a first task of its own (number 0, `{n}` replaced by `held_out`), chosen at random by groups, which people
   * label and no model is ever trained on. Null where `iteration.training` says where held-out frames come from.
   */
  readonly heldOutTask: { readonly frames: number } | null;
  readonly stop: readonly StopRule[];
  /** `schedule`: an iteration begins when it is asked for. */
  readonly pace: 'continuous' | 'schedule';
  /** Least number of frames that can be chosen for an iteration to begin; at least 1. */
  readonly minNewFrames: number;
  /** Tasks of the project that have such names and were not made by the loop. */
  readonly existingTasks: 'adopt' | 'skip';
  readonly notices: NoticeOptions | null;
}

/** What a loop is started with. */
export interface LoopInput {
  readonly name: string;
  readonly connection: string;
  readonly project: string;
  /** A {@link LoopPolicy}. */
  readonly policy: ArtifactRef;
}

/**
 * What a loop does.
 *
 * - `selecting`: the next batch is being chosen.
 * - `iterating`: its iteration runs.
 * - `asking`: a person has to decide whether it goes on, or what to do about a failure.
 * - `resting`: it waits to be asked for an iteration, or for frames.
 */
export type LoopPhase = 'selecting' | 'iterating' | 'asking' | 'resting' | 'stopped';

/** Why a loop has ended or will end. */
export interface LoopEnd {
  /** `person`, `edit` or a rule. */
  readonly why: 'person' | StopRule['rule'];
  readonly words: string;
  /** Who stopped it; null where a rule did. */
  readonly by: string | null;
  readonly at: string;
}

/** What a person may answer where a loop asks. */
export const LOOP_ANSWERS = ['retry', 'skip', 'go on', 'stop'] as const;
export type LoopAnswer = (typeof LOOP_ANSWERS)[number];

/** Something that a person did to a loop, or a schedule; the newest 50 are kept, fewer where they are long. */
export interface LoopEvent {
  readonly what: 'pause' | 'resume' | 'edit' | 'stop' | 'retry' | 'skip' | 'go on' | 'begin';
  readonly by: string;
  readonly at: string;
  /** What was changed, or why a begin was not followed. */
  readonly detail?: string;
}

/** An iteration that was asked for. */
export interface LoopWish {
  readonly by: string;
  readonly at: string;
  /** Id of the workflow that is told what comes of it; null for none. */
  readonly reply: string | null;
}

/** Everything a loop knows of itself; one run hands it to the next. Bounded, whatever number it has reached. */
export interface LoopState {
  /** Of the iteration that runs or comes next; null before it was looked for. */
  readonly number: number | null;
  readonly phase: LoopPhase;
  /** ISO time since which the phase and {@link paused} are as they are. */
  readonly since: string;
  readonly startedAt: string;
  readonly paused: boolean;
  /** The iteration that runs; null while none does. */
  readonly iteration: string | null;
  readonly policy: ArtifactRef;
  /** Of the policy that counts now; null before it was read. */
  readonly pace: LoopPolicy['pace'] | null;
  /** Takes its place at the next iteration. */
  readonly edited: ArtifactRef | null;
  /** Ends after the iteration that runs. */
  readonly end: LoopEnd | null;
  /** Asked for and not yet begun, where the pace is a schedule. */
  readonly begin: LoopWish | null;
  /** A failure that waits for an answer, or an outage that is waited out. */
  readonly trouble: Trouble | null;
  /** Why it rests, in words; null while it does not. */
  readonly rests: string | null;
  /** What the rules found last. */
  readonly findings: readonly StopFinding[];
  readonly events: readonly LoopEvent[];
}

/** Answer of the status query. */
export interface LoopStatus extends LoopState {
  readonly id: string;
  readonly name: string;
  readonly connection: string;
  readonly project: string;
  /** What may be answered now; empty while nothing is asked. */
  readonly choices: readonly LoopAnswer[];
}
