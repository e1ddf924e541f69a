import type { IterationInput, IterationResults } from '../contracts/iteration.ts';
import type { CvatRecord, TrainerRecord } from '../contracts/receipt.ts';
import type { TaskRef } from '../contracts/refs.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { canonicalDigest } from '../storage/canonical-json.ts';
import type { Connection } from './dependencies.ts';
import { modelOfInput } from './prediction-of.ts';

/** A receipt does not wait for a server that is away, in milliseconds. */
const PATIENCE_MS = 20_000;

/** What CVAT and the trainer say of themselves when the receipt is written. A server that is away keeps no receipt from being written. */
export async function readEnvironment(
  connection: Connection,
  input: IterationInput,
  { task }: IterationResults,
  signal: AbortSignal,
): Promise<{ readonly cvat: CvatRecord | null; readonly trainer: TrainerRecord | null }> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const cvat = task === undefined ? null : await cvatRecord(connection.cvat, task, within);
  const trainer = modelOfInput(input) === null ? null : await trainerRecord(connection, within);
  signal.throwIfAborted();
  return { cvat, trainer };
}

async function cvatRecord(cvat: Cvat, { taskId }: TaskRef, signal: AbortSignal): Promise<CvatRecord> {
  const readAt = new Date().toISOString();
  try {
    const version = await cvat.version(signal);
    const { projectId, name, organizationId, size } = await cvat.getTask(taskId, signal);
    const { segmentSize, overlap } = await cvat.taskSettings(taskId, signal);
    const known = { projectId, taskId, taskName: name, organizationId, frames: size, segmentSize, overlap };
    return { readAt, unread: null, version, ...known };
  } catch (error) {
    const nothing = { projectId: null, taskId: null, taskName: null, organizationId: null, frames: null };
    return { readAt, unread: codeOf(error), version: null, ...nothing, segmentSize: null, overlap: null };
  }
}

async function trainerRecord({ monai, trainer }: Connection, signal: AbortSignal): Promise<TrainerRecord | null> {
  if (trainer === null) return null;
  const about = {
    readAt: new Date().toISOString(),
    kind: trainer.kind,
    address: trainer.address,
    stated: monai?.statedVersion ?? null,
  };
  if (monai === null) return { ...about, unread: null, openApiSha256: null };
  try {
    return { ...about, unread: null, openApiSha256: canonicalDigest(await monai.openApi(signal)) };
  } catch (error) {
    return { ...about, unread: codeOf(error), openApiSha256: null };
  }
}

function codeOf(error: unknown): string {
  return isMaskloopError(error) ? error.code : 'UnexpectedFailure';
}
