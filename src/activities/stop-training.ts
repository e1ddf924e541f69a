import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import { DEFAULT_STALLED_AFTER_MS } from '../contracts/timing.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { BEGIN_PACE, neverBegins, type BeginPace } from './training/never-begins.ts';
import { isPassedOver, isUnderWay } from './training/own-task.ts';
import { livesAgain } from './training/revive.ts';
import { runContext, type RunContext } from './training/run-context.ts';
import { readRunRecord, writeRunRecord } from './training/run-record.ts';
import { FORGOTTEN_PACE, seeForgottenEnded, type ForgottenPace } from './training/see-forgotten-ended.ts';
import { mayRunForgotten } from './training/sign-of-life.ts';

/** How often it is looked whether a training has ended. */
export interface StopPace {
  readonly looks: number;
  readonly lookEveryMs: number;
  readonly begin: BeginPace;
  readonly forgotten?: ForgottenPace;
}

/** A training that waits behind others may take its time; a further try of the activity goes on looking. */
const STOP_PACE: StopPace = { looks: 120, lookEveryMs: 1000, begin: BEGIN_PACE };

/**
 * Stops the iteration's own training, under whichever request it runs, and sees it ended; no other is touched. One that
 * was submitted and will never run has ended already. One that its server has forgotten cannot be stopped: it is waited for until
 * it is through or dead, unless it is known from elsewhere to have ended.
 *
 * @throws MaskloopError `TrainingBusy` if it has not ended after so many looks; `TrainingRunsOn` if one that is forgotten lives on
 */
export function createStopTraining(
  { connect, store }: Pick<ActivityDependencies, 'connect' | 'store'>,
  pace: StopPace = STOP_PACE,
): IterationActivities['stopTraining'] {
  return durable(async ({ hasEnded = false, ...args }, running) => {
    const run = runContext({ connect, store }, args, running);
    const { stalledAfterMs = DEFAULT_STALLED_AFTER_MS } = args.input.timing;
    await endListed(run, pace);
    await endForgotten(run, { hasEnded, stalledAfterMs, pace: pace.forgotten ?? FORGOTTEN_PACE });
  });
}

async function endListed({ trainer, runName, running }: RunContext, pace: StopPace): Promise<void> {
  const { signal } = running;
  let told: string | null = null;
  for (let looks = 0; looks < pace.looks; looks++) {
    const tasks = await trainer.trainings(signal);
    const own = tasks.find((task) => task.name === runName && isUnderWay(task) && !isPassedOver(tasks, task));
    if (own === undefined) return;
    const answer = told === own.id ? null : await trainer.stopTraining(own.id, signal);
    if (answer === 'told') told = own.id;
    if (answer === 'waits' && (await neverBegins({ trainer, signal }, own.id, pace.begin))) return;
    await sleep(pace.lookEveryMs, undefined, { signal });
  }
  throw new MaskloopError('TrainingBusy', `Training ${runName} waits behind another one, and cannot be stopped yet.`, {
    facts: { run: runName },
  });
}

/** Sees those ended that the list does not show, and notes that nothing of the run is left: a server may forget that too. */
async function endForgotten(
  run: RunContext,
  {
    hasEnded,
    ...patience
  }: { readonly hasEnded: boolean; readonly stalledAfterMs: number; readonly pace: ForgottenPace },
): Promise<void> {
  const { trainer, store, id, model, maxEpochs, runName, running } = run;
  const record = await readRunRecord(store, id, runName);
  if (record === null) return;
  const tasks = await trainer.trainings(running.signal);
  const shown = record.lost.length === 0 ? null : await trainer.trainStats(model, running.signal);
  const mayRun = (!hasEnded && mayRunForgotten(tasks, record)) || livesAgain(record, shown, maxEpochs) !== null;
  const last = mayRun ? await seeForgottenEnded(run, record, patience) : record;
  if (last.request !== 'refused') await writeRunRecord(store, id, { ...last, request: 'refused' });
}
