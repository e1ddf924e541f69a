import { z } from 'zod';

/** Whose id a job or task has; CVAT sends much more, of which nothing is relied on. */
const changed = z.record(z.string(), z.unknown()).nullish();

/**
 * A message to a webhook, as far as it matters here. Updates name the fields that changed: by their old values in
 * `before_update`, since 2.73 also in `changes`.
 */
export const webhookEventWire = z.object({
  event: z.string().max(200),
  job: z.object({ task_id: z.int().positive() }).optional(),
  task: z.object({ id: z.int().positive() }).optional(),
  project: z.object({ name: z.string() }).optional(),
  before_update: changed,
  changes: changed,
});

export type WebhookEvent = z.infer<typeof webhookEventWire>;
