import type { SelectionOptions } from '../contracts/selection.ts';
import { writeMixture } from '../notation/mixture.ts';

type Mixture = SelectionOptions['mixture'];

/** A way to choose frames that is compared with others. */
export interface Variant {
  /** `70% uncertainty, 30% random`; with the size of its batches where several are compared. */
  readonly name: string;
  readonly mixture: Mixture;
  /** Frames a batch. */
  readonly batchSize: number;
}

/** One loop of a variant. */
export interface SimulatedRun {
  /** Name of its connection and loop: `variant-2-seed-1`. */
  readonly key: string;
  readonly variant: Variant;
  /** From 1. The same seed begins with the same random numbers in every variant. */
  readonly seed: number;
}

/** Every strategy with every size of batches, in the order in which they were given; what is given twice counts once. */
export function variantsOf(mixtures: readonly Mixture[], batchSizes: readonly number[]): readonly Variant[] {
  const sizes = [...new Set(batchSizes)];
  const variants = mixtures.flatMap((mixture) =>
    sizes.map((batchSize) => {
      const name = writeMixture(mixture) + (sizes.length > 1 ? `, batches of ${batchSize}` : '');
      return { name, mixture, batchSize };
    }),
  );
  return [...new Map(variants.map((variant) => [variant.name, variant])).values()];
}

/** The loops of a comparison: seed after seed, so that all variants have about as many while it goes on. */
export function runsOf(variants: readonly Variant[], seeds: number): readonly SimulatedRun[] {
  return Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
    variants.map((variant, index) => ({ key: `variant-${index + 1}-seed-${seed}`, variant, seed })),
  );
}
