import { z } from 'zod';
import type { Job } from '../cvat.ts';

export const jobWire = z
  .object({
    id: z.int(),
    task_id: z.int(),
    project_id: z.int().nullable(),
    organization: z.int().nullish(),
    type: z.string(),
    parent_job_id: z.int().nullish(),
    stage: z.enum(['annotation', 'validation', 'acceptance']),
    state: z.enum(['new', 'in progress', 'completed', 'rejected']),
    start_frame: z.int().nonnegative(),
    stop_frame: z.int().nonnegative(),
    assignee: z.object({ username: z.string() }).nullable(),
    updated_date: z.string(),
  })
  .transform((wire): Job => ({
    id: wire.id,
    taskId: wire.task_id,
    projectId: wire.project_id,
    organizationId: wire.organization ?? null,
    type: wire.type,
    parentJobId: wire.parent_job_id ?? null,
    stage: wire.stage,
    state: wire.state,
    startFrame: wire.start_frame,
    stopFrame: wire.stop_frame,
    assignee: wire.assignee?.username ?? null,
    updatedAt: wire.updated_date,
  }));

const frameNumbers = z.array(z.int().nonnegative());

/** `GET /api/jobs/{id}/data/meta`, as far as it tells which frames the job has; `included_frames` is null for all. */
export const jobFramesWire = z
  .object({ included_frames: frameNumbers.nullish(), deleted_frames: frameNumbers })
  .transform((wire) => ({ included: wire.included_frames ?? null, deleted: wire.deleted_frames }));
