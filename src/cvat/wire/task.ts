import { z } from 'zod';
import type { Task, TaskMeta } from '../cvat.ts';

/** A task; `size` is absent until images were uploaded. */
export const taskWire = z
  .object({
    id: z.int(),
    name: z.string(),
    project_id: z.int().nullable(),
    bug_tracker: z.string(),
    size: z.int().nonnegative().nullish(),
    updated_date: z.string(),
  })
  .transform((wire): Task => ({
    id: wire.id,
    name: wire.name,
    projectId: wire.project_id,
    bugTracker: wire.bug_tracker,
    size: wire.size ?? 0,
    updatedAt: wire.updated_date,
  }));

/** `GET /api/tasks/{id}/data/meta`. */
export const taskMetaWire = z
  .object({
    frames: z.array(
      z.object({ name: z.string(), width: z.int().nonnegative(), height: z.int().nonnegative() }).readonly(),
    ),
    deleted_frames: z.array(z.int().nonnegative()),
    size: z.int().nonnegative(),
    start_frame: z.int().nonnegative(),
    stop_frame: z.int().nonnegative(),
  })
  .transform((wire): TaskMeta => ({
    frames: wire.frames,
    deletedFrames: wire.deleted_frames,
    size: wire.size,
    startFrame: wire.start_frame,
    stopFrame: wire.stop_frame,
  }));
