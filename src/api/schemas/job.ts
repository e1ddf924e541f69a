import { z } from 'zod';
import type { Forecast } from '../../jobs/forecast.ts';
import type { JobRow } from '../../jobs/job-row.ts';

/** A job as the lead's page shows it. */
export const jobRow: z.ZodType<JobRow> = z.object({
  id: z.string().describe('id of the iteration'),
  job: z.number(),
  url: z.string().describe('in CVAT'),
  person: z
    .string()
    .nullable()
    .describe('user name, `person 2` or null, by the `people` setting of the iteration; null also for nobody'),
  stage: z.enum(['annotation', 'validation', 'acceptance']),
  state: z.enum(['new', 'in progress', 'completed', 'rejected']),
  frames: z.tuple([z.number(), z.number()]).readonly().describe('frame numbers, both inclusive'),
  frameCount: z.number(),
  updatedAt: z.string(),
  openIssues: z.number().nullable().describe('remarks that nobody has resolved; null where CVAT does not tell'),
  isComplete: z.boolean(),
  isOverdue: z.boolean(),
  isRejected: z.boolean(),
  isReopened: z.boolean().describe('completed once, and no longer'),
  isUntouchedFast: z
    .boolean()
    .nullable()
    .describe(
      'completed without an edit and in at most 3 s a frame; null where that was not asked for, or is not known',
    ),
});

/** When people may be done. */
export const forecast: z.ZodType<Forecast> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('not enough'), why: z.string() }),
  z.object({
    kind: z.literal('forecast'),
    finishAt: z.string(),
    earliest: z.string().describe('in four of five cases it is not earlier, nor later than `latest`'),
    latest: z.string().nullable().describe('null where the pace may as well be next to nothing'),
    framesPerDay: z.number(),
    framesLeft: z.number(),
    jobsCounted: z.number(),
  }),
]);

/** One iteration whose jobs are listed. */
export const iterationOfJobs = z.object({
  id: z.string(),
  taskUrl: z.string().nullable().describe('in CVAT; null before there is a task'),
  people: z.enum(['names', 'pseudonyms', 'none']).describe('whether people are told apart'),
  isOnlyObserved: z.boolean().describe('it changes nothing in CVAT, so its jobs cannot be given to anybody from here'),
  deadline: z.string().nullable(),
  forecast: forecast.nullable().describe('null where nobody is waited for'),
  openIssues: z
    .number()
    .nullable()
    .describe('remarks that nobody has resolved; look at them before the labels are sealed'),
  failure: z.object({ code: z.string(), message: z.string() }).nullable().describe('why its jobs are not told'),
});
export type IterationOfJobs = z.output<typeof iterationOfJobs>;
