import type { IterationInput, IterationResults } from './iteration.ts';
import type { LoopInput, LoopPolicy } from './loop.ts';
import type { ArtifactRef } from './refs.ts';
import type { SelectionRef } from './selection.ts';
import type { StopAction, StopFinding, StopRef } from './stop-rules.ts';

/** One iteration of a loop. */
export interface ForLoop {
  readonly loop: LoopInput;
  /** The policy that counts now. */
  readonly policy: ArtifactRef;
  readonly number: number;
}

/** Where a loop begins, or goes on. */
export interface LoopPlace {
  readonly number: number;
  /** `there`: people have made the task, or somebody has started its iteration; nothing is to be chosen. */
  readonly task: 'new' | 'there';
  /** It was begun before, and has not ended with a receipt: it goes on without being asked for. */
  readonly begun: boolean;
  readonly pace: LoopPolicy['pace'];
}

/** What the next iteration is. */
export type NextIteration =
  /** `digest` is that of the input, by which a second start of the same iteration joins it. */
  | { readonly kind: 'start'; readonly id: string; readonly input: IterationInput; readonly digest: string }
  /** A receipt or a run is there already: of this number. */
  | { readonly kind: 'known'; readonly id: string }
  /** Fewer frames than asked for; `frames` can be chosen. The finding is that of the rule `empty-pool`. */
  | { readonly kind: 'too few'; readonly frames: number; readonly finding: StopFinding };

/** How an iteration has ended, as receipts and Temporal tell. */
export interface IterationEnd {
  readonly outcome: 'done' | 'cancelled' | 'failed';
  readonly findings: readonly StopFinding[];
  readonly proposes: StopAction | null;
}

/** The activities of a loop; each finds its own earlier work. */
export interface LoopActivities {
  /**
   * The next number, by receipts, sample lists and tasks in CVAT; not before `from`, which is null where nothing is known of
   * the loop: it begins, or goes on after Temporal has lost it.
   */
  findLoopNumber(args: Omit<ForLoop, 'number'> & { readonly from: number | null }): Promise<LoopPlace>;
  /** Refuses a policy that is of another loop, project or connection; says what it changes of the one that counts now. */
  checkPolicy(args: Omit<ForLoop, 'number'> & { readonly now: ArtifactRef }): Promise<{ readonly changes: string }>;
  /**
   * Chooses the frames of an iteration, once: a list that is there already is what was chosen. With fewer frames than the
   * policy wants an iteration to begin with nothing is recorded, so that it is looked again next time.
   */
  selectSamples(args: ForLoop): Promise<SelectionRef>;
  /** Makes the input of an iteration from the policy and what was chosen. */
  prepareIteration(args: ForLoop & { readonly selection: SelectionRef | null }): Promise<NextIteration>;
  /** What an iteration has left behind that has ended; fails with `IterationPending` while it runs. */
  awaitIteration(args: { readonly id: string; readonly loop: LoopInput }): Promise<IterationEnd>;
}

/** Judges a loop after an iteration; called by the iteration before its receipt is written. */
export interface StopActivities {
  judgeLoop(args: { readonly id: string; readonly input: IterationInput; readonly facts: LoopFacts }): Promise<StopRef>;
}

/** What of the iteration itself counts, which has no receipt yet. */
export interface LoopFacts {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly results: IterationResults;
}
