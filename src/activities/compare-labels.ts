import type { IterationActivities } from '../contracts/activities.ts';
import { numbersOf, type Ranges } from '../contracts/ranges.ts';
import type { ImportRef } from '../contracts/refs.ts';
import { compareLabels } from '../collect/compare/compare-labels.ts';
import { UNTOUCHED_SOURCES } from '../collect/compare/match-fates.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { allRanges } from './kept-ranges.ts';

/** Ids of the jobs that the import did not touch. */
async function leftAloneBy(store: ArtifactStore, { perJob }: ImportRef): Promise<Ranges> {
  return perJob === undefined ? [] : allRanges(store, { first: perJob.leftAloneJobs, more: perJob.leftAloneMore });
}

/** Compares what was imported, or what the masks of an observed task hold, with what was sealed, from the store alone: the same at every try. */
export function createCompareLabels({ store }: ActivityDependencies): IterationActivities['compareLabels'] {
  return durable(async ({ input, dataset, imported, seal }, { signal, report }) =>
    compareLabels({
      store,
      preannotations: dataset.preannotations,
      leftAlone: new Set(imported === undefined ? [] : numbersOf(await leftAloneBy(store, imported))),
      untouchedSources: imported === undefined ? UNTOUCHED_SOURCES.anybodys : UNTOUCHED_SOURCES.ours,
      seal: seal.artifact,
      categories: await categoriesOf(store, input),
      people: input.tellPeople,
      signal,
      onFrame: (done, total) => report({ phase: 'comparison', done, total }),
    }),
  );
}
