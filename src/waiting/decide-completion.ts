import type { LastPolicy } from '../contracts/deadline.ts';
import type { CompletionOptions } from '../contracts/waiting.ts';
import { toRanges, type Ranges } from '../contracts/ranges.ts';
import type { Job } from '../cvat/cvat.ts';
import { isComplete } from './complete-job.ts';
import { framesOfJobs } from './frames-of-jobs.ts';
import { openWork, type OpenWork } from './open-work.ts';

/** What a decision rests on. */
export interface Looked {
  /** The jobs that count, at least one. */
  readonly jobs: readonly Job[];
  readonly deletedFrames: readonly number[];
  /** True if something is still to be done with a job that looks complete, such as its review. */
  readonly isHeldBack: (job: Job) => boolean;
}

/** By which rules, until when. */
export interface Rules {
  readonly rule: CompletionOptions['rule'];
  /** Share of the frames that is enough, above 0 to 1; 1 for all jobs. */
  readonly atLeast: number;
  /** Milliseconds since 1970; null for none. */
  readonly deadlineMs: number | null;
  readonly policy: LastPolicy | 'wait';
}

export interface Counts {
  readonly jobs: number;
  readonly completed: number;
  /** Frames of all jobs and of completed ones, each once, without deleted ones. */
  readonly frames: number;
  readonly completedFrames: number;
  readonly open: OpenWork;
}

/** What a look at the jobs comes to. */
export type Verdict =
  | {
      readonly kind: 'complete';
      readonly why: 'all' | 'enough' | 'deadline';
      readonly counts: Counts;
      /** Jobs that the iteration goes on without, ascending, and the frames that are in no completed job. */
      readonly unfinished: readonly number[];
      readonly unfinishedFrames: Ranges;
    }
  | { readonly kind: 'pending'; readonly counts: Counts; readonly isOverdue: boolean }
  | { readonly kind: 'attention'; readonly code: 'DeadlinePassed'; readonly counts: Counts };

/**
 * Decides whether people are done. All jobs complete is always enough; `atLeast` of the frames in completed jobs is, too.
 * At the deadline the policy decides; it never goes on with nothing: without a completed frame a person has to decide.
 */
export function decideCompletion(looked: Looked, rules: Rules, nowMs: number): Verdict {
  const { jobs, deletedFrames, isHeldBack } = looked;
  const isDone = (job: Job): boolean => isComplete(job, rules.rule) && !isHeldBack(job);
  const done = jobs.filter(isDone);
  const open = jobs.filter((job) => !isDone(job));
  const frames = framesOfJobs(jobs, deletedFrames);
  const completedFrames = framesOfJobs(done, deletedFrames);
  const counts: Counts = {
    jobs: jobs.length,
    completed: done.length,
    frames: frames.size,
    completedFrames: completedFrames.size,
    open: openWork(open, deletedFrames),
  };
  const complete = (why: 'all' | 'enough' | 'deadline'): Verdict => ({
    kind: 'complete',
    why,
    counts,
    unfinished: open.map(({ id }) => id).toSorted((a, b) => a - b),
    unfinishedFrames: toRanges([...frames].filter((frame) => !completedFrames.has(frame))),
  });
  if (jobs.length > 0 && open.length === 0) return complete('all');
  // A quotient is rounded like the decimal that it is compared with; a product may come out a bit larger.
  const isEnough = rules.atLeast < 1 && completedFrames.size / frames.size >= rules.atLeast;
  if (isEnough && completedFrames.size > 0) return complete('enough');
  const isOverdue = rules.deadlineMs !== null && nowMs >= rules.deadlineMs;
  if (!isOverdue || rules.policy === 'wait') return { kind: 'pending', counts, isOverdue };
  if (rules.policy !== 'attention' && completedFrames.size > 0) return complete('deadline');
  return { kind: 'attention', code: 'DeadlinePassed', counts };
}
