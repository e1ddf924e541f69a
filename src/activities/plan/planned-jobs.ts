import type { IterationPlan, PlannedJob } from '../../contracts/plan.ts';
import type { Job } from '../../cvat/cvat.ts';
import type { ExpectedShape } from '../expected-shapes.ts';
import type { TaskInspection } from '../inspect-task.ts';
import { expectedInJob, isNew } from '../job-plan.ts';
import { countBySource } from '../task-content.ts';

/** More jobs are counted, not shown. */
const MAX_JOBS = 40;

const ACTIONS = { keep: 'keep', fill: 'send', rebuild: 'replace', leave: 'leave' } as const;

/** What of a plan is about a task that is there. */
export type TaskParts = Pick<IterationPlan, 'jobs' | 'jobCount' | 'holds' | 'inFlight'>;

/** Jobs, what the task holds and what would be lost of it; empty without a task. */
export function taskParts(looked: { found: TaskInspection; expected: readonly ExpectedShape[] } | null): TaskParts {
  if (looked === null) return { jobs: [], jobCount: 0, holds: null, inFlight: null };
  const { found, expected } = looked;
  const { held, newest, jobs, content, perJob, trouble } = found;
  const isOpen = newest?.status === 'queued' || newest?.status === 'started';
  const shapes = held.shapes.length;
  const keeps = perJob || content === 'ours' || trouble !== null;
  return {
    jobs: plannedJobs(found, expected),
    jobCount: jobs.length,
    holds: {
      shapes,
      tracks: held.tracks,
      tags: held.tags,
      bySource: countBySource(held),
      lost: keeps ? 0 : shapes + held.tracks + held.tags,
    },
    inFlight: isOpen ? { status: newest.status, createdAt: newest.createdAt, owner: newest.owner } : null,
  };
}

function plannedJobs(found: TaskInspection, expected: readonly ExpectedShape[]): readonly PlannedJob[] {
  const { perJob, plans, jobs } = found;
  if (!perJob) return jobs.slice(0, MAX_JOBS).map((job) => ({ ...common(job, expected), ...inWhole(found, job) }));
  return plans.slice(0, MAX_JOBS).map(({ job, action, reason }) => ({
    ...common(job, expected),
    action: ACTIONS[action],
    reason,
  }));
}

function common(job: Job, expected: readonly ExpectedShape[]): Omit<PlannedJob, 'action' | 'reason'> {
  const { id, startFrame, stopFrame, stage, state, assignee } = job;
  const shapes = expectedInJob(expected, job).length;
  return { job: id, frames: [startFrame, stopFrame], stage, state, assignee, shapes };
}

/** A job of a task that is imported into as a whole. */
function inWhole({ trouble, content }: TaskInspection, job: Job): Pick<PlannedJob, 'action' | 'reason'> {
  if (content === 'ours') return { action: 'keep', reason: '' };
  if (trouble === null) return { action: content === 'nothing' ? 'send' : 'replace', reason: '' };
  return { action: 'refuse', reason: isNew(job) ? '' : `is ${job.state} in the stage ${job.stage}` };
}
