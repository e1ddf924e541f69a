import type { IterationActivities } from '../contracts/activities.ts';
import { countOrigins } from '../collect/compare/count-origins.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';

/** Counts where the sealed shapes come from, from the store alone: the same at every try. */
export function createCountOrigins({
  store,
}: Pick<ActivityDependencies, 'store'>): IterationActivities['countOrigins'] {
  return durable(async ({ input, seal }, { signal, report }) =>
    countOrigins({
      store,
      seal: seal.artifact,
      people: input.tellPeople,
      signal,
      onFrame: (done, total) => report({ phase: 'origins', done, total }),
    }),
  );
}
