import { z } from 'zod';
import type { Frame, Task, TaskMeta, TaskSettings, Video } from '../cvat.ts';
import { videoFrameName } from '../frame-names.ts';

/** A task; `size` is absent until images were uploaded. */
export const taskWire = z
  .object({
    id: z.int(),
    name: z.string(),
    project_id: z.int().nullable(),
    organization: z.int().nullish(),
    bug_tracker: z.string(),
    size: z.int().nonnegative().nullish(),
    updated_date: z.string(),
    validation_mode: z.string().nullish(),
  })
  .transform((wire): Task => ({
    id: wire.id,
    name: wire.name,
    projectId: wire.project_id,
    organizationId: wire.organization ?? null,
    bugTracker: wire.bug_tracker,
    size: wire.size ?? 0,
    updatedAt: wire.updated_date,
    validationMode: wire.validation_mode ?? null,
  }));

/** How a task was cut, of the same answer. */
export const taskSettingsWire = z
  .object({ segment_size: z.int().nullish(), overlap: z.int().nullish() })
  .transform((wire): TaskSettings => ({ segmentSize: wire.segment_size ?? null, overlap: wire.overlap ?? null }));

const frameWire = z
  .object({ name: z.string(), width: z.int().nonnegative(), height: z.int().nonnegative() })
  .readonly();

/** `GET /api/tasks/{id}/data/meta`. A video is one element in it, however many frames it has. */
export const taskMetaWire = z
  .object({
    frames: z.array(frameWire),
    deleted_frames: z.array(z.int().nonnegative()),
    size: z.int().nonnegative(),
    start_frame: z.int().nonnegative(),
    stop_frame: z.int().nonnegative(),
    frame_filter: z.string().nullish(),
    /** Null for images. */
    chapters: z.unknown(),
  })
  .transform((wire): TaskMeta => {
    const video = wire.chapters == null ? null : { start: wire.start_frame, step: stepOf(wire.frame_filter) };
    return {
      frames: video === null ? wire.frames : videoFrames(wire.frames, wire.size, video),
      video,
      deletedFrames: wire.deleted_frames,
      size: wire.size,
      startFrame: wire.start_frame,
      stopFrame: wire.stop_frame,
    };
  });

/** `step=5` is 5; anything else is 1. */
function stepOf(filter: string | null | undefined): number {
  return Number(/^step=([1-9]\d*)$/.exec(filter?.trim() ?? '')?.[1] ?? 1);
}

/** The frames of a video as CVAT's formats name them, by their numbers in the file. */
function videoFrames(frames: readonly Frame[], size: number, { start, step }: Video): readonly Frame[] {
  const { width, height } = frames[0] ?? { width: 0, height: 0 };
  return Array.from({ length: size }, (_, number) => ({
    name: videoFrameName(start + number * step),
    width,
    height,
  }));
}
