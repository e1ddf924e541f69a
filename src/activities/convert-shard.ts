import { Readable } from 'node:stream';
import type { IterationActivities } from '../contracts/activities.ts';
import type { ConvertedMask } from '../coco/converted-mask.ts';
import { masksToLines } from '../coco/mask-lines.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ConversionPlan, PlanRef } from '../contracts/conversion-plan.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { findShard, finishShard, isSound } from './finished-shard.ts';
import { maskFailure, maskFiles } from './mask-files.ts';
import { readShard, type PlannedShard } from './planned-shard.ts';
import { readPlan } from './read-manifest.ts';

/**
 * Converts the masks of one shard unless the store holds them. First the lines are stored, then the document that names
 * them: a crash in between costs the work, never its soundness.
 */
export function createConvertShard({ store, masks }: ActivityDependencies): IterationActivities['convertShard'] {
  return durable(async ({ plan, index, ...iteration }, running) => {
    const shard = await readShard(store, iteration, await shardOf(store, plan, index));
    const known = await findShard(store, shard.name);
    if (known?.masks === shard.masks.length && (await isSound(store, known.lines, running.signal))) {
      return { masks: known.masks, annotations: known.annotations, found: true };
    }
    const counts = { masks: 0, annotations: 0 };
    const batches = converted({ store, masks }, shard, iteration.input, running);
    const lines = await store.put(Readable.from(linesOf(batches, counts)));
    await finishShard(store, shard.name, { lines, ...counts });
    return { ...counts, found: false };
  });
}

async function shardOf(
  store: ArtifactStore,
  { plan }: PlanRef,
  index: number,
): Promise<ConversionPlan['shards'][number]> {
  const shard = (await readPlan(store, plan)).shards[index];
  if (shard !== undefined) return shard;
  throw new MaskloopError('ArtifactCorrupt', `${plan.uri} plans no shard ${index}.`, {
    facts: { uri: plan.uri, index },
  });
}

async function* converted(
  { store, masks }: Pick<ActivityDependencies, 'masks' | 'store'>,
  shard: PlannedShard,
  input: IterationInput,
  { signal, report }: Running,
): AsyncGenerator<readonly ConvertedMask[]> {
  const files = await maskFiles(store, input, shard.masks);
  let done = 0;
  try {
    for await (const batch of masks.convert(files, shard.reading, signal)) {
      signal.throwIfAborted();
      yield batch;
      done += batch.length;
      report({ phase: 'masks', done, total: files.length });
    }
  } catch (error) {
    throw maskFailure(error, input);
  }
}

/** The text of the masks, batch by batch; `counts` are those of what was given so far. */
async function* linesOf(
  batches: AsyncIterable<readonly ConvertedMask[]>,
  counts: { masks: number; annotations: number },
): AsyncGenerator<Uint8Array> {
  for await (const batch of batches) {
    counts.masks += batch.length;
    for (const { shapes } of batch) counts.annotations += shapes.length;
    yield masksToLines(batch);
  }
}
