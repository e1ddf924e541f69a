import type { ForIteration } from '../contracts/iteration.ts';
import type { IterationActivities, Sealed } from '../contracts/activities.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { SealRef } from '../contracts/seal.ts';
import { writeSeal } from '../collect/write-seal.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { finishedJobs } from './finished-jobs.ts';
import { failureFrom } from './to-failure.ts';

/** Freezes the final annotations of all jobs of the task. */
export async function sealTask(
  { connect, store }: ActivityDependencies,
  args: ForIteration & Sealed,
  { signal, report }: Running,
): Promise<SealRef> {
  const { cvat } = connect(args.input.connection);
  const sealing = writeSeal({
    cvat,
    store,
    task: args.task,
    readJobs: () => finishedJobs({ cvat, store }, args, signal),
    people: args.input.tellPeople,
    signal,
    onJob: (done, total) => report({ phase: 'seal', done, total }),
  });
  return sealing.catch((error: unknown) => {
    // The workflow waits for quiet again; trying again here would wait in the wrong place.
    throw isMaskloopError(error, 'LabelsChanging') ? failureFrom(error, true) : error;
  });
}

/** Reads what each job holds in full and freezes it; a change meanwhile starts over, a reopened job ends it. */
export function createSealLabels(dependencies: ActivityDependencies): IterationActivities['sealLabels'] {
  return durable((args, running) => sealTask(dependencies, args, running));
}
