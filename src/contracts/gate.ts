import type { Excerpt } from './comparison.ts';
import type { ArtifactRef, FolderRef } from './refs.ts';

/** What becomes of a new model: always published, only if it is better, or as a person decides. */
export const GATE_POLICIES = ['always', 'if-better', 'ask'] as const;
export type GatePolicy = (typeof GATE_POLICIES)[number];

/** Least Dice that a new model must have on the held-out frames, from 0 to 1. */
export interface Floors {
  /** Of every class that has none of its own; null for none. */
  readonly all: number | null;
  /** By class name. */
  readonly classes: Readonly<Record<string, number>>;
}

export interface GateOptions {
  readonly policy: GatePolicy;
  readonly floors: Floors;
}

export const DEFAULT_GATE: GateOptions = { policy: 'if-better', floors: { all: null, classes: {} } };

/**
 * Where held-out frames come from.
 *
 * - `names`: frames of the task, one name a line.
 * - `folder`: images with masks of the same names, of neither task.
 * - `task`: what another task of the same project was sealed with.
 * - `ground-truth`: frames and labels of the ground truth job of the task, or of another task of the same project.
 */
export type HeldOutSource =
  | { readonly kind: 'names'; readonly list: ArtifactRef }
  | { readonly kind: 'folder'; readonly images: FolderRef; readonly masks: FolderRef }
  | { readonly kind: 'task'; readonly task: string }
  | { readonly kind: 'ground-truth'; readonly task: string | null };

/** How well predictions agree with labels, over the pixels of all frames together; null for what neither has. */
export interface Agreement {
  readonly dice: number | null;
  readonly iou: number | null;
}

/** One class before and after the training. */
export interface ClassChange {
  readonly name: string;
  /** Null where no model was measured before. */
  readonly before: Agreement | null;
  readonly after: Agreement;
  readonly floor: number | null;
}

/** What drawing the groups again and again says of the difference. */
export interface Interval {
  /** Ends of the 95 % interval of the difference of the mean Dice. */
  readonly low: number;
  readonly high: number;
  readonly draws: number;
  /** Share of the draws in which the new model loses more than {@link REAL_LOSS}. */
  readonly lossShare: number;
}

/** A smaller loss of mean Dice counts for nothing. */
export const REAL_LOSS = 0.01;

/** Both models on the same held-out frames. */
export interface GateMeasures {
  /** `SHA256:…`; null where no model was published before. */
  readonly before: (Agreement & { readonly checksum: string }) | null;
  readonly after: Agreement & { readonly checksum: string };
  /** Mean Dice after minus before; null where one of them is not known. */
  readonly difference: number | null;
  /** Null where no model was measured before, or with fewer than two groups. */
  readonly interval: Interval | null;
  readonly groups: number;
  readonly classes: Excerpt<ClassChange>;
}

/** `first`: there was no model before. `not measured`: nothing was held out. */
export type Verdict = 'better' | 'not better' | 'first' | 'floor missed' | 'not measured';

/** A verdict with its reasons in words. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
}

/**
 * What became of the new model.
 *
 * - `promoted`: it is published.
 * - `put back`: the model from before is published.
 * - `left`: there was none before, so that nothing could be put back; the new model is published though nobody wants it.
 * - `replaced`: another model was published since, so that there was nothing to put back.
 * - `not known`: what is published could not be seen to; the reasons say why.
 */
export const PROMOTION_OUTCOMES = ['promoted', 'put back', 'left', 'replaced', 'not known'] as const;
export type PromotionOutcome = (typeof PROMOTION_OUTCOMES)[number];

export interface PromotionRef extends Judgement {
  readonly policy: GatePolicy;
  readonly outcome: PromotionOutcome;
  /** Checksum of the model that was trained. */
  readonly checksum: string;
  /** Checksum of the model that is published now; null for none. */
  readonly published: string | null;
  /** Who decided; null where the gate did. */
  readonly by: string | null;
  readonly at: string;
}

/** What became of a new model, and who decided, in words. */
export function outcomeText({ outcome, by }: { readonly outcome: string; readonly by: string | null }): string {
  const whose = by === null ? '' : ` by ${by}`;
  if (outcome !== 'replaced') return `${outcome}${whose}`;
  return `${by === null ? 'not published' : `declined${whose}`}, as another one was published since`;
}

/** Another task that models are measured on, as it was sealed, and how that differs from what it holds now. */
export interface HeldOutTaskRef {
  /** Id of the iteration whose receipt counts. */
  readonly id: string;
  readonly seal: ArtifactRef;
  /** Edits since, which are not measured on; null where CVAT could not be asked. */
  readonly edits: number | null;
  /** All of them as a JSON list; null for none. */
  readonly list: ArtifactRef | null;
}

/** A model that was published before a training, with what it predicts on the held-out frames. */
export interface ModelBeforeRef {
  readonly model: string;
  /** Null where none was published: then there is nothing to compare with, and nothing to put back. */
  readonly checksum: string | null;
  /** Its bytes in the store. */
  readonly file: ArtifactRef | null;
  /** Predictions (`EvaluationManifest`); null without a model. */
  readonly manifest: ArtifactRef | null;
  /** The frames that both models are measured on (`HeldOutManifest`). */
  readonly heldOut: ArtifactRef;
  readonly frames: number;
  /** Absent where no other task is held out, and where its receipt names no seal. */
  readonly heldOutTask?: HeldOutTaskRef;
}

/** A person's word on the model of this checksum. */
export interface ModelAnswer {
  readonly what: 'approve' | 'decline';
  readonly checksum: string;
  readonly by: string;
}
