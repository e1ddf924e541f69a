import type { IterationInput, IterationResults } from './iteration.ts';
import type { LoopInput } from './loop.ts';
import type { ArtifactRef, ReceiptRef } from './refs.ts';
import type { SelectionRef } from './selection.ts';
import type { StopAction, StopFinding, StopRef } from './stop-rules.ts';

/** One iteration of a loop. */
export interface ForLoop {
  readonly loop: LoopInput;
  /** The policy that counts now. */
  readonly policy: ArtifactRef;
  readonly number: number;
}

/** What the next iteration is. */
export type NextIteration =
  | { readonly kind: 'start'; readonly id: string; readonly input: IterationInput }
  /** A receipt or a run is there already: of this number. */
  | { readonly kind: 'known'; readonly id: string }
  /** Fewer frames than asked for; `frames` can be chosen. */
  | { readonly kind: 'too few'; readonly frames: number };

/** How an iteration has ended, as receipts and Temporal tell. */
export interface IterationEnd {
  readonly outcome: 'done' | 'cancelled' | 'failed';
  readonly receipt: ReceiptRef | null;
  readonly findings: readonly StopFinding[];
  readonly proposes: StopAction | null;
}

/** The activities of a loop; each finds its own earlier work. */
export interface LoopActivities {
  /** The first number that has no receipt, and tasks that people have made before: where a loop begins, or goes on. */
  findLoopNumber(args: Omit<ForLoop, 'number'>): Promise<{ readonly number: number }>;
  /**
   * Chooses the frames of an iteration, once: a list that is there already is what was chosen. With fewer frames than the
   * policy wants an iteration to begin with nothing is recorded, so that it is looked again next time.
   */
  selectSamples(args: ForLoop): Promise<SelectionRef>;
  /** Makes the input of an iteration from the policy and what was chosen. */
  prepareIteration(args: ForLoop & { readonly selection: SelectionRef | null }): Promise<NextIteration>;
  /** Returns when an iteration that another run has started has ended, else fails with `IterationPending`. */
  awaitIteration(args: { readonly id: string }): Promise<IterationEnd>;
  /** What an iteration that has ended left behind. */
  readIterationEnd(args: { readonly id: string }): Promise<IterationEnd>;
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
