import { createActivities } from '../../../src/activities/create-activities.ts';
import type { Connection } from '../../../src/activities/dependencies.ts';
import { inThisThread } from '../../../src/coco/mask-batches.ts';
import type { IterationActivities } from '../../../src/contracts/activities.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { quietEnvironment } from '../../kit/activity-site.ts';

/** All activities over one connection, each as a worker would run it but for Temporal. */
export function workerOver(connection: Connection, store: ArtifactStore): IterationActivities {
  const activities = createActivities({
    connect: () => connection,
    store,
    masks: inThisThread,
    installation: null,
    version: 'contract',
  });
  const run = (work: (args: never) => Promise<unknown>) => async (args: unknown) =>
    quietEnvironment().run(work as (given: unknown) => Promise<unknown>, args);
  const entries = Object.entries(activities).map(([name, work]) => [
    name,
    run(work as (args: never) => Promise<unknown>),
  ]);
  return Object.fromEntries(entries) as IterationActivities;
}
