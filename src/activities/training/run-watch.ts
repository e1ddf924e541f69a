import { DEFAULT_STALLED_AFTER_MS, type TimingOptions } from '../../contracts/timing.ts';
import type { ModelRef, TrainingRef } from '../../contracts/training.ts';
import type { TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import { failureFrom } from '../to-failure.ts';
import { endedBadly, stalled } from './ends.ts';
import { busyWith, giveWay } from './give-way.ts';
import { openMetrics, type MetricsFile } from './metrics-file.ts';
import { ownStats } from './own-stats.ts';
import { isUnderWay } from './own-task.ts';
import { modelOf } from './published-model.ts';
import { followLiving, livesAgain, startAgain } from './revive.ts';
import type { RunContext } from './run-context.ts';
import { readRunRecord, writeRunRecord, type RunRecord } from './run-record.ts';
import { deadAfterMs, silenceAfter, type Silence } from './silence.ts';
import { submitRun } from './submit-run.ts';

/** Times between looks, in milliseconds. */
export interface WatchPace {
  readonly lookMs: number;
  /** A forgotten run that says it is through is taken for published when the published file has not changed for so long. */
  readonly publishedAfterMs: number;
}

/** What a look at a training remembers for the next one. */
export interface RunWatch {
  readonly run: RunContext;
  readonly stalledAfterMs: number;
  readonly publishedAfterMs: number;
  readonly metrics: MetricsFile;
  readonly record: RunRecord;
  readonly silence: Silence | null;
}

/** What one look saw. */
interface Seen {
  readonly tasks: readonly TrainingTask[];
  readonly task: TrainingTask | undefined;
  readonly stats: TrainStats | null;
  readonly checksum: string | null;
  readonly now: number;
}

/** Begins, or goes on, to watch a training. */
export async function openWatch(
  run: RunContext,
  training: TrainingRef,
  { timing, pace }: { readonly timing: TimingOptions; readonly pace: WatchPace },
): Promise<RunWatch> {
  const { submittedAt, previousRunStart, taskId } = training;
  const record = (await readRunRecord(run.store, run.id, run.runName)) ?? {
    schema: 'maskloop.run/1',
    model: run.model,
    runName: run.runName,
    submittedAt,
    previousRunStart,
    previousChecksum: null,
    lastTask: null,
    request: 'alone',
    taskId,
    over: [],
    lost: [],
    restarts: 0,
    ownStart: null,
  };
  const metrics = await openMetrics(run.store, run.id, run.runName);
  const { stalledAfterMs = DEFAULT_STALLED_AFTER_MS } = timing;
  return { run, stalledAfterMs, publishedAfterMs: pace.publishedAfterMs, metrics, record, silence: null };
}

/**
 * Looks once: returns the model when the training is done, else what to go on watching with.
 *
 * @throws MaskloopError `TrainingFailed`, `TrainingStopped`, `TrainingStalled`, `TrainingVanished`, `ModelReplaced`, and a
 *   final failure `TrainingBusy` where ours has given way
 */
export async function lookOnce(before: RunWatch): Promise<RunWatch | ModelRef> {
  const { run } = before;
  const revived = await reviveDead(before);
  const { watch, seen } = await look(revived ?? before);
  const { task } = seen;
  report(watch, seen);
  if (task === undefined) return lookForLost(watch, seen);
  if (task.status === 'LOST') return { ...watch, record: await startAgain(run, watch.record, seen), silence: null };
  if (!isUnderWay(task)) {
    if (task.status !== 'DONE') throw endedBadly(task, watch.record);
    return modelOf(watch, seen.tasks, seen.stats);
  }
  if (task.status === 'RUNNING' && watch.record.request === 'accepted') return settleQueued(watch, task, seen.checksum);
  const waits = task.status === 'SUBMITTED' && seen.tasks.some(({ status }) => status === 'RUNNING');
  if (waits) return { ...watch, silence: null };
  if (seen.now - (watch.silence?.since ?? seen.now) < watch.stalledAfterMs) return watch;
  throw stalled(task, watch.record, watch.stalledAfterMs);
}

/** A request that is known not to run is sent again; one of a run that was taken for dead and lives is taken back. */
async function reviveDead({ run, record, ...watch }: RunWatch): Promise<RunWatch | null> {
  if (record.request === 'refused') {
    const tasks = await run.trainer.trainings(run.running.signal);
    return { ...watch, run, record: await submitRun(run, record, tasks), silence: null };
  }
  const stats = record.lost.length === 0 ? null : await run.trainer.trainStats(run.model, run.running.signal);
  const lives = livesAgain(record, stats);
  return lives === null ? null : { ...watch, run, record: await followLiving(run, record, lives), silence: null };
}

async function look(before: RunWatch): Promise<{ watch: RunWatch; seen: Seen }> {
  const { run, metrics } = before;
  const { trainer, model, running } = run;
  const tasks = await trainer.trainings(running.signal);
  const task = tasks.find(({ id }) => id === before.record.taskId);
  const shown = await trainer.trainStats(model, running.signal);
  const record = await noteStart(run, before.record, task, shown);
  const stats = ownStats(shown, record, run.maxEpochs);
  const published =
    task?.status === 'RUNNING' && record.request !== 'accepted'
      ? null
      : await trainer.publishedModel(model, running.signal);
  const checksum = published?.checksum ?? null;
  const now = Date.now();
  if (stats !== null) await metrics.add(stats, new Date(now));
  const key = JSON.stringify([
    task?.status ?? null,
    stats?.startedAtSeconds ?? null,
    stats?.epoch ?? null,
    stats?.ended ?? null,
    task?.details.at(-1) ?? null,
    task === undefined ? checksum : null,
  ]);
  const silence = silenceAfter(before.silence ?? remembered(run, task, stats, key), key, now);
  return { watch: { ...before, record, silence }, seen: { tasks, task, stats, checksum, now } };
}

/** A try that ended in between does not begin to count anew, if nothing has moved since. */
function remembered(
  run: RunContext,
  task: TrainingTask | undefined,
  stats: TrainStats | null,
  key: string,
): Silence | null {
  const { lastReport } = run.running;
  if (typeof lastReport !== 'object' || lastReport === null) return null;
  if (!('phase' in lastReport) || lastReport.phase !== 'training') return null;
  if (!('signAt' in lastReport) || typeof lastReport.signAt !== 'string') return null;
  if (!('status' in lastReport) || lastReport.status !== statusOf(task)) return null;
  if (!('epoch' in lastReport) || lastReport.epoch !== (stats?.epoch ?? null)) return null;
  return { key, since: Date.parse(lastReport.signAt) };
}

/** Whatever the statistics show while ours waits is of others; once it runs, a new start is ours. */
async function noteStart(
  run: RunContext,
  record: RunRecord,
  task: TrainingTask | undefined,
  stats: TrainStats | null,
): Promise<RunRecord> {
  const { id, store, maxEpochs } = run;
  if (stats === null || record.ownStart !== null) return record;
  const { startedAtSeconds: start } = stats;
  if (task?.status === 'SUBMITTED') {
    return start === record.previousRunStart
      ? record
      : writeRunRecord(store, id, { ...record, previousRunStart: start });
  }
  return ownStats(stats, record, maxEpochs) === null
    ? record
    : writeRunRecord(store, id, { ...record, ownStart: start });
}

/** A training that waited behind another one: if that has published meanwhile, ours began from what nobody has measured. */
async function settleQueued(watch: RunWatch, task: TrainingTask, checksum: string | null): Promise<RunWatch> {
  const { run, record } = watch;
  if (checksum !== record.previousChecksum && record.ownStart === null) {
    const given = await giveWay(run, record, task);
    if (given !== null) throw failureFrom(busyWith(run.model, undefined), true);
  }
  return { ...watch, record: await writeRunRecord(run.store, run.id, { ...record, request: 'alone' }) };
}

/** The trainer does not know the training: its process may live on, and then it publishes; or it is dead. */
async function lookForLost(watch: RunWatch, { stats, tasks, now, checksum }: Seen): Promise<RunWatch | ModelRef> {
  const { run, record, metrics, stalledAfterMs, silence } = watch;
  const silentMs = now - (silence?.since ?? now);
  if (stats?.ended === true && checksum !== null) {
    return silentMs < watch.publishedAfterMs ? watch : modelOf(watch, tasks, stats);
  }
  if (silentMs < deadAfterMs(metrics.points(), record.ownStart, stalledAfterMs)) return watch;
  return { ...watch, record: await startAgain(run, record, { tasks, stats }), silence: null };
}

function statusOf(task: TrainingTask | undefined): string {
  return task?.status ?? 'FORGOTTEN';
}

function report({ run, silence }: RunWatch, { task, stats, now }: Seen): void {
  const metric =
    stats?.metricName == null || stats.bestMetric === null
      ? null
      : { name: stats.metricName, best: stats.bestMetric, value: stats.metric };
  run.running.report({
    phase: 'training',
    status: statusOf(task),
    epoch: stats?.epoch ?? null,
    totalEpochs: stats?.totalEpochs ?? null,
    metric,
    signAt: new Date(silence?.since ?? now).toISOString(),
    lost: task !== undefined ? null : stats === null ? 'no sign yet' : 'lives on',
  });
}

/** True for the end of the watch. */
export function isModel(result: RunWatch | ModelRef): result is ModelRef {
  return 'checksum' in result;
}
