import type { z } from 'zod';
import type { listIterations } from '../../../../src/api/endpoints/iterations.ts';

/** A line of the list. */
export type ListedIteration = z.output<NonNullable<(typeof listIterations)['answer']>>['iterations'][number];
