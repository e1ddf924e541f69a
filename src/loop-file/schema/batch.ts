import { z } from 'zod';
import { UNCERTAINTY_SOURCES } from '../../contracts/selection.ts';
import { parseMixture } from '../../notation/mixture.ts';
import { choice, contradiction, number, wholeNumber, written } from './fields.ts';

/** How much more frames than a batch are scored where nothing is said, and how many at most. */
const CANDIDATES = { times: 10, most: 1000 } as const;

/** Candidates where the file names none. */
export function defaultCandidates(size: number): number {
  return Math.max(size, Math.min(CANDIDATES.most, CANDIDATES.times * size));
}

/** Section `batch`: how many frames an iteration has, and how they are chosen. */
export const batchSchema = z
  .strictObject({
    size: wholeNumber(1, 'frames of an iteration'),
    minNewFrames: wholeNumber(1, 'no iteration begins with fewer frames to choose from').default(1),
    strategy: written(
      parseMixture,
      'how frames are chosen: random, foreground-random, uncertainty, diverse or server, or several with shares: 70% uncertainty, 30% random',
    ).prefault('70% uncertainty, 30% random'),
    seed: z
      .union([z.string().min(1), z.int()], 'must be a text or a whole number')
      .transform(String)
      .describe('the same pool, seed, number and model choose the same frames (default: the name of the loop)')
      .optional(),
    uncertainty: choice(
      UNCERTAINTY_SOURCES,
      'where uncertainty comes from; auto takes the first of server, disagreement and flips that there is',
    ).default('auto'),
    candidates: wholeNumber(
      1,
      `frames drawn from the pool that are looked at closely, at least the size of a batch (default: ${CANDIDATES.times} batches, at most ${CANDIDATES.most})`,
    ).optional(),
    thinning: number(
      0,
      1,
      'of frames of a group that look alike only one is chosen: least distance of their small images; 0 for none',
    ).default(0.05),
  })
  .refine(
    ({ size, candidates }) => candidates === undefined || !(candidates < size),
    contradiction('candidates', 'must be at least as large as size'),
  )
  .describe('how many frames an iteration has, and how they are chosen');
