import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationActivities } from '../contracts/activities.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { BackupRef, ImportRef } from '../contracts/refs.ts';
import type { BackgroundRequest } from '../cvat/background-request.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { shapeDigest } from '../cvat/shape-digest.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { readPreannotations, type ExpectedShape } from './expected-shapes.ts';
import { importIntoJobs } from './import-into-jobs.ts';
import { createEarlierTry, type EarlierTry } from './earlier-try.ts';
import { lookLast, type LastLook, type Looked } from './last-look.ts';
import { newestBackup } from './newest-backup.ts';
import { importDeadlineMs } from './import-deadline.ts';
import { settleImport, settleOwnImport } from './settle-import.ts';
import { contentOf, foreignContent } from './task-content.ts';

/** Between two tries while somebody else's import, whose state CVAT may not show, is under way; doubled up to the limit. */
const BUSY_GAP_MS = { first: 250, limit: 30_000 };

interface Importing extends Looked {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly expected: readonly ExpectedShape[];
  /** Shapes of frames that are deleted by now. */
  readonly leftOut: readonly ExpectedShape[];
  readonly deadlineMs: number;
  readonly earlier: EarlierTry;
}

interface Sent {
  readonly request: BackgroundRequest;
  readonly backup: BackupRef;
}

/**
 * The newest import into the task, once it has ended; null if CVAT knows of none. One that an earlier try may have left
 * in the queue is watched as if this try had asked for it.
 */
async function newestImport(
  { cvat, task, guard, expected, deadlineMs, earlier }: Importing,
  running: Running,
): Promise<BackgroundRequest | null> {
  const { taskId } = task;
  const begin = performance.now();
  while (performance.now() - begin <= deadlineMs) {
    const newest = await cvat.importRequest(taskId, running.signal);
    if (newest === null || newest.status === 'finished' || newest.status === 'failed') return newest;
    const { id: requestId, createdAt } = newest;
    const pending = { requestId, createdAt, shapes: expected.length, deadlineMs };
    const times = createdAt === guard.previousImport ? null : earlier.take();
    const settled =
      times === null
        ? settleImport(cvat, pending, running)
        : settleOwnImport(cvat, { ...pending, taskId, times }, running);
    const ended = await settled;
    if (ended !== null) return ended;
  }
  throw neverFree(taskId, deadlineMs);
}

/**
 * Whether the import has been made: the task holds exactly its shapes, or an import was made since the task was
 * guarded and what the task holds is what people may have made of it.
 *
 * @returns what is known of it; null if it has not been made
 */
async function madeImport(importing: Importing, running: Running): Promise<Pick<ImportRef, 'finishedAt'> | null> {
  const { cvat, task, expected, leftOut, guard } = importing;
  const newest = await newestImport(importing, running);
  const held = await cvat.taskAnnotations(task.taskId, running.signal);
  const content = contentOf(held, expected, leftOut);
  const madeSince = newest?.status === 'finished' && newest.createdAt !== guard.previousImport;
  const made = { finishedAt: madeSince ? newest.finishedAt : null };
  if (content === 'ours') return made;
  if (content !== 'other' && (madeSince || guard.holds === 'ours')) return made;
  // What may be overwritten is compared with what it was agreed to at the last look.
  if (content === 'nothing' || (guard.holds === 'people' && !madeSince)) return null;
  throw foreignContent(cvat, task.taskId, held, expected.length);
}

/** Sends the document; null if another import came first, or jobs changed while we looked or while ours waited. */
async function send(
  importing: Importing,
  document: { bytes: Uint8Array; fileName: string },
  running: Running,
): Promise<Sent | null> {
  const { cvat, task, expected, deadlineMs } = importing;
  const { signal, report } = running;
  const shapes = expected.length;
  let look: LastLook | null = null;
  report({ phase: 'import', state: 'sending', shapes });
  try {
    const requestId = await cvat.startImport(task.taskId, document, {
      signal,
      beforeImport: async () => {
        look = await lookLast(importing, importing, running);
        if (look === null) throw new Unsettled();
        report({ phase: 'import', state: 'finishing', shapes });
      },
    });
    const { backup, times } = done(look);
    const own = { taskId: task.taskId, requestId, createdAt: null, shapes, times, deadlineMs };
    const request = await settleOwnImport(cvat, own, running);
    return request === null ? null : { request, backup };
  } catch (error) {
    if (!(error instanceof Unsettled) && !isMaskloopError(error, 'ImportBusy')) throw error;
    report({ phase: 'import', state: 'waiting', shapes });
    return null;
  }
}

/** Stops an import whose jobs changed during the last look at them. */
class Unsettled extends Error {}

function done(look: LastLook | null): LastLook {
  if (look !== null) return look;
  throw new MaskloopError('CvatUnexpectedAnswer', 'The import began without a last look at the task.');
}

/** Imports into the task as a whole, once. Each round first looks whether that has happened. */
async function importIntoTask(
  importing: Importing,
  document: { bytes: Uint8Array; fileName: string },
  running: Running,
): Promise<ImportRef> {
  const { expected, store, id, task, deadlineMs } = importing;
  const imported = { shapes: expected.length, sha256: shapeDigest(expected) };
  const begin = performance.now();
  for (let gap = BUSY_GAP_MS.first; ; gap = Math.min(gap * 2, BUSY_GAP_MS.limit)) {
    const made = await madeImport(importing, running);
    if (made !== null) return { ...imported, adopted: true, ...made, backup: await newestBackup(store, id) };
    const sent = await send(importing, document, running);
    if (sent !== null) return finished(importing, sent, imported);
    if (performance.now() - begin > deadlineMs) throw neverFree(task.taskId, deadlineMs);
    await sleep(gap, undefined, { signal: running.signal });
  }
}

async function finished(
  { cvat, task }: Importing,
  { request, backup }: Sent,
  imported: Pick<ImportRef, 'shapes' | 'sha256'>,
): Promise<ImportRef> {
  const { id, status, message, createdAt } = request;
  if (status === 'finished') {
    // CVAT writes the time of the end a moment after the end.
    const later = request.finishedAt === null ? await cvat.request(id) : null;
    const finishedAt = request.finishedAt ?? (later?.createdAt === createdAt ? later.finishedAt : null);
    return { ...imported, adopted: false, finishedAt, backup };
  }
  throw new MaskloopError('ImportRejected', `CVAT could not import into task ${task.taskId}: ${message}`, {
    facts: { task: task.taskId, answer: message, backup: backup.name },
  });
}

function neverFree(task: number, deadlineMs: number): MaskloopError {
  const waitedSeconds = Math.round(deadlineMs / 1000);
  return new MaskloopError(
    'ImportStuck',
    `For ${waitedSeconds} s task ${task} was never free: another import, perhaps of a user whose requests CVAT does not show, or people who keep saving.`,
    { facts: { task, waitedSeconds } },
  );
}

/**
 * Puts the pre-annotations into the task, once. Success means that the task holds them: what an earlier try sent, or
 * still sends, is adopted and never sent again.
 */
export function createImportPreannotations({
  connect,
  store,
}: ActivityDependencies): IterationActivities['importPreannotations'] {
  return durable(async ({ id, input, task, dataset, guard }, running) => {
    const { cvat } = connect(input.connection);
    const sendable = await readPreannotations(store, cvat, { task, dataset }, running.signal);
    const { shapes: expected, leftOut } = sendable;
    const { connection } = input;
    if (expected.length === 0) return { shapes: 0, sha256: shapeDigest(expected), adopted: false, backup: null };
    if (guard.perJob === true) {
      const scope = input.importScope ?? 'task';
      return importIntoJobs({ cvat, store }, { id, connection, task, expected, leftOut, scope }, running);
    }
    const importing: Importing = {
      cvat,
      store,
      id,
      connection,
      task,
      guard,
      expected,
      leftOut,
      wouldSend: expected.length,
      deadlineMs: importDeadlineMs(input),
      earlier: await createEarlierTry(store, { id, connection, taskId: task.taskId }),
    };
    const document = { bytes: sendable.bytes, fileName: `${encodeURIComponent(id)}.json` };
    return importIntoTask(importing, document, running);
  });
}
