import type { ForIteration, IterationActivities } from '../contracts/activities.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { CompletionRule } from '../contracts/iteration.ts';
import type { CompletionRef, TaskRef } from '../contracts/refs.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { failureFrom } from './to-failure.ts';

/** True if people are done with a job. */
export function isComplete(job: Job, rule: CompletionRule): boolean {
  return job.state === 'completed' && (rule === 'state' || job.stage === 'acceptance');
}

/**
 * The annotation jobs of the task, never fewer than at upload: an empty list is not "all complete".
 *
 * @throws MaskloopError `TaskGone`, `JobsMissing`
 */
export async function annotationJobs(cvat: Cvat, task: TaskRef, signal: AbortSignal): Promise<readonly Job[]> {
  const jobs = await cvat.jobs(task.taskId, { type: 'annotation', signal });
  if (jobs.length >= task.jobs && jobs.length > 0) return jobs;
  await cvat.getTask(task.taskId, signal);
  throw new MaskloopError(
    'JobsMissing',
    `Task ${task.taskId} (${task.url}) shows ${jobs.length} annotation jobs; there were ${task.jobs} at upload.`,
    { facts: { task: task.taskId, url: task.url, jobsNow: jobs.length, jobsAtUpload: task.jobs } },
  );
}

async function readCompletion(
  cvat: Cvat,
  { input, task }: ForIteration & { task: TaskRef },
  signal: AbortSignal,
): Promise<CompletionRef> {
  const jobs = await annotationJobs(cvat, task, signal);
  const completed = jobs.filter((job) => isComplete(job, input.completion.rule)).length;
  if (completed === jobs.length) return { jobs: jobs.length, completedAt: new Date().toISOString() };
  throw new MaskloopError('AnnotationPending', `${completed} of ${jobs.length} jobs are completed: ${task.url}`, {
    facts: { completed, jobs: jobs.length, url: task.url },
    retryAfterMs: input.completion.pollMs,
  });
}

/** Since when the reads fail in a row, by the heartbeat of the try before. */
function failingSince({ lastReport }: Running): string | null {
  if (typeof lastReport !== 'object' || lastReport === null || !('failingSince' in lastReport)) return null;
  return typeof lastReport.failingSince === 'string' ? lastReport.failingSince : null;
}

/**
 * One read of the jobs. It ends when all are complete; else it fails, and Temporal tries again after the poll interval
 * without writing history. An outage that outlasts `unreachableAfterMs` ends the poll, so that it can be shown.
 */
export function createCheckCompletion({ connect }: ActivityDependencies): IterationActivities['checkCompletion'] {
  return durable(async (args, running) => {
    const { input } = args;
    const { cvat } = connect(input.connection);
    try {
      return await readCompletion(cvat, args, running.signal);
    } catch (error) {
      if (!isMaskloopError(error, 'CvatUnreachable')) {
        running.report({ phase: 'jobs', failingSince: null });
        throw error;
      }
      const since = failingSince(running) ?? new Date().toISOString();
      running.report({ phase: 'jobs', failingSince: since });
      if (Date.now() - Date.parse(since) < input.timing.unreachableAfterMs) throw error;
      throw failureFrom(error, true);
    }
  });
}
