import type { IterationActivities } from '../contracts/activities.ts';
import type { ImportRef } from '../contracts/refs.ts';
import { compareLabels } from '../collect/compare/compare-labels.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';

/** The jobs that an import which writes job by job did not touch; an import into the task as a whole leaves none. */
function jobsLeftAlone({
  perJob,
}: ImportRef & { readonly perJob?: { readonly left: readonly { readonly job: number }[] } }): ReadonlySet<number> {
  return new Set(perJob?.left.map(({ job }) => job));
}

/** Compares what was imported with what was sealed, from the store alone: the same at every try. */
export function createCompareLabels({ store }: ActivityDependencies): IterationActivities['compareLabels'] {
  return durable(async ({ input, dataset, imported, seal }, { signal, report }) =>
    compareLabels({
      store,
      preannotations: dataset.preannotations,
      leftAlone: jobsLeftAlone(imported),
      seal: seal.artifact,
      categories: await categoriesOf(store, input),
      people: input.tellPeople,
      signal,
      onFrame: (done, total) => report({ phase: 'comparison', done, total }),
    }),
  );
}
