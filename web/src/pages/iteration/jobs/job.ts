import type { z } from 'zod';
import type { jobRow } from '../../../../../src/api/schemas/job.ts';

/** A job, as the server tells it. */
export type JobRow = z.output<typeof jobRow>;
