import { z } from 'zod';
import type { Session } from './session.ts';

const jobsAnswer = z.object({
  results: z.array(
    z.object({
      id: z.number(),
      task_id: z.number(),
      stage: z.string(),
      state: z.string(),
      start_frame: z.number(),
    }),
  ),
});
const labelsAnswer = z.object({ results: z.array(z.object({ id: z.number(), name: z.string() })) });
const metaAnswer = z.object({
  frames: z.array(z.object({ name: z.string(), width: z.number(), height: z.number() })),
  deleted_frames: z.array(z.number()),
});
const shapeAnswer = z.looseObject({
  id: z.number(),
  type: z.string(),
  frame: z.number(),
  label_id: z.number(),
  z_order: z.number(),
  points: z.array(z.number()),
});
const annotationsAnswer = z.object({ shapes: z.array(shapeAnswer) });

export type WorkJob = z.infer<typeof jobsAnswer>['results'][number];
export type WorkShape = z.infer<typeof shapeAnswer>;
export type JobState = 'new' | 'in progress' | 'completed';

/** A shape to be added; CVAT gives the id. */
export interface NewMaskShape {
  readonly type: 'mask';
  readonly frame: number;
  readonly label_id: number;
  readonly points: readonly number[];
  readonly source: 'manual';
}

export interface WorkFrame {
  /** Number in the task. */
  readonly number: number;
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** What a person does in CVAT's job view. */
export interface Workplace {
  /** Annotation jobs in a state and at the annotation stage, oldest first. */
  jobs(state: JobState): Promise<readonly WorkJob[]>;
  /** Label id by name. */
  labels(job: WorkJob): Promise<ReadonlyMap<string, number>>;
  /** Frames of the job that are not deleted. */
  frames(job: WorkJob): Promise<readonly WorkFrame[]>;
  shapes(job: WorkJob): Promise<readonly WorkShape[]>;
  setState(job: WorkJob, state: JobState): Promise<void>;
  save(
    job: WorkJob,
    action: 'create' | 'update' | 'delete',
    shapes: readonly (WorkShape | NewMaskShape)[],
  ): Promise<void>;
}

export function createWorkplace(session: Session): Workplace {
  return {
    async jobs(state) {
      const query = new URLSearchParams({
        type: 'annotation',
        stage: 'annotation',
        state,
        page_size: 'all',
        sort: 'id',
      });
      return jobsAnswer.parse(await session.call('GET', `/api/jobs?${query.toString()}`)).results;
    },
    async labels(job) {
      const answer = labelsAnswer.parse(await session.call('GET', `/api/labels?job_id=${job.id}&page_size=all`));
      return new Map(answer.results.map((label) => [label.name, label.id]));
    },
    async frames(job) {
      const meta = metaAnswer.parse(await session.call('GET', `/api/jobs/${job.id}/data/meta`));
      const frames = meta.frames.map((frame, index) => ({ ...frame, number: job.start_frame + index }));
      return frames.filter((frame) => !meta.deleted_frames.includes(frame.number));
    },
    async shapes(job) {
      return annotationsAnswer.parse(await session.call('GET', `/api/jobs/${job.id}/annotations`)).shapes;
    },
    async setState(job, state) {
      await session.call('PATCH', `/api/jobs/${job.id}`, { state });
    },
    async save(job, action, shapes) {
      if (shapes.length === 0) return;
      const body = { version: 0, tags: [], tracks: [], shapes };
      await session.call('PATCH', `/api/jobs/${job.id}/annotations?action=${action}`, body);
    },
  };
}
