import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { TrainingOptions } from '../../src/contracts/training.ts';
import { imageId } from '../../src/monai/image-id.ts';
import { recordReceipt } from './recorded-iteration.ts';
import type { SealedIteration } from './sealed-iteration.ts';
import type { TrainingDesk } from './training-desk.ts';

/** The frames of every task of a desk. */
export const FRAMES = [0, 1, 2, 3].map((number) => `frame_00000${number}.png`);

/** Image ids of frames of an iteration. */
export const imagesOf = ({ input }: SealedIteration, names: readonly string[] = FRAMES): readonly string[] =>
  names.map((frame) => imageId({ ...input, frame }));

/** Iterations of a desk that were skipped where they would have trained. */
export interface SkippedTrainings {
  trainingWith(changes: Partial<TrainingOptions>): TrainingOptions;
  /** Writes the receipt of an iteration that sealed its labels and whose training was skipped; it holds nothing out if not told. */
  skip(iteration: SealedIteration, training?: IterationInput['training']): Promise<void>;
  /** What of an iteration MONAI Label would train on, by frame. */
  trainedOf(iteration: SealedIteration): Promise<readonly string[]>;
}

export function skippedTrainings({ site, own }: Pick<TrainingDesk, 'site' | 'own'>): SkippedTrainings {
  const trainingWith = (changes: Partial<TrainingOptions>): TrainingOptions => {
    if (site.input.training === null) throw new Error('the site trains nothing');
    return { ...site.input.training, ...changes };
  };
  return {
    trainingWith,
    async skip(iteration, training = trainingWith({ heldOutFraction: 0 })) {
      const { id, input, ...results } = iteration;
      for (const image of imagesOf(iteration)) own(image);
      await recordReceipt(site, results, { id, input: { ...input, training } });
    },
    async trainedOf(iteration) {
      const listed = new Set(await site.monai.trainingSet());
      return FRAMES.filter((_, index) => listed.has(imagesOf(iteration)[index] ?? ''));
    },
  };
}
