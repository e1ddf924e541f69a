import { setTimeout as sleep } from 'node:timers/promises';
import { MaskloopError } from '../../contracts/error.ts';
import type { TrainStats } from '../../contracts/trainer-reports.ts';
import { openMetrics, type MetricsFile } from './metrics-file.ts';
import { noteSight } from './note-sight.ts';
import { mayBeOthers } from './others-since.ts';
import type { RunContext } from './run-context.ts';
import { writeRunRecord, type RunRecord } from './run-record.ts';
import { signIn, type Sign } from './sign-of-life.ts';
import { deadAfterMs, silenceAfter, type Silence } from './silence.ts';

/** Patience with a training that nobody can stop, in milliseconds. */
export interface ForgottenPace {
  readonly lookMs: number;
  /** One that says it is through is taken for published when nothing has changed for so long. */
  readonly publishedAfterMs: number;
  /** One that lives is waited for no longer than this. */
  readonly mostMs: number;
}

/** Less than the time that a stop may take. */
export const FORGOTTEN_PACE: ForgottenPace = { lookMs: 1000, publishedAfterMs: 5000, mostMs: 5 * 3_600_000 };

/** What was heard of a run so far. */
interface Heard {
  /** The last statistics that were ours, or may have been. */
  readonly stats: TrainStats | null;
  readonly sign: Sign;
  readonly silence: Silence | null;
  /** What is known of the run; what a look adds to it stands in the store. */
  readonly record: RunRecord;
  /** Whether others may have trained the model since. */
  readonly others: boolean;
}

/** Two that train at once write over each other's statistics: ours may be there for a moment only. */
const LOOKS_BESIDE_OTHERS = 4;

/**
 * Waits until a training that its trainer has forgotten publishes nothing any more: it is through, or it is dead by the rule that
 * a watch goes by. Nobody can stop it from here: what MONAI Label kills is whatever it knows to run, which is not this one.
 *
 * @returns what is known of the run then
 * @throws MaskloopError `TrainingRunsOn` where it lives, or may, for longer than `mostMs`
 */
export async function seeForgottenEnded(
  run: RunContext,
  known: RunRecord,
  { stalledAfterMs, pace }: { readonly stalledAfterMs: number; readonly pace: ForgottenPace },
): Promise<RunRecord> {
  const since = Date.now();
  const metrics = await openMetrics(run.store, run.id, run.runName);
  let heard: Heard = { stats: null, sign: 'none', silence: null, others: false, record: known };
  for (;;) {
    heard = await listen(run, heard, { metrics, beginsWithinMs: stalledAfterMs });
    const { stats, sign, silence, record } = heard;
    const now = Date.now();
    const silentMs = now - (silence?.since ?? now);
    report(run, heard, now);
    const isThrough = sign === 'ours' && stats?.ended === true && silentMs >= pace.publishedAfterMs;
    const start = record.ownStart ?? stats?.startedAtSeconds ?? null;
    if (isThrough || silentMs >= deadAfterMs(metrics.points(), start, stalledAfterMs)) break;
    if (now - since >= pace.mostMs) throw runsOn(run, heard, pace.mostMs);
    await sleep(heard.others ? pace.lookMs / LOOKS_BESIDE_OTHERS : pace.lookMs, undefined, {
      signal: run.running.signal,
    });
  }
  await metrics.close();
  return heard.record;
}

async function listen(
  { trainer, store, id, model, maxEpochs, running: { signal } }: RunContext,
  heard: Heard,
  { metrics, beginsWithinMs }: { readonly metrics: MetricsFile; readonly beginsWithinMs: number },
): Promise<Heard> {
  const shown = await trainer.trainStats(model, signal);
  const published = await trainer.publishedModel(model, signal);
  // Read last: whoever has written or published the rest had begun by then.
  const tasks = await trainer.trainings(signal);
  const now = new Date();
  const around = { record: heard.record, tasks, maxEpochs, beginsWithinMs };
  const noted = noteSight(shown, around);
  const record = noted === heard.record ? noted : await writeRunRecord(store, id, noted);
  const others = mayBeOthers(tasks, record);
  // One that was taken for dead has a start that is not that of the last request.
  const seenStart = heard.sign === 'ours' ? (heard.stats?.startedAtSeconds ?? null) : null;
  const found = signIn(shown, { ...around, record: { ...record, ownStart: record.ownStart ?? seenStart } });
  const { stats, sign } = found === 'none' ? heard : { stats: shown, sign: found };
  if (found === 'ours' && shown !== null) await metrics.add(shown, now);
  const told = [stats?.startedAtSeconds ?? null, stats?.epoch ?? null, stats?.ended ?? null];
  const file = others ? null : (published?.checksum ?? null);
  const silence = silenceAfter(heard.silence, JSON.stringify([...told, file]), now.getTime());
  return { stats, sign, silence, record, others };
}

function report({ running }: RunContext, { stats, sign, silence }: Heard, now: number): void {
  running.report({
    phase: 'training',
    status: 'FORGOTTEN',
    epoch: stats?.epoch ?? null,
    totalEpochs: stats?.totalEpochs ?? null,
    metric: null,
    signAt: new Date(silence?.since ?? now).toISOString(),
    lost: sign === 'ours' ? 'lives on' : 'no sign yet',
  });
}

function runsOn({ runName, model }: RunContext, { stats, sign, silence }: Heard, mostMs: number): MaskloopError {
  const epoch = stats === null ? null : `epoch ${stats.epoch} of ${stats.totalEpochs}`;
  const what = sign === 'ours' && epoch !== null ? `goes on (${epoch})` : 'may go on';
  const minutes = Math.round(mostMs / 6000) / 10;
  const waited = minutes < 100 ? `${minutes} minutes` : `${Math.round(minutes / 6) / 10} hours`;
  const signAt = silence === null ? null : new Date(silence.since).toISOString();
  return new MaskloopError(
    'TrainingRunsOn',
    `Training ${runName} of model "${model}" ${what} after ${waited} of waiting, although its server has forgotten it: it can be ended only on the machine where it runs.`,
    { facts: { run: runName, model, epoch: stats?.epoch ?? null, totalEpochs: stats?.totalEpochs ?? null, signAt } },
  );
}
