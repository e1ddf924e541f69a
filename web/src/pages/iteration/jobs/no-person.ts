import type { z } from 'zod';
import type { iterationOfJobs } from '../../../../../src/api/schemas/job.ts';

/** Whether people of an iteration are told apart. */
export type People = z.output<typeof iterationOfJobs>['people'];

/** Why no person stands at a job: nobody was given it, or it is not told who, and so neither whether anybody was. */
export function noPerson(people: People): string {
  return people === 'none' ? 'not told, as this iteration was started' : 'nobody';
}
