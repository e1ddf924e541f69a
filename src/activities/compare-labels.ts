import type { IterationActivities } from '../contracts/activities.ts';
import { compareLabels } from '../collect/compare/compare-labels.ts';
import { numbersOf } from '../waiting/ranges.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';

/** Compares what was imported with what was sealed, from the store alone: the same at every try. */
export function createCompareLabels({ store }: ActivityDependencies): IterationActivities['compareLabels'] {
  return durable(async ({ input, dataset, imported, seal }, { signal, report }) =>
    compareLabels({
      store,
      preannotations: dataset.preannotations,
      leftAlone: new Set(numbersOf(imported.perJob?.leftAloneJobs ?? [])),
      seal: seal.artifact,
      categories: await categoriesOf(store, input),
      people: input.tellPeople,
      signal,
      onFrame: (done, total) => report({ phase: 'comparison', done, total }),
    }),
  );
}
