import { MaskloopError } from '../contracts/error.ts';
import type { ImportScope } from '../contracts/iteration.ts';
import type { JobLeftAlone } from '../contracts/refs.ts';
import type { ImportRef, TaskRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { shapeDigest } from '../cvat/shape-digest.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { annotationJobs } from './annotation-jobs.ts';
import type { Running } from './durable.ts';
import type { ExpectedShape } from './expected-shapes.ts';
import { readImportRecord } from './import-record.ts';
import { type JobPlan, planJob } from './job-plan.ts';
import { jobsStarted } from './jobs-started.ts';
import { takeBackup } from './take-backup.ts';
import { writeJob } from './write-job.ts';

/** More jobs that are left alone than these are counted, not listed. */
const MAX_LISTED = 50;

export interface JobsImport {
  readonly id: string;
  readonly connection: string;
  readonly task: TaskRef;
  readonly expected: readonly ExpectedShape[];
  /** Shapes of frames that are deleted by now. */
  readonly leftOut: readonly ExpectedShape[];
  readonly scope: ImportScope;
}

/**
 * What would happen to each annotation job, oldest first. Ground truth jobs and consensus replicas are not among them.
 *
 * @throws MaskloopError `TaskGone`, `JobsMissing`
 */
export async function planJobs(
  { cvat, store }: { cvat: Cvat; store: ArtifactStore },
  { connection, task, expected, leftOut, scope }: Omit<JobsImport, 'id'>,
  signal: AbortSignal,
): Promise<readonly JobPlan[]> {
  const jobs = await annotationJobs(cvat, task, signal);
  const recorded = await readImportRecord(store, { connection, task });
  const plans: JobPlan[] = [];
  for (const job of jobs) {
    const held = await cvat.nativeAnnotations(job.id, signal);
    plans.push(planJob(job, held, { expected, leftOut, recorded: recorded.get(job.id), scope }));
  }
  return plans;
}

/**
 * What forbids to write jobs one by one; null if nothing does. With the scope `task` all jobs have to be free, else one.
 */
export function jobsTrouble(task: TaskRef, plans: readonly JobPlan[], scope: ImportScope): MaskloopError | null {
  const left = plans.filter(({ action }) => action === 'leave');
  if (left.length === 0 || (scope !== 'task' && left.length < plans.length)) return null;
  const facts = { task: task.taskId, url: task.url, jobs: listed(left).map((one) => ({ ...one })) };
  const jobs = plans.map(({ job }) => job);
  if (scope !== 'task') {
    const message = `None of the ${plans.length} jobs of ${task.url} is free for pre-annotations.`;
    return new MaskloopError('NoFreeJobs', message, { facts });
  }
  if (left.every(({ reason }) => reason.startsWith('is '))) return jobsStarted(task, jobs);
  const message = `${left.length} of ${plans.length} jobs of ${task.url} hold what this iteration did not put there.`;
  return new MaskloopError('TaskHoldsOtherShapes', message, { facts });
}

/**
 * Puts the pre-annotations into jobs one by one, by additions only: what people save at the same moment stays. Jobs that
 * are not free are left alone, also those that somebody opened since they were looked at.
 *
 * @throws MaskloopError `NoFreeJobs`, `TaskHoldsOtherShapes`, `JobsStarted`, `StoreUnreachable`
 */
export async function importIntoJobs(
  site: { cvat: Cvat; store: ArtifactStore },
  order: JobsImport,
  running: Running,
): Promise<ImportRef> {
  const { task, scope } = order;
  const plans = await planJobs(site, order, running.signal);
  const trouble = jobsTrouble(task, plans, scope);
  if (trouble !== null) throw trouble;
  const writes = plans.filter(({ action }) => action === 'fill' || action === 'rebuild');
  const left = listed(plans.filter(({ action }) => action === 'leave'));
  const leftBefore = plans.length - writes.length - plans.filter(({ action }) => action === 'keep').length;
  const jobs = plans.map(({ job }) => job);
  const taken =
    writes.length === 0 ? null : await takeBackup(site.cvat, site.store, { ...order, reason: 'import', jobs }, running);
  const late: JobLeftAlone[] = [];
  for (const [done, plan] of writes.entries()) {
    running.signal.throwIfAborted();
    const reason = await writeJob(site.cvat, plan, running.signal);
    if (reason !== null) late.push({ job: plan.job.id, reason });
    running.report({ phase: 'jobs written', done: done + 1, total: writes.length });
  }
  const written = plans
    .filter(({ action }) => action !== 'leave')
    .filter(({ job }) => late.every((one) => one.job !== job.id));
  const shapes = written.flatMap((plan) => plan.expected);
  return {
    shapes: shapes.length,
    sha256: shapeDigest(shapes),
    adopted: writes.length === 0,
    backup: taken?.ref ?? null,
    perJob: {
      written: written.length,
      leftAlone: leftBefore + late.length,
      left: [...left, ...late].slice(0, MAX_LISTED),
    },
  };
}

function listed(plans: readonly JobPlan[]): readonly JobLeftAlone[] {
  return plans.slice(0, MAX_LISTED).map(({ job, reason }) => ({ job: job.id, reason }));
}
