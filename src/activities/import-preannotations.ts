import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationActivities } from '../contracts/activities.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { GuardRef } from '../contracts/refs.ts';
import type { BackgroundRequest, Cvat } from '../cvat/cvat.ts';
import { shapeDigest } from '../cvat/shape-digest.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { readPreannotations, type ExpectedShape } from './expected-shapes.ts';
import { contentOf, foreignContent } from './task-content.ts';

/** An import of 2,500 masks takes CVAT 6 s; one that has not ended after this time has lost its worker. */
const IMPORT_DEADLINE_MS = 30 * 60_000;

/** Time for taking a request back; the activity is ending. */
const TAKE_BACK_MS = 5000;

/** Between two tries while somebody else's import, whose state CVAT may not show, is under way. */
const BUSY_GAP_MS = 2000;

interface Importing {
  readonly cvat: Cvat;
  readonly taskId: number;
  readonly expected: readonly ExpectedShape[];
  readonly leftOut: readonly ExpectedShape[];
  readonly guard: GuardRef;
}

/** Waits for an import, ours or another's, as long as CVAT works on it. */
async function settleImport(
  cvat: Cvat,
  requestId: string,
  shapes: number,
  { signal, report }: Running,
): Promise<BackgroundRequest> {
  return cvat.waitForRequest(requestId, {
    signal,
    deadlineMs: IMPORT_DEADLINE_MS,
    onPoll: ({ status }) => {
      if (status === 'queued' || status === 'started') report({ phase: 'import', state: status, shapes });
    },
  });
}

/**
 * Waits for our own import. Whoever stops waiting takes it back while it is queued: left there, it would replace what
 * people have drawn by the time it is its turn.
 */
async function settleOwnImport(
  cvat: Cvat,
  requestId: string,
  shapes: number,
  running: Running,
): Promise<BackgroundRequest> {
  try {
    return await settleImport(cvat, requestId, shapes, running);
  } catch (error) {
    await cvat.cancelRequest(requestId, AbortSignal.timeout(TAKE_BACK_MS)).catch(() => false);
    throw error;
  }
}

/** The newest import into the task, once it has ended; null if CVAT knows of none. */
async function newestImport(
  cvat: Cvat,
  taskId: number,
  shapes: number,
  running: Running,
): Promise<BackgroundRequest | null> {
  const newest = await cvat.importRequest(taskId, running.signal);
  if (newest === null || newest.status === 'finished' || newest.status === 'failed') return newest;
  return settleImport(cvat, newest.id, shapes, running);
}

/**
 * True if the import has been made: the task holds exactly its shapes, or an import was made since the task was
 * guarded and what the task holds is what people may have made of it.
 */
async function isImported({ cvat, taskId, expected, leftOut, guard }: Importing, running: Running): Promise<boolean> {
  const newest = await newestImport(cvat, taskId, expected.length, running);
  const held = await cvat.taskAnnotations(taskId, running.signal);
  const content = contentOf(held, expected, leftOut);
  if (content === 'ours') return true;
  const madeSince = newest?.status === 'finished' && newest.createdAt !== guard.previousImport;
  if (content !== 'other' && (madeSince || guard.holds === 'ours')) return true;
  if (content === 'nothing') return false;
  throw foreignContent(cvat, taskId, held, expected.length);
}

/** The last look before the import, which would delete whatever the task holds. */
async function requireNothing(cvat: Cvat, taskId: number, wouldSend: number, signal: AbortSignal): Promise<void> {
  const held = await cvat.taskAnnotations(taskId, signal);
  if (contentOf(held, []) !== 'nothing') throw foreignContent(cvat, taskId, held, wouldSend);
}

/** Sends the document; null if another import came first and has been waited for. */
async function send(
  { cvat, taskId, expected }: Importing,
  document: { bytes: Uint8Array; fileName: string },
  running: Running,
): Promise<BackgroundRequest | null> {
  running.report({ phase: 'import', state: 'sending', shapes: expected.length });
  try {
    const requestId = await cvat.startImport(taskId, document, {
      signal: running.signal,
      beforeImport: () => requireNothing(cvat, taskId, expected.length, running.signal),
    });
    return await settleOwnImport(cvat, requestId, expected.length, running);
  } catch (error) {
    if (!isMaskloopError(error, 'ImportBusy')) throw error;
    await sleep(BUSY_GAP_MS, undefined, { signal: running.signal });
    return null;
  }
}

/**
 * Puts the pre-annotations into the task, once. Success means that the task holds them: each round first looks whether
 * it does, so that what an earlier try sent, or still sends, is adopted and never sent again.
 */
export function createImportPreannotations({
  connect,
  store,
}: ActivityDependencies): IterationActivities['importPreannotations'] {
  return durable(async ({ id, input, task, dataset, guard }, running) => {
    const { cvat } = connect(input.connection);
    const { taskId } = task;
    const sendable = await readPreannotations(store, cvat, { task, dataset }, running.signal);
    const { shapes: expected, leftOut } = sendable;
    const importing = { cvat, taskId, expected, leftOut, guard };
    const imported = { shapes: expected.length, sha256: shapeDigest(expected) };
    if (expected.length === 0) return { ...imported, adopted: false };
    const document = { bytes: sendable.bytes, fileName: `${encodeURIComponent(id)}.json` };
    for (;;) {
      if (await isImported(importing, running)) return { ...imported, adopted: true };
      const request = await send(importing, document, running);
      if (request === null) continue;
      if (request.status === 'finished') return { ...imported, adopted: false };
      throw new MaskloopError('ImportRejected', `CVAT could not import into task ${taskId}: ${request.message}`, {
        facts: { task: taskId, answer: request.message },
      });
    }
  });
}
