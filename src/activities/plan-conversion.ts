import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ConversionPlan, PlannedMask } from '../contracts/conversion-plan.ts';
import { requireMasks } from '../coco/list-masks.ts';
import type { FolderHashes } from '../storage/folder-digest.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { folderPath, maskFolder, verifyHashes } from './in-place.ts';
import { shardSize } from './shard-size.ts';

/** Files hashed between two reports. */
const FILES_PER_REPORT = 50;

/**
 * Hashes the masks once, which tells whether they are those of the start, and writes down what each shard holds. The same
 * masks give the same plan.
 */
export function createPlanConversion({ store }: ActivityDependencies): IterationActivities['planConversion'] {
  return durable(async ({ input }, { signal, report }) => {
    const { masks: names } = await requireMasks(folderPath(maskFolder(input)));
    const hashes = await verifyHashes(maskFolder(input), {
      signal,
      onProgress: ({ done, total }) => {
        if (done % FILES_PER_REPORT === 0 || done === total) report({ phase: 'hashes', done, total });
      },
    });
    const planned = plannedMasks(names, hashes);
    const size = shardSize(names.length, input.conversion.shardSize);
    const shards: { list: ConversionPlan['shards'][number]['list']; masks: number }[] = [];
    for (let begin = 0; begin < names.length; begin += size) {
      signal.throwIfAborted();
      const lines = take(planned, Math.min(size, names.length - begin)).map((mask) => `${JSON.stringify(mask)}\n`);
      shards.push({ list: await store.put(Buffer.from(lines.join(''))), masks: lines.length });
    }
    const plan: ConversionPlan = { shards };
    return {
      plan: await store.put(Buffer.from(`${JSON.stringify(plan, null, 2)}\n`)),
      shards: shards.length,
      masks: names.length,
    };
  });
}

/** Each mask with its hash. A folder may hold other files besides; both lists are in the same order. */
function* plannedMasks(masks: readonly string[], { ref, names, hashAt }: FolderHashes): Generator<PlannedMask> {
  let at = 0;
  for (const name of masks) {
    while (at < names.length && names[at] !== name) at += 1;
    if (at === names.length) {
      throw new MaskloopError('InputChanged', `${name} was there when the masks were listed, but not afterwards.`, {
        facts: { folder: ref.uri, file: name },
      });
    }
    yield { name, sha256: hashAt(at) };
  }
}

function take<T>(items: Iterator<T>, count: number): T[] {
  return Array.from({ length: count }, () => items.next()).flatMap(({ done, value }) => (done === true ? [] : [value]));
}
