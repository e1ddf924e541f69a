import type { ImportRecord } from '../contracts/backup.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ImportScope } from '../contracts/iteration.ts';
import type { BackupRef, ImportRef, TaskRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { shapeDigest } from '../cvat/shape-digest.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { annotationJobs } from './annotation-jobs.ts';
import { backupNumbers } from './backup-documents.ts';
import type { Running } from './durable.ts';
import type { ExpectedShape } from './expected-shapes.ts';
import { beginImport, isWorkedOn, noteWritten, underWayIn } from './import-under-way.ts';
import { loadImportRecord, recordedDigests } from './import-record.ts';
import { type JobPlan, planJob } from './job-plan.ts';
import { keepRanges } from './kept-ranges.ts';
import { jobsStarted } from './jobs-started.ts';
import { backupRef, newestBackup } from './newest-backup.ts';
import { takeBackup } from './take-backup.ts';
import { writeJob } from './write-job.ts';

/** Of more jobs that are left alone than these the reasons are not told. */
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
  order: JobsImport,
  signal: AbortSignal,
): Promise<readonly JobPlan[]> {
  return plansFor(cvat, order, await loadImportRecord(store, order), signal);
}

/** The same by a record that was loaded already. */
async function plansFor(
  cvat: Cvat,
  order: JobsImport,
  record: ImportRecord | null,
  signal: AbortSignal,
): Promise<readonly JobPlan[]> {
  const { task, expected, leftOut, scope } = order;
  const underWay = underWayIn(record, order);
  const recorded = recordedDigests(record);
  const jobs = await annotationJobs(cvat, task, signal);
  const plans: JobPlan[] = [];
  for (const job of jobs) {
    const held = await cvat.nativeAnnotations(job.id, signal);
    const workedOn = isWorkedOn(underWay, job);
    plans.push(planJob(job, held, { expected, leftOut, recorded: recorded.get(job.id), workedOn, scope }));
  }
  return plans;
}

/**
 * What forbids to write jobs one by one; null if nothing does. With the scope `task` all jobs have to be free, else one.
 */
export function jobsTrouble(task: TaskRef, plans: readonly JobPlan[], scope: ImportScope): MaskloopError | null {
  const left = plans.filter(({ action }) => action === 'leave');
  if (left.length === 0 || (scope !== 'task' && left.length < plans.length)) return null;
  const facts = { task: task.taskId, url: task.url, jobs: reasons(left).slice(0, MAX_LISTED) };
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
 * are not free are left alone, also those that somebody opened since they were looked at. A try that comes after another
 * keeps what that one wrote, whatever people have made of it, and its backup: what was there before the first of them.
 *
 * @throws MaskloopError `NoFreeJobs`, `TaskHoldsOtherShapes`, `JobsStarted`, `StoreUnreachable`
 */
export async function importIntoJobs(
  site: { cvat: Cvat; store: ArtifactStore },
  order: JobsImport,
  running: Running,
): Promise<ImportRef> {
  const { task, scope } = order;
  const before = await loadImportRecord(site.store, order);
  const plans = await plansFor(site.cvat, order, before, running.signal);
  const trouble = jobsTrouble(task, plans, scope);
  if (trouble !== null) throw trouble;
  const writes = plans.filter(({ action }) => action === 'fill' || action === 'rebuild');
  const left = reasons(plans.filter(({ action }) => action === 'leave'));
  const { backup, record: noted } = await begun(site, order, { plans, before }, running);
  let record = noted;
  for (const [done, plan] of writes.entries()) {
    running.signal.throwIfAborted();
    const reason = await writeJob(site.cvat, plan, running.signal);
    if (reason !== null) left.push({ job: plan.job.id, reason });
    else if (record !== null) record = await noteWritten(site, { own: order, record, plan }, running.signal);
    running.report({ phase: 'jobs written', done: done + 1, total: writes.length });
  }
  const leftAlone = new Set(left.map(({ job }) => job));
  const written = plans.filter(({ job }) => !leftAlone.has(job.id));
  const ofWritten = await keepRanges(
    site.store,
    written.map(({ job }) => job.id),
  );
  const ofLeft = await keepRanges(site.store, leftAlone);
  const shapes = written.flatMap((plan) => plan.expected);
  return {
    shapes: shapes.length,
    sha256: shapeDigest(shapes),
    adopted: writes.length === 0,
    backup,
    perJob: {
      written: written.length,
      writtenJobs: ofWritten.first,
      ...(ofWritten.more === null ? {} : { writtenMore: ofWritten.more }),
      leftAlone: leftAlone.size,
      leftAloneJobs: ofLeft.first,
      ...(ofLeft.more === null ? {} : { leftAloneMore: ofLeft.more }),
      left: left.slice(0, MAX_LISTED),
    },
  };
}

/** The backup from before the first try, and the note that jobs are being written; a try that has nothing to write notes nothing. */
async function begun(
  { cvat, store }: { cvat: Cvat; store: ArtifactStore },
  order: JobsImport,
  { plans, before }: { plans: readonly JobPlan[]; before: ImportRecord | null },
  running: Running,
): Promise<{ readonly backup: BackupRef | null; readonly record: ImportRecord | null }> {
  const { id } = order;
  const underWay = underWayIn(before, order);
  if (underWay !== null && (await backupNumbers(store, id)).includes(underWay.backup)) {
    return { backup: await backupRef(store, id, underWay.backup), record: before };
  }
  if (plans.every(({ action }) => action === 'keep' || action === 'leave')) {
    return { backup: await newestBackup(store, id), record: null };
  }
  const jobs = plans.map(({ job }) => job);
  const { ref } = await takeBackup(cvat, store, { ...order, reason: 'import', jobs }, running);
  const seen = plans.filter(({ action }) => action === 'keep').map(({ job }) => job);
  return { backup: ref, record: await beginImport(store, order, { backup: ref.number, seen, before }) };
}

function reasons(plans: readonly JobPlan[]): { job: number; reason: string }[] {
  return plans.map(({ job, reason }) => ({ job: job.id, reason }));
}
