import { z } from 'zod';
import type { ImportRecord } from '../contracts/backup.ts';
import { importRecordName } from '../contracts/ids.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { parsedOrNull } from './stored-document.ts';

const schema: z.ZodType<ImportRecord> = z.object({
  schema: z.literal('maskloop.import/1'),
  id: z.string(),
  task: z.object({ taskId: z.int(), url: z.string() }),
  recordedAt: z.string(),
  jobs: z.array(z.object({ jobId: z.int(), shapes: z.int(), sha256: z.string() })),
  underWay: z
    .object({
      id: z.string(),
      sent: z.string(),
      backup: z.int(),
      written: z.array(z.object({ jobId: z.int(), updatedAt: z.string() })),
    })
    .nullable()
    .default(null),
});

interface Where {
  readonly connection: string;
  readonly task: Pick<TaskRef, 'taskId' | 'url'>;
}

/** Digest by job of what we put there last; empty where nothing is known, so that whatever is there counts as people's. */
export async function readImportRecord(
  store: ArtifactStore,
  { connection, task }: Where,
): Promise<ReadonlyMap<number, string>> {
  return recordedDigests(await loadImportRecord(store, { connection, task }));
}

/** The same of a record that was loaded already. */
export function recordedDigests(record: ImportRecord | null): ReadonlyMap<number, string> {
  return new Map(record?.jobs.map(({ jobId, sha256 }) => [jobId, sha256]));
}

/**
 * Notes what jobs hold by our doing, and which import is not verified yet; what the record before it notes of other jobs
 * stays. A digest that got lost or old between the two makes a job's content count as people's, never the other way round.
 *
 * @param before the record as it was loaded or written last; null for none
 * @returns what was written
 * @throws MaskloopError `StoreUnreachable`
 */
export async function writeImportRecord(
  store: ArtifactStore,
  { connection, task, id }: Where & { readonly id: string },
  { jobs, underWay }: Pick<ImportRecord, 'jobs' | 'underWay'>,
  before: ImportRecord | null,
): Promise<ImportRecord> {
  const earlier = before?.jobs ?? [];
  const fresh = new Set(jobs.map(({ jobId }) => jobId));
  const all = [...earlier.filter(({ jobId }) => !fresh.has(jobId)), ...jobs].toSorted((a, b) => a.jobId - b.jobId);
  const record: ImportRecord = {
    schema: 'maskloop.import/1',
    id,
    task: { taskId: task.taskId, url: task.url },
    recordedAt: new Date().toISOString(),
    jobs: all,
    underWay,
  };
  const bytes = Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
  await store.putNamed(importRecordName(connection, task.taskId), bytes);
  return record;
}

/**
 * The record of a task; null without one, also where it is of another CVAT, which numbers its tasks from 1 as well.
 *
 * @throws MaskloopError `StoreUnreachable`
 */
export async function loadImportRecord(
  store: ArtifactStore,
  { connection, task }: Where,
): Promise<ImportRecord | null> {
  const bytes = await store.getNamed(importRecordName(connection, task.taskId));
  if (bytes === null) return null;
  const record = parsedOrNull(bytes, schema);
  return record?.task.url === task.url ? record : null;
}
