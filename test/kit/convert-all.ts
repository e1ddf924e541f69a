import type { ForIteration } from '../../src/contracts/iteration.ts';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import type { DatasetRef } from '../../src/contracts/refs.ts';

/** Does what the workflow does in the step convert, one shard after the other. */
export async function convertAll(
  activities: Pick<IterationActivities, 'planConversion' | 'convertShard' | 'assembleDataset'>,
  iteration: ForIteration,
): Promise<DatasetRef> {
  const plan = await activities.planConversion(iteration);
  for (let index = 0; index < plan.shards; index += 1) await activities.convertShard({ ...iteration, plan, index });
  return activities.assembleDataset({ ...iteration, plan });
}
