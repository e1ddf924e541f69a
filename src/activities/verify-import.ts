import type { ForIteration } from '../contracts/iteration.ts';
import type { IterationActivities } from '../contracts/activities.ts';
import type { ImportRecord, ImportUnderWay } from '../contracts/backup.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ImportRef, TaskRef } from '../contracts/refs.ts';
import type { Annotations, Cvat, Job } from '../cvat/cvat.ts';
import { contentDigest } from '../cvat/native-items.ts';
import { typedAnnotations } from '../cvat/typed-annotations.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { holds } from '../contracts/ranges.ts';
import { annotationJobs } from './annotation-jobs.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { readPreannotations, type Preannotations } from './expected-shapes.ts';
import { loadImportRecord, writeImportRecord } from './import-record.ts';
import { isWorkedOn, underWayIn } from './import-under-way.ts';
import { allRanges } from './kept-ranges.ts';
import { expectedInJob, holdsExactly, isNew } from './job-plan.ts';
import { readJobs } from './read-jobs.ts';
import { isAllOurs, undoImport } from './undo-import.ts';

/** A job as it is read after the import. */
export interface ReadJob {
  readonly job: Job;
  readonly sha256: string;
  /** True if it holds exactly what belongs on its frames. */
  readonly exact: boolean;
  /** True if people have begun: it is no longer new, a shape in it bears their mark, or it was right and was written to since. */
  readonly begun: boolean;
  /** True if everything in it was imported, by whomever. */
  readonly machine: boolean;
  readonly shapes: number;
}

interface Verifying extends ForIteration {
  readonly task: TaskRef;
  readonly imported: ImportRef;
}

/**
 * Reads the jobs and compares them with what was sent: a finished request proves nothing. Where people have begun to
 * work on a job, differences in it are theirs. Where nobody has written since the import and the task holds something
 * else than was sent, what was there before is put back. What each job holds by our doing is noted.
 */
export function createVerifyImport({ connect, store }: ActivityDependencies): IterationActivities['verifyImport'] {
  return durable(async (args, running) => {
    const { input, task, dataset, imported } = args;
    if (imported.shapes === 0) return imported;
    const { cvat } = connect(input.connection);
    const sent = await readPreannotations(store, cvat, { task, dataset }, running.signal);
    const where = { id: args.id, connection: input.connection, task };
    const sending = { ...where, expected: sent.shapes, leftOut: sent.leftOut };
    const record = await loadImportRecord(store, where);
    const underWay = imported.perJob === undefined ? null : underWayIn(record, sending);
    const read = await readAll(cvat, { task, sent, underWay }, running.signal);
    const own = await ownJobs(store, read, imported);
    if (own.some(isWrong)) throw await notVerified({ cvat, store }, args, { read, own }, running);
    const exact = read.filter((one) => one.exact);
    await writeImportRecord(store, where, { jobs: exact.map(recordOf), underWay: null }, record);
    return imported;
  });
}

async function readAll(
  cvat: Cvat,
  { task, sent, underWay }: { task: TaskRef; sent: Preannotations; underWay: ImportUnderWay | null },
  signal: AbortSignal,
): Promise<readonly ReadJob[]> {
  const { shapes: expected, leftOut } = sent;
  const read: ReadJob[] = [];
  const jobs = await annotationJobs(cvat, task, signal);
  await readJobs(
    cvat,
    jobs,
    (job, held) => {
      const typed = typedAnnotations(held);
      const exact = holdsExactly(typed, expectedInJob(expected, job), leftOut);
      const sha256 = contentDigest([held]);
      const { length } = typed.shapes;
      read.push({
        job,
        sha256,
        exact,
        begun: !isNew(job) || isDrawn(typed) || isWorkedOn(underWay, job),
        machine: isAllOurs(typed),
        shapes: length,
      });
    },
    signal,
  );
  return read;
}

function isDrawn({ shapes }: Annotations): boolean {
  return shapes.some(({ source }) => source === 'manual' || source === 'semi-auto');
}

/** The jobs that have to hold our shapes or what people made of them: all, or those that were written one by one. */
async function ownJobs(
  store: ArtifactStore,
  read: readonly ReadJob[],
  { perJob }: ImportRef,
): Promise<readonly ReadJob[]> {
  if (perJob === undefined) return read;
  const written = await allRanges(store, { first: perJob.writtenJobs, more: perJob.writtenMore });
  return read.filter(({ job }) => holds(written, job.id));
}

function isWrong({ exact, begun }: ReadJob): boolean {
  return !exact && !begun;
}

function recordOf({ job, sha256, shapes }: ReadJob): ImportRecord['jobs'][number] {
  return { jobId: job.id, shapes, sha256 };
}

async function notVerified(
  site: { cvat: Cvat; store: ArtifactStore },
  { id, input, task, imported }: Verifying,
  { read, own }: { readonly read: readonly ReadJob[]; readonly own: readonly ReadJob[] },
  running: Running,
): Promise<MaskloopError> {
  const order = { id, connection: input.connection, task };
  const undone = imported.perJob === undefined ? await undoImport(site, order, { imported, read }, running) : null;
  const wrong = own.filter(isWrong);
  const found = wrong.reduce((sum, { shapes }) => sum + shapes, 0);
  const outcome =
    undone === null
      ? 'it was left as it is'
      : `nobody had written since, so backup ${undone} was put back: what was there before the import`;
  return new MaskloopError(
    'ImportNotVerified',
    `${wrong.length} of ${own.length} jobs of task ${task.taskId} (${task.url}) differ from what was sent; ${outcome}.`,
    {
      facts: {
        task: task.taskId,
        url: task.url,
        sent: imported.shapes,
        holds: found,
        jobs: wrong.slice(0, 20).map(({ job }) => job.id),
        putBack: undone,
        backup: imported.backup?.name ?? null,
      },
    },
  );
}
