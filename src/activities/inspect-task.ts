import type { ForIteration, ImportScope } from '../contracts/iteration.ts';
import type { MaskloopError } from '../contracts/error.ts';
import type { GuardRef, TaskRef } from '../contracts/refs.ts';
import type { NativeAnnotations } from '../cvat/native-annotations.ts';
import type { BackgroundRequest } from '../cvat/background-request.ts';
import type { Annotations, Cvat, Job } from '../cvat/cvat.ts';
import { contentDigest } from '../cvat/native-items.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { ExpectedShape } from './expected-shapes.ts';
import { jobsTrouble, planJobs } from './import-into-jobs.ts';
import { isNew, type JobPlan } from './job-plan.ts';
import { jobsStarted } from './jobs-started.ts';
import { readJobs } from './read-jobs.ts';
import { contentOf, foreignContent, type Content } from './task-content.ts';
import { taskDigest } from './task-digest.ts';

/** What stands before an import into a task: read only, the same for `plan` and for the guard. */
export interface TaskInspection {
  readonly scope: ImportScope;
  /** True where jobs are written one by one. */
  readonly perJob: boolean;
  /** Annotation jobs, oldest first. */
  readonly jobs: readonly Job[];
  readonly held: Annotations;
  readonly content: Content;
  /** The newest import into the task that CVAT shows us. */
  readonly newest: BackgroundRequest | null;
  /** One a job where jobs are written one by one; empty else. */
  readonly plans: readonly JobPlan[];
  /** Why the import would not be made; null if it would. */
  readonly trouble: MaskloopError | null;
}

interface Site {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/** A task, and what an import would put into it; see `Preannotations` for what is left out. */
interface Inspected extends ForIteration {
  readonly task: TaskRef;
  readonly expected: readonly ExpectedShape[];
  readonly leftOut: readonly ExpectedShape[];
}

/** Reads the task and its jobs and says what an import would meet there. */
export async function inspectTask(
  { cvat, store }: Site,
  { id, input, task, expected, leftOut }: Inspected,
  signal: AbortSignal,
): Promise<TaskInspection> {
  const { taskId } = task;
  const scope = input.importScope ?? 'task';
  // Read first: an import that is made from now on is newer.
  const newest = await cvat.importRequest(taskId, signal);
  // An import into the task would also replace what lies on the frames of such a pool.
  const hasPool = (await cvat.getTask(taskId, signal)).validationMode === 'gt_pool';
  const perJob = scope !== 'task' || hasPool;
  const jobs = await cvat.jobs(taskId, { type: 'annotation', signal });
  const held = await cvat.taskAnnotations(taskId, signal);
  const content = contentOf(held, expected, leftOut);
  const { connection } = input;
  const order = { id, connection, task, expected, leftOut, scope };
  const plans = perJob ? await planJobs({ cvat, store }, order, signal) : [];
  const found = { scope, perJob, jobs, held, content, newest, plans };
  const trouble = perJob ? jobsTrouble(task, plans, scope) : taskTrouble(cvat, task, found, expected.length);
  return {
    ...found,
    trouble: trouble !== null && isWaived(trouble, input.overwrite === true && !perJob) ? null : trouble,
  };
}

function taskTrouble(
  cvat: Cvat,
  task: TaskRef,
  { content, held, jobs }: Pick<TaskInspection, 'content' | 'held' | 'jobs'>,
  wouldSend: number,
): MaskloopError | null {
  if (content === 'ours') return null;
  if (content !== 'nothing') return foreignContent(cvat, task.taskId, held, wouldSend);
  return jobs.every(isNew) ? null : jobsStarted(task, jobs);
}

/** What `--overwrite` is for. */
function isWaived({ code }: MaskloopError, overwrite: boolean): boolean {
  return overwrite && (code === 'TaskHoldsOtherShapes' || code === 'JobsStarted');
}

/**
 * What the guard notes of an inspection without trouble.
 *
 * @param agreed digest of what may be overwritten although that is its trouble; null for nothing
 * @throws its trouble
 */
export async function guardOf(
  cvat: Cvat,
  found: TaskInspection,
  agreed: string | null,
  signal: AbortSignal,
): Promise<Omit<GuardRef, 'leftOut'>> {
  const { trouble, content, jobs, newest, perJob } = found;
  if (trouble !== null) {
    const isAgreed = isWaived(trouble, agreed !== null && !perJob) && (await digestOf(cvat, jobs, signal)) === agreed;
    if (!isAgreed) throw trouble;
  }
  const previousImport = newest?.createdAt ?? null;
  if (perJob) return { holds: content === 'ours' ? 'ours' : 'nothing', previousImport, perJob };
  if (content === 'ours') return { holds: 'ours', previousImport };
  if (content === 'nothing' && jobs.every(isNew)) return { holds: 'nothing', previousImport };
  return { holds: 'people', previousImport, content: await digestOf(cvat, jobs, signal) };
}

async function digestOf(cvat: Cvat, jobs: readonly Job[], signal: AbortSignal): Promise<string> {
  const contents: { jobId: number; sha256: string }[] = [];
  const note = (job: Job, held: NativeAnnotations): void =>
    void contents.push({ jobId: job.id, sha256: contentDigest([held]) });
  await readJobs(cvat, jobs, note, signal);
  return taskDigest(contents);
}
