import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { runRecordName } from '../../contracts/ids.ts';
import type { ArtifactStore } from '../../storage/store.ts';

const shape = z.object({
  schema: z.literal('maskloop.run/1'),
  model: z.string(),
  runName: z.string(),
  submittedAt: z.string(),
  previousRunStart: z.number().nullable(),
  previousChecksum: z.string().nullable(),
  lastTask: z.string().nullable(),
  request: z.enum(['sending', 'refused', 'accepted', 'alone']),
  taskId: z.string().nullable(),
  over: z.array(z.string()),
  lost: z.array(z.object({ start: z.number(), epoch: z.number() })),
  restarts: z.number(),
  ownStart: z.number().nullable(),
  ownEpochs: z.number().exactOptional(),
  ahead: z.array(z.string()).exactOptional(),
  aloneAt: z.string().exactOptional(),
  rivals: z.array(z.string()).exactOptional(),
});

/**
 * What is known of one training of ours. It stands in the store before the request is sent, so that no crash loses
 * what was the case before: a trainer may forget its trainings, and its statistics name nobody.
 */
export interface RunRecord {
  readonly schema: 'maskloop.run/1';
  readonly model: string;
  readonly runName: string;
  /** ISO time of the last request, by our clock. */
  readonly submittedAt: string;
  /** Start of the run in the trainer's statistics before ours, in seconds since 1970. */
  readonly previousRunStart: number | null;
  /** What was published before the request. */
  readonly previousChecksum: string | null;
  /** The newest training that the trainer knew before the request: while it knows it, it has forgotten nothing. */
  readonly lastTask: string | null;
  /**
   * `sending`: what became of the request is not known; `refused`: nothing runs; `accepted`; `alone`: no other
   * training was accepted at the same moment.
   */
  readonly request: 'sending' | 'refused' | 'accepted' | 'alone';
  readonly taskId: string | null;
  /** Trainings under our name that no longer count: they gave way or were lost. */
  readonly over: readonly string[];
  /** Runs that were given up as dead, by start, with the epoch that they had reached. */
  readonly lost: readonly { readonly start: number; readonly epoch: number }[];
  readonly restarts: number;
  /** Start of our run by the trainer's statistics, once they show it. */
  readonly ownStart: number | null;
  /** So many epochs the statistics gave that run; absent until its start is known. */
  readonly ownEpochs?: number;
  /** Trainings that had not ended when ours was asked for, until it is known that ours runs alone; absent for none. */
  readonly ahead?: readonly string[];
  /** ISO time at which ours was seen to run after it had waited behind others; absent where it never waited. */
  readonly aloneAt?: string;
  /** Trainings of the model by others that were seen while the trainer had forgotten ours; absent for none. */
  readonly rivals?: readonly string[];
}

/** The record of a run; null if nothing was ever requested. @throws MaskloopError `ArtifactCorrupt` */
export async function readRunRecord(store: ArtifactStore, id: string, runName: string): Promise<RunRecord | null> {
  const name = runRecordName(id, runName);
  const bytes = await store.getNamed(name);
  if (bytes === null) return null;
  const parsed = shape.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${name} is no record of a training that this version knows.`, {
    facts: { name, problem: z.prettifyError(parsed.error) },
  });
}

/** Replaces the record, and returns it. */
export async function writeRunRecord(store: ArtifactStore, id: string, record: RunRecord): Promise<RunRecord> {
  await store.putNamed(runRecordName(id, record.runName), Buffer.from(`${JSON.stringify(record, null, 2)}\n`));
  return record;
}
