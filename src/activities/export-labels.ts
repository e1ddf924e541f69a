import type { IterationActivities } from '../contracts/activities.ts';
import { collectLabels } from '../collect/collect-labels.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { sealTask } from './seal-labels.ts';

/**
 * Builds label PNGs, one a frame, whose values are category ids, from what was sealed; without a seal the task is sealed
 * first.
 */
export function createExportLabels(dependencies: ActivityDependencies): IterationActivities['exportLabels'] {
  return durable(async (args, running) => {
    const { store } = dependencies;
    const categories = await categoriesOf(store, args.input);
    return collectLabels({
      store,
      seal: args.seal ?? (await sealTask(dependencies, args, running)),
      categories,
      signal: running.signal,
      onFrame: (done, total) => running.report({ phase: 'labels', done, total }),
    });
  });
}
