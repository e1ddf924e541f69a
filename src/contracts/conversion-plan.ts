import type { ArtifactRef } from './refs.ts';

/** The masks of an iteration as they were when it was started, cut into shards: a {@link ConversionPlan}. */
export interface PlanRef {
  readonly plan: ArtifactRef;
  /** From 1 to 64. */
  readonly shards: number;
  readonly masks: number;
}

/** What is in one converted shard. */
export interface ShardCounts {
  readonly masks: number;
  readonly annotations: number;
  /** True if the store held it already: an earlier try, or a conversion of the same masks under the same rules. */
  readonly found: boolean;
}

/** Content of {@link PlanRef.plan}. */
export interface ConversionPlan {
  /** In the order of the document. */
  readonly shards: readonly {
    /** A {@link PlannedMask} a line, as JSON. */
    readonly list: ArtifactRef;
    readonly masks: number;
  }[];
}

/** A mask as it has to be when it is converted. */
export interface PlannedMask {
  /** Relative to the folder, with `/` between folders. */
  readonly name: string;
  /** Lower-case hex SHA-256 of the file. */
  readonly sha256: string;
}

/** How far a conversion is. */
export interface ConversionState {
  readonly plan: PlanRef;
  /** Indexes of the shards that are in the store, in the order in which they were finished. */
  readonly finished: readonly number[];
  /** Masks in these shards. */
  readonly masks: number;
}
