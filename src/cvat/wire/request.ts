import { z } from 'zod';

/** `GET /api/requests/{id}`. */
export const requestWire = z.object({
  id: z.string(),
  status: z.enum(['queued', 'started', 'finished', 'failed']),
  message: z.string(),
  created_date: z.string(),
  started_date: z.string().nullish(),
  finished_date: z.string().nullish(),
  owner: z.object({ username: z.string() }).nullish(),
});
export type RequestWire = z.infer<typeof requestWire>;

/** What starts a background job, and what refuses a second one, answers with its id. */
export const requestIdWire = z.object({ rq_id: z.string().min(1) });

/** `POST /api/auth/login`. */
export const loginWire = z.object({ key: z.string().min(1) });
