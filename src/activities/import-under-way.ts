import type { ImportRecord, ImportUnderWay } from '../contracts/backup.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import { contentDigest } from '../cvat/native-items.ts';
import { shapeDigest } from '../cvat/shape-digest.ts';
import { typedAnnotations } from '../cvat/typed-annotations.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { ExpectedShape } from './expected-shapes.ts';
import { loadImportRecord, writeImportRecord } from './import-record.ts';
import { holdsExactly, type JobPlan } from './job-plan.ts';

/** Which import is meant. A frame that is deleted between two tries does not make it another one. */
export interface OwnImport {
  readonly id: string;
  readonly connection: string;
  readonly task: Pick<TaskRef, 'taskId' | 'url'>;
  readonly expected: readonly ExpectedShape[];
  readonly leftOut: readonly ExpectedShape[];
}

/** What a record notes of an earlier try of the same import; null if there was none, or it was verified or restored since. */
export function underWayIn(record: ImportRecord | null, own: OwnImport): ImportUnderWay | null {
  const underWay = record?.underWay ?? null;
  return underWay?.id === own.id && underWay.sent === sentDigest(own) ? underWay : null;
}

/** Notes that jobs are going to be written, and of which it was seen already that they hold what they should. */
export async function beginImport(
  store: ArtifactStore,
  own: OwnImport,
  { backup, seen, before }: { backup: number; seen: readonly Job[]; before: ImportRecord | null },
): Promise<ImportRecord> {
  const written = seen.map(({ id, updatedAt }) => ({ jobId: id, updatedAt }));
  const underWay = { id: own.id, sent: sentDigest(own), backup, written };
  return writeImportRecord(store, own, { jobs: [], underWay }, before);
}

/**
 * Notes a job that was written, if it is seen to hold what it should: whatever it holds later is what somebody made of
 * it. CVAT's time of its last change is read before its content, so that a save in between is not taken for ours.
 */
export async function noteWritten(
  { cvat, store }: { cvat: Cvat; store: ArtifactStore },
  { own, record, plan }: { own: OwnImport; record: ImportRecord; plan: JobPlan },
  signal: AbortSignal,
): Promise<ImportRecord> {
  const underWay = underWayIn(record, own);
  if (underWay === null) return record;
  const { id: jobId, updatedAt } = await cvat.job(plan.job.id, signal);
  const held = await cvat.nativeAnnotations(jobId, signal);
  if (!holdsExactly(typedAnnotations(held), plan.expected, own.leftOut)) return record;
  const noted = { ...underWay, written: [...underWay.written, { jobId, updatedAt }] };
  const job = { jobId, shapes: held.shapes.length, sha256: contentDigest([held]) };
  return writeImportRecord(store, own, { jobs: [job], underWay: noted }, record);
}

/** Forgets what was noted of an import into this task that is not verified: what it wrote is not there any more. */
export async function forgetImport(
  store: ArtifactStore,
  where: Pick<OwnImport, 'id' | 'connection' | 'task'>,
): Promise<void> {
  const record = await loadImportRecord(store, where);
  if ((record?.underWay ?? null) === null) return;
  await writeImportRecord(store, where, { jobs: [], underWay: null }, record);
}

/** True if somebody wrote to a job, or moved it on, since it was seen to hold what was sent. */
export function isWorkedOn(underWay: ImportUnderWay | null, { id, updatedAt }: Pick<Job, 'id' | 'updatedAt'>): boolean {
  const noted = underWay?.written.findLast(({ jobId }) => jobId === id);
  return noted !== undefined && noted.updatedAt !== updatedAt;
}

function sentDigest({ expected, leftOut }: Pick<OwnImport, 'expected' | 'leftOut'>): string {
  return shapeDigest([...expected, ...leftOut]);
}
