import { z } from 'zod';
import type { TrainingTask } from '../../contracts/trainer-reports.ts';

/** As many as MONAI Label keeps; a bound for what goes into a history. */
const MOST_LINES = 20;

/** A training as `POST /train/{model}` and `GET /train/?all=true` give it. `details` is absent until it runs. */
export const trainingTaskSchema = z
  .object({
    id: z.string().min(1),
    status: z.enum(['SUBMITTED', 'RUNNING', 'DONE', 'ERROR', 'STOPPED']),
    request: z.object({ model: z.string(), name: z.string().nullish() }),
    details: z.array(z.string()).nullish(),
  })
  .transform(({ id, status, request, details }): TrainingTask => ({
    id,
    status,
    model: request.model,
    name: request.name ?? null,
    details: (details ?? []).slice(-MOST_LINES),
  }));

export const trainingTasksSchema = z.array(trainingTaskSchema);
