import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { restoreNoteName } from '../contracts/ids.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { parsedDocument } from './stored-document.ts';

const schema = z.object({ schema: z.literal('maskloop.restore/1'), before: z.int().positive() });

/** Which restore is meant: all its tries belong to one run of its workflow. */
export interface RestoreRun {
  readonly id: string;
  readonly runId: string;
}

/**
 * Number of the backup that an earlier try of this restore made before it wrote anything; null if none got that far.
 *
 * @throws MaskloopError `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function notedBefore(store: ArtifactStore, { id, runId }: RestoreRun): Promise<number | null> {
  const name = restoreNoteName(id, runId);
  const bytes = await store.getNamed(name);
  return bytes === null ? null : parsedDocument(bytes, schema, { name, what: 'the note of a restore' }).before;
}

/**
 * Notes what was there before the restore, before its first job is written. A further try goes by it, whatever became of
 * this one.
 *
 * @throws MaskloopError `RestoreRefused` if another try has noted its own meanwhile: it is still at work
 */
export async function noteBefore(store: ArtifactStore, run: RestoreRun, before: number): Promise<void> {
  const note = Buffer.from(`${JSON.stringify({ schema: 'maskloop.restore/1', before })}\n`);
  if (await store.createNamed(restoreNoteName(run.id, run.runId), note)) return;
  throw new MaskloopError('RestoreRefused', `Another try of this restore of ${run.id} is still at work.`, {
    facts: { id: run.id, before },
  });
}
