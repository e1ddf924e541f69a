import type { IterationActivities } from '../contracts/activities.ts';
import { isMaskloopError } from '../contracts/error.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { modelTable } from './model-table.ts';
import { requireNoOtherFeed } from './training-set/other-feed.ts';
import { requireTrainer, trainingOf } from './training-of.ts';

/**
 * Looks, before people begin, whether the model exists and knows every class: a misspelt name would otherwise come out
 * weeks later. A server that is away keeps nobody from annotating; it is asked again when its turn comes.
 */
export function createCheckModel({ connect, store }: ActivityDependencies): IterationActivities['checkModel'] {
  return durable(async ({ input }, { signal }) => {
    const trainer = requireTrainer(connect(input.connection), input.connection);
    try {
      await requireNoOtherFeed(trainer, signal);
      await modelTable(trainer, await categoriesOf(store, input), trainingOf(input).model, signal);
      return { checked: true };
    } catch (error) {
      if (isMaskloopError(error, 'MonaiUnreachable')) return { checked: false };
      throw error;
    }
  });
}
