import type { ArtifactRef, FolderRef } from './refs.ts';

/**
 * How frames are chosen from the pool.
 *
 * - `random`: each group, then each frame of it, with the same chance.
 * - `foreground-random`: among frames in which the model sees anything at all.
 * - `uncertainty`: where the model is least sure.
 * - `diverse`: far from what was chosen before and from each other.
 * - `server`: as MONAI Label's own strategy proposes.
 */
export const STRATEGIES = ['random', 'foreground-random', 'uncertainty', 'diverse', 'server'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Where uncertainty comes from; `auto` takes the first of `server`, `disagreement` and `flips` that there is. */
export const UNCERTAINTY_SOURCES = ['auto', 'server', 'disagreement', 'flips'] as const;
export type UncertaintySource = (typeof UNCERTAINTY_SOURCES)[number];

export interface SelectionOptions {
  /** Shares above 0 that add up to 1, each strategy at most once. */
  readonly mixture: readonly { readonly strategy: Strategy; readonly share: number }[];
  /** The same pool, seed, number and model choose the same frames. */
  readonly seed: string;
  readonly uncertainty: UncertaintySource;
  /** Frames drawn from the pool of which scores and features are computed, at least the size of a batch. */
  readonly candidates: number;
  /** Frames of a group that look alike are thinned: least distance of their small images, from 0 (none) to 1. */
  readonly thinning: number;
}

/** All frames that a loop may choose from. */
export type PoolSource =
  | { readonly kind: 'files'; readonly images: FolderRef }
  /** A folder that grows: it is read again for each iteration. */
  | { readonly kind: 'folder'; readonly uri: string }
  /** Images that MONAI Label's datastore has and nobody has labelled. */
  | { readonly kind: 'datastore' };

/** A frame that was chosen. */
export interface Sample {
  /** Path in the pool, with `/`: unique. */
  readonly name: string;
  readonly group: string;
  readonly sha256: string;
  readonly strategy: Strategy | 'carried';
  /** The higher, the sooner it was chosen; null where the strategy has no score. */
  readonly score: number | null;
}

/** Document `maskloop.samples/1`: what was chosen for one iteration of a loop, and from what. */
export interface SampleList {
  readonly schema: 'maskloop.samples/1';
  readonly loop: string;
  readonly number: number;
  /** Name of the task that is made of it. */
  readonly task: string;
  readonly options: SelectionOptions;
  /** `SHA256:…` of the model that scores come from; null where none was asked. */
  readonly model: string | null;
  /** Where uncertainty came from in the end; null where it was not asked for. */
  readonly uncertainty: Exclude<UncertaintySource, 'auto'> | null;
  readonly pool: PoolCounts;
  readonly samples: readonly Sample[];
  /** The same frames as files in the store; null if none was chosen, or nothing was to be written. */
  readonly images: FolderRef | null;
  /** In words: strategies that could not be followed and what was done instead, duplicates, broken files. */
  readonly notes: readonly string[];
}

/** Frames of the pool, and why some could not be chosen. */
export interface PoolCounts {
  readonly frames: number;
  readonly groups: number;
  /** In earlier iterations, in tasks that were adopted, or withdrawn. */
  readonly used: number;
  /** In held-out groups. */
  readonly heldOut: number;
  /** Too much like another one. */
  readonly alike: number;
  /** Frames that could be chosen, the chosen ones among them; carried ones are not. */
  readonly eligible: number;
  /** Frames that were scored. */
  readonly candidates: number;
}

/** The list of an iteration, and its frames as files. */
export interface SelectionRef {
  /** A {@link SampleList}. */
  readonly list: ArtifactRef;
  /** The chosen frames; null where there were fewer than an iteration begins with. */
  readonly images: FolderRef | null;
  readonly frames: number;
  readonly pool: PoolCounts;
  /** The same, first 5 of {@link SampleList.notes}. */
  readonly notes: readonly string[];
}
