import type { z } from 'zod';
import type { listJobs } from '../../../../src/api/endpoints/jobs.ts';
import type { IterationOfJobs } from '../../../../src/api/schemas/job.ts';

/** What the page is about: iterations that run, and their jobs. */
export type Board = z.output<NonNullable<(typeof listJobs)['answer']>>;

export type Job = Board['jobs'][number];

export type { IterationOfJobs };
