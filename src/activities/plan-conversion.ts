import type { IterationActivities } from '../contracts/activities.ts';
import type { ConversionPlan } from '../contracts/conversion-plan.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { maskFolder } from './mask-folder.ts';
import { masksOfFolder, masksOfPredictions } from './planned-masks.ts';
import { shardSize } from './shard-size.ts';

/**
 * Hashes the masks once, which tells whether they are those of the start, and writes down what each shard holds. The same
 * masks give the same plan.
 */
export function createPlanConversion({ store }: ActivityDependencies): IterationActivities['planConversion'] {
  return durable(async ({ input, predictions }, running) => {
    const { count, masks } = await (predictions === undefined
      ? masksOfFolder(store, maskFolder(input), running)
      : masksOfPredictions(store, predictions));
    const size = shardSize(count, input.conversion.shardSize);
    const shards: { list: ConversionPlan['shards'][number]['list']; masks: number }[] = [];
    for (let begin = 0; begin < count; begin += size) {
      running.signal.throwIfAborted();
      const lines = take(masks, Math.min(size, count - begin)).map((mask) => `${JSON.stringify(mask)}\n`);
      shards.push({ list: await store.put(Buffer.from(lines.join(''))), masks: lines.length });
    }
    const plan: ConversionPlan = { shards };
    return {
      plan: await store.put(Buffer.from(`${JSON.stringify(plan, null, 2)}\n`)),
      shards: shards.length,
      masks: count,
    };
  });
}

function take<T>(items: Iterator<T>, count: number): T[] {
  return Array.from({ length: count }, () => items.next()).flatMap(({ done, value }) => (done === true ? [] : [value]));
}
