import type { ArtifactRef } from './refs.ts';

/** What becomes of a loop when a rule proposes to stop. */
export const STOP_ACTIONS = ['stop', 'ask', 'note'] as const;
export type StopAction = (typeof STOP_ACTIONS)[number];

/**
 * When more labels no longer help.
 *
 * - `plateau`: over the last `iterations`, the upper end of the 95 % interval of the slope of the held-out Dice is below
 *   `minSlope` an iteration.
 * - `target`: the held-out Dice has reached `dice`.
 * - `corrections`: people changed a smaller share of the pre-annotated pixels than `below`.
 * - `budget`: frames, iterations or days are used up.
 * - `empty-pool`: nothing is left to choose. Always there; `stop` unless it is named.
 */
export type StopRule = { readonly action: StopAction } & (
  | { readonly rule: 'plateau'; readonly iterations: number; readonly minSlope: number }
  | { readonly rule: 'target'; readonly dice: number }
  | { readonly rule: 'corrections'; readonly below: number }
  | {
      readonly rule: 'budget';
      readonly frames: number | null;
      readonly iterations: number | null;
      readonly days: number | null;
    }
  | { readonly rule: 'empty-pool' }
);

/** What a rule found after an iteration. */
export interface StopFinding {
  readonly rule: StopRule['rule'];
  readonly action: StopAction;
  readonly proposes: boolean;
  /** What was measured, and what it was held against; null where nothing could be measured. */
  readonly value: number | null;
  readonly limit: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** One sentence with the numbers. */
  readonly words: string;
}

/** The evidence of a loop's end or going on; on the receipt of the iteration after which it was judged. */
export interface StopRef {
  readonly findings: readonly StopFinding[];
  /** The strictest action of the rules that propose; null for none. */
  readonly proposes: StopAction | null;
  /** The numbers of all iterations so far: a JSON list of {@link LoopPoint}. */
  readonly points: ArtifactRef;
}

/** One iteration as a point of the loop's learning curve. */
export interface LoopPoint {
  readonly number: number;
  readonly id: string;
  /** ISO times. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Frames with sealed labels. */
  readonly frames: number;
  /** Mean Dice on held-out frames: of the model that was published afterwards; null without. */
  readonly dice: number | null;
  /** Agreement of pre-annotations with sealed labels, mean Dice; null without pre-annotations. */
  readonly agreement: number | null;
  /** Share of the pre-annotated and sealed pixels that differ, from 0 to 1; null without. */
  readonly corrections: number | null;
  /** `EvaluationManifest` that {@link dice} comes from; null without. */
  readonly evaluation: ArtifactRef | null;
}
