import { DEFAULT_STALLED_AFTER_MS, type TimingOptions } from '../../contracts/timing.ts';
import type { ModelRef, TrainingRef } from '../../contracts/training.ts';
import type { PublishedModel, TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import { failureFrom } from '../to-failure.ts';
import { endedBadly, stalled } from './ends.ts';
import { busyWith, giveWay } from './give-way.ts';
import { openMetrics, type MetricsFile } from './metrics-file.ts';
import { nextMove, type Sight } from './next-move.ts';
import { noteSight } from './note-sight.ts';
import { whoseStats } from './own-stats.ts';
import { mayBeReplaced, modelOf } from './published-model.ts';
import { followLiving, livesAgain, sendAgain, startAgain } from './revive.ts';
import type { RunContext } from './run-context.ts';
import { readRunRecord, writeRunRecord, type RunRecord } from './run-record.ts';
import { deadAfterMs, lastEpoch, silenceAfter, type Silence } from './silence.ts';

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
interface Seen extends Sight {
  readonly task: TrainingTask | undefined;
  /** Those of our run. */
  readonly stats: TrainStats | null;
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
 * @throws MaskloopError `TrainingFailed`, `TrainingStopped`, `TrainingStalled`, `TrainingVanished`, `ModelReplaced`,
 *   `ModelChanged`, and a final failure `TrainingBusy` where ours has given way
 */
export async function lookOnce(before: RunWatch): Promise<RunWatch | ModelRef> {
  const revived = await reviveDead(before);
  const { watch, seen } = await look(revived ?? before);
  report(watch, seen);
  return carryOut(watch, seen);
}

/** Does what follows from a look. */
async function carryOut(watch: RunWatch, seen: Seen): Promise<RunWatch | ModelRef> {
  const { run, record, metrics } = watch;
  const { task } = seen;
  const move = nextMove(seen);
  if (move === 'wait') return { ...watch, silence: null };
  if (move === 'model') return modelOf(watch, seen, seen.stats);
  if (move === 'replaced') throw mayBeReplaced(seen);
  if (move === 'start again') {
    const epoch = seen.stats?.epoch ?? lastEpoch(metrics.points(), record.ownStart);
    return { ...watch, record: await startAgain(run, record, { tasks: seen.tasks, epoch }), silence: null };
  }
  if (task === undefined || move === 'watch') return watch;
  if (move === 'ended badly') throw endedBadly(task, record);
  if (move === 'stalled') throw stalled(task, record, watch.stalledAfterMs);
  return settleQueued(watch, task, seen.published?.checksum ?? null);
}

/** A request that is known not to run is sent again; one of a run that was taken for dead and lives is taken back. */
async function reviveDead({ run, record, ...watch }: RunWatch): Promise<RunWatch | null> {
  if (record.request === 'refused') {
    const tasks = await run.trainer.trainings(run.running.signal);
    return { ...watch, run, record: await sendAgain(run, record, tasks), silence: null };
  }
  const stats = record.lost.length === 0 ? null : await run.trainer.trainStats(run.model, run.running.signal);
  const lives = livesAgain(record, stats, run.maxEpochs);
  return lives === null ? null : { ...watch, run, record: await followLiving(run, record, lives), silence: null };
}

async function look(before: RunWatch): Promise<{ watch: RunWatch; seen: Seen }> {
  const { run, metrics, stalledAfterMs, publishedAfterMs } = before;
  const { trainer, model, maxEpochs, running } = run;
  // In this order: whoever has written the statistics is on the list, unless that was forgotten.
  const shown = await trainer.trainStats(model, running.signal);
  const tasks = await trainer.trainings(running.signal);
  const task = tasks.find(({ id }) => id === before.record.taskId);
  const around = { record: before.record, tasks, maxEpochs, beginsWithinMs: stalledAfterMs };
  const noted = noteSight(shown, around);
  const record = noted === before.record ? noted : await writeRunRecord(run.store, run.id, noted);
  const whose = shown === null ? null : whoseStats(shown, { ...around, record });
  const stats = whose === 'ours' ? shown : null;
  const isNotAsked = task?.status === 'RUNNING' && record.request !== 'accepted';
  const published = isNotAsked ? null : await trainer.publishedModel(model, running.signal);
  const now = Date.now();
  if (stats !== null) await metrics.add(stats, new Date(now));
  // What may be of ours is no proof of it, but a sign of life.
  const key = signOf(task, whose === 'not known' ? shown : stats, published);
  const since = before.silence ?? (whose === 'not known' ? null : remembered(run, task, stats, key));
  const silence = silenceAfter(since, key, now);
  const deadAfter = deadAfterMs(metrics.points(), record.ownStart, stalledAfterMs);
  const limits = { stalledAfterMs, publishedAfterMs, deadAfterMs: deadAfter };
  const sight = { ...around, record, shown, published, silentMs: now - silence.since, limits };
  return { watch: { ...before, record, silence }, seen: { ...sight, task, stats, now } };
}

/** What changes as long as a training lives. */
function signOf(task: TrainingTask | undefined, stats: TrainStats | null, published: PublishedModel | null): string {
  return JSON.stringify([
    task?.status ?? null,
    stats?.startedAtSeconds ?? null,
    stats?.epoch ?? null,
    stats?.ended ?? null,
    task?.details.at(-1) ?? null,
    task === undefined ? (published?.checksum ?? null) : null,
  ]);
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

/** A training that waited behind another one: if that has published meanwhile, ours began from what nobody has measured. */
async function settleQueued(watch: RunWatch, task: TrainingTask, checksum: string | null): Promise<RunWatch> {
  const { run, record } = watch;
  if (checksum !== record.previousChecksum && record.ownStart === null) {
    const given = await giveWay(run, record, task);
    if (given !== null) throw failureFrom(busyWith(run.model, undefined), true);
  }
  const alone = { ...record, request: 'alone', ahead: [], aloneAt: new Date().toISOString() } as const;
  return { ...watch, record: await writeRunRecord(run.store, run.id, alone) };
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
