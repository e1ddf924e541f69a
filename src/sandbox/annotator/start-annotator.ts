import { createPace } from './pace.ts';
import { createSession, type Login } from './session.ts';
import { workOnJob, type Manner } from './work-on-job.ts';
import { createWorkplace, type WorkJob, type Workplace } from './workplace.ts';

export interface AnnotatorOptions extends Login, Manner {
  /** Decides how the delays vary. */
  readonly seed: number;
  /** Time between finding a job with shapes and beginning it, in milliseconds. */
  readonly startDelayMs: number;
  /** A job of a task without any shapes is begun after this time; 10,000 milliseconds if left out. */
  readonly quietMs?: number;
  /** Time between two looks at CVAT, in milliseconds; 250 if left out. */
  readonly pollMs?: number;
  /** Told of whatever went wrong; the robot goes on after a pause in any case. */
  readonly onTrouble?: (error: unknown) => void;
}

export interface Annotator {
  /** Stops at once, in the middle of a job if need be, and resolves when nothing runs any more. */
  stop(): Promise<void>;
}

const QUIET_MS = 10_000;
const POLL_MS = 250;
/** Longest pause after trouble, in milliseconds. */
const MAX_PAUSE_MS = 5_000;

/**
 * A robot that works like a person, through HTTP alone: it takes up the new annotation jobs that its user sees, one
 * after the other, corrects the masks of their frames by the given rule, and completes them.
 */
export function startAnnotator(options: AnnotatorOptions): Annotator {
  const stopping = new AbortController();
  const pace = createPace(options.seed, stopping.signal);
  const desk = createDesk(options, createWorkplace(createSession(options, stopping.signal)));

  async function run(): Promise<void> {
    let troubles = 0;
    while (!stopping.signal.aborted) {
      try {
        const job = await desk.next();
        if (job !== undefined) await workOnJob(desk.workplace, job, options, pace, desk.done(job));
        if (job !== undefined) desk.finish(job);
        troubles = 0;
        if (job === undefined) await pace.wait(options.pollMs ?? POLL_MS);
      } catch (error) {
        if (stopping.signal.aborted) return;
        options.onTrouble?.(error);
        troubles += 1;
        const pause = Math.min(MAX_PAUSE_MS, (options.pollMs ?? POLL_MS) * 2 ** troubles);
        await pace.wait(pause).catch(() => {});
      }
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

interface Desk {
  readonly workplace: Workplace;
  /** The job to work on now: one that was interrupted, else a new one whose time has come. */
  next(): Promise<WorkJob | undefined>;
  /** Numbers of the frames of that job that are done already. */
  done(job: WorkJob): Set<number>;
  finish(job: WorkJob): void;
}

function createDesk(options: AnnotatorOptions, workplace: Workplace): Desk {
  /** Frames done by job, for jobs that were begun. */
  const begun = new Map<number, Set<number>>();
  /** Time of the first look at a job, and the first at which its task held shapes. */
  const seenAt = new Map<number, number>();
  const shapesAt = new Map<number, number>();

  function done(job: WorkJob): Set<number> {
    const frames = begun.get(job.id) ?? new Set<number>();
    begun.set(job.id, frames);
    return frames;
  }

  async function isDue(job: WorkJob, now: number): Promise<boolean> {
    if (!seenAt.has(job.id)) seenAt.set(job.id, now);
    if (!shapesAt.has(job.task_id) && (await workplace.shapes(job)).length > 0) shapesAt.set(job.task_id, now);
    const filled = shapesAt.get(job.task_id);
    if (filled !== undefined) return now - filled >= options.startDelayMs;
    return now - (seenAt.get(job.id) ?? now) >= (options.quietMs ?? QUIET_MS);
  }

  return {
    workplace,
    async next() {
      const interrupted = (await workplace.jobs('in progress')).find((job) => begun.has(job.id));
      if (interrupted !== undefined) return interrupted;
      const now = performance.now();
      for (const job of await workplace.jobs('new')) {
        if (!(await isDue(job, now))) continue;
        // Noted first: the change may reach CVAT although its answer does not reach us.
        done(job);
        await workplace.setState(job, 'in progress');
        return job;
      }
      return undefined;
    },
    done,
    finish(job) {
      begun.delete(job.id);
      seenAt.delete(job.id);
    },
  };
}
