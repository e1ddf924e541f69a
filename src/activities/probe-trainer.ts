import type { IterationActivities } from '../contracts/activities.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { requireTrainer } from './training-of.ts';

/**
 * Asks the trainer for its trainings, which changes nothing there.
 *
 * @throws MaskloopError `MonaiUnreachable` and the like if it does not answer, `OnHold` without asking while it is held
 */
export function createProbeTrainer({
  connect,
}: Pick<ActivityDependencies, 'connect'>): IterationActivities['probeTrainer'] {
  return durable(async ({ input }, { signal }) => {
    await requireTrainer(connect(input.connection), input.connection).trainings(signal);
  });
}
