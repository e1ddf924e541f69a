import { setTimeout as sleep } from 'node:timers/promises';
import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import type { PublishedModel, TrainingTask } from '../../contracts/trainer-reports.ts';
import { failureFrom } from '../to-failure.ts';
import { busyWith, giveWay } from './give-way.ts';
import { isUnderWay, ownTask, rivalsOf } from './own-task.ts';
import type { RunContext } from './run-context.ts';
import { readRunRecord, writeRunRecord, type RunRecord } from './run-record.ts';

/** A server counts as busy from the moment at which a training runs; two requests before that may both be accepted. */
const RACE_MS = 10_000;
const LOOK_EVERY_MS = 250;

/** The connection never came about, so nothing was sent. */
const UNSENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/** Whether a failure tells that the request for a training was not accepted. */
export function neverAccepted(error: unknown): boolean {
  if (!isMaskloopError(error)) return false;
  if (error.code !== 'MonaiUnreachable') return error.code !== 'MonaiUnexpectedAnswer';
  const { method, reason } = error.facts;
  return method === 'GET' || (typeof reason === 'string' && UNSENT.includes(reason));
}

/** The record of a run that nothing was requested for yet. */
function newRecord({ model, runName }: RunContext): RunRecord {
  return {
    schema: 'maskloop.run/1',
    model,
    runName,
    submittedAt: new Date().toISOString(),
    previousRunStart: null,
    previousChecksum: null,
    lastTask: null,
    request: 'refused',
    taskId: null,
    over: [],
    lost: [],
    restarts: 0,
    ownStart: null,
  };
}

/** Whether a training that the trainer does not list may run all the same: it may have been accepted and forgotten. */
function mayRunUnseen({ request, lastTask }: RunRecord, tasks: readonly TrainingTask[]): boolean {
  if (request === 'refused') return false;
  return request !== 'sending' || lastTask === null || !tasks.some(({ id }) => id === lastTask);
}

/** Whether a start of this run would join a training, which may be one that the trainer does not list. */
export function hasBegun(tasks: readonly TrainingTask[], runName: string, known: RunRecord | null): boolean {
  return ownTask(tasks, runName, known?.over ?? []) !== undefined || (known !== null && mayRunUnseen(known, tasks));
}

/** Refuses to train from another model than the one that was measured. @throws MaskloopError `ModelChanged` */
function requireMeasured({ model, before }: RunContext, found: PublishedModel | null): void {
  const published = found?.checksum ?? null;
  if (before === undefined || before === published) return;
  throw new MaskloopError(
    'ModelChanged',
    `The trainer now publishes ${published ?? 'nothing'} as "${model}"; what was measured before the training is ${before ?? 'nothing'}.`,
    { facts: { model, expected: before, published } },
  );
}

/**
 * Finds the training of this run, or submits it if it is certain that none was. One that may have been submitted and
 * forgotten is returned without a task: whether it lives is found out by watching.
 *
 * @throws a final failure `TrainingBusy` while another training runs, or after ours gave way to one; MaskloopError
 *   `ModelChanged` where another model is published than was measured, `TrainingSetDiffers` where the labels are others
 */
export async function findOrSubmit(run: RunContext): Promise<{ record: RunRecord; joined: boolean }> {
  const known = await readRunRecord(run.store, run.id, run.runName);
  const tasks = await run.trainer.trainings(run.running.signal);
  const own = ownTask(tasks, run.runName, known?.over ?? []);
  if (own !== undefined) {
    const { request } = known ?? { request: 'accepted' };
    const record = {
      ...(known ?? newRecord(run)),
      taskId: own.id,
      request: request === 'alone' ? request : 'accepted',
    } as const;
    return { record: await settleRace(run, await writeRunRecord(run.store, run.id, record)), joined: true };
  }
  if (known !== null && mayRunUnseen(known, tasks)) return { record: known, joined: true };
  const record = await submitRun(run, known ?? newRecord(run), tasks, async (found) => requireMeasured(run, found));
  return { record, joined: false };
}

/** The record of a request that is about to be sent. */
function requested(
  known: RunRecord,
  tasks: readonly TrainingTask[],
  seen: { readonly start: number | null; readonly checksum: string | null },
): RunRecord {
  // What was seen beside an earlier request says nothing of the process that this one begins.
  const { aloneAt: _, ahead: __, rivals: ___, ...rest } = known;
  const ahead = tasks.filter(isUnderWay).map(({ id }) => id);
  return {
    ...rest,
    submittedAt: new Date().toISOString(),
    previousRunStart: seen.start,
    previousChecksum: seen.checksum,
    lastTask: tasks.at(-1)?.id ?? null,
    request: 'sending',
    taskId: null,
    ownStart: null,
    ...(ahead.length === 0 ? {} : { ahead }),
  };
}

/**
 * Requests the training. Call only if nothing of this run is under way.
 *
 * @param known what is remembered of earlier requests
 * @param requireGround refuses to go on from another published model than is meant
 * @throws as {@link findOrSubmit}
 */
export async function submitRun(
  run: RunContext,
  known: RunRecord,
  tasks: readonly TrainingTask[],
  requireGround: (published: PublishedModel | null) => Promise<void>,
): Promise<RunRecord> {
  const { trainer, store, id, model, runName, maxEpochs, running } = run;
  const other = tasks.find(({ status }) => status === 'RUNNING');
  if (other !== undefined) throw failureFrom(busyWith(model, other), true);
  const stats = await trainer.trainStats(model, running.signal);
  const published = await trainer.publishedModel(model, running.signal);
  await requireGround(published);
  await run.beforeRequest?.();
  const seen = { start: stats?.startedAtSeconds ?? null, checksum: published?.checksum ?? null };
  const record = await writeRunRecord(store, id, requested(known, tasks, seen));
  const { submittedAt, previousRunStart } = record;
  running.report({ phase: 'training request', submittedAt, previousRunStart });
  let task: TrainingTask;
  try {
    task = await trainer.startTraining(model, { name: runName, maxEpochs }, running.signal);
  } catch (error) {
    if (neverAccepted(error)) await writeRunRecord(store, id, { ...record, request: 'refused' });
    if (!isMaskloopError(error, 'TrainingBusy')) throw error;
    const now = await trainer.trainings(running.signal);
    throw failureFrom(busyWith(model, now.find(isUnderWay)), true);
  }
  return settleRace(run, await writeRunRecord(store, id, { ...record, request: 'accepted', taskId: task.id }));
}

/**
 * Sees whether another training was accepted at the same moment, which shows once ours runs. The first of the two in the
 * server's order gives way, because it is the one that can be stopped; the second cannot, and finds itself alone.
 * One that waits behind another is left to the watch.
 *
 * @throws a final failure `TrainingBusy` after ours gave way
 */
async function settleRace(run: RunContext, record: RunRecord): Promise<RunRecord> {
  const { trainer, store, id, model, running } = run;
  while (record.request === 'accepted' && Date.now() - Date.parse(record.submittedAt) < RACE_MS) {
    const tasks = await trainer.trainings(running.signal);
    const own = tasks.find((task) => task.id === record.taskId);
    if (own === undefined || !isUnderWay(own)) break;
    const { earlier, later } = rivalsOf(tasks, own);
    if (earlier.length > 0) break;
    if (own.status === 'RUNNING') {
      if (later[0] === undefined) return writeRunRecord(store, id, { ...record, request: 'alone', ahead: [] });
      if ((await giveWay(run, record, own)) === null) break;
      throw failureFrom(busyWith(model, later[0]), true);
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal: running.signal });
  }
  return record;
}
