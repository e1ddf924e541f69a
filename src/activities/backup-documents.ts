import { z } from 'zod';
import type { BackedUpJob, Backup } from '../contracts/backup.ts';
import { MaskloopError } from '../contracts/error.ts';
import { backupName } from '../contracts/ids.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { NativeAnnotations } from '../cvat/native-annotations.ts';
import { artifactSchema } from '../storage/artifact-schema.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { parsedDocument } from './stored-document.ts';

const job: z.ZodType<BackedUpJob> = z.object({
  jobId: z.int(),
  startFrame: z.int(),
  stopFrame: z.int(),
  stage: z.string(),
  state: z.string(),
  assignee: z.string().nullable(),
  updatedAt: z.string(),
  shapes: z.int(),
  tracks: z.int(),
  tags: z.int(),
  sha256: z.string(),
  annotations: artifactSchema.nullable(),
});

const schema: z.ZodType<Backup> = z.object({
  schema: z.literal('maskloop.backup/1'),
  id: z.string(),
  number: z.int(),
  reason: z.enum(['import', 'restore', 'undo']),
  takenAt: z.string(),
  connection: z.string(),
  task: z.object({ taskId: z.int(), projectId: z.int(), url: z.string() }),
  jobs: z.array(job),
});

const items = z.array(z.record(z.string(), z.unknown()));
const annotations: z.ZodType<NativeAnnotations> = z.object({ shapes: items, tracks: items, tags: items });

/** Numbers of the backups of an iteration, ascending. */
export async function backupNumbers(store: ArtifactStore, id: string): Promise<readonly number[]> {
  const folder = backupName(id, 0).slice(0, -1);
  const names = await store.listNamed(folder);
  const numbers = names.map((name) => name.slice(folder.length)).filter((rest) => /^[1-9]\d*$/.test(rest));
  return numbers.map(Number).toSorted((a, b) => a - b);
}

/**
 * A backup of an iteration: the one of this number, else the newest that was made before an import.
 *
 * @throws MaskloopError `BackupMissing`, `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function readBackup(store: ArtifactStore, id: string, number: number | null): Promise<Backup> {
  if (number !== null) return read(store, id, number);
  const numbers = await backupNumbers(store, id);
  for (const one of numbers.toReversed()) {
    const backup = await read(store, id, one);
    if (backup.reason === 'import') return backup;
  }
  throw new MaskloopError('BackupMissing', `There is no backup of ${id} from before an import.`, {
    facts: { id, backups: [...numbers] },
  });
}

async function read(store: ArtifactStore, id: string, number: number): Promise<Backup> {
  const name = backupName(id, number);
  const bytes = await store.getNamed(name);
  if (bytes === null) {
    const numbers = await backupNumbers(store, id);
    const known = numbers.length === 0 ? 'none' : numbers.join(', ');
    throw new MaskloopError('BackupMissing', `${id} has no backup ${number}; there is ${known}.`, {
      facts: { id, backup: number, backups: [...numbers] },
    });
  }
  return parsedDocument(bytes, schema, { name, what: 'a backup' });
}

/**
 * What a job held.
 *
 * @throws MaskloopError `ArtifactMissing` if it is gone, `ArtifactCorrupt` if it is not what was stored
 */
export async function readJobBackup(store: ArtifactStore, ref: ArtifactRef | null): Promise<NativeAnnotations> {
  if (ref === null) return { shapes: [], tracks: [], tags: [] };
  return parsedDocument(await store.get(ref), annotations, { name: ref.uri, what: 'a backup' });
}
