import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatasetWriter } from '../coco/dataset-writer.ts';
import { documentName } from '../coco/document-name.ts';
import { checkDocumentSize, MAX_DOCUMENT_BYTES } from '../coco/document-size.ts';
import { descriptionOf } from '../coco/masks-to-coco.ts';
import type { ForIteration } from '../contracts/iteration.ts';
import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ConversionPlan, PlanRef } from '../contracts/conversion-plan.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { boundedCounts } from './bounded-counts.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { finishedMasks } from './finished-masks.ts';
import { findShard } from './finished-shard.ts';
import { readShard } from './planned-shard.ts';
import { readPlan } from './read-manifest.ts';

/**
 * Shards in order become the COCO document and its copy for CVAT, both in the store under their hash. One that could not be read
 * again is refused with `DocumentTooLarge`, before it is stored or sent.
 *
 * @param maxBytes of the copy for CVAT, which is the longer one
 */
export function createAssembleDataset(
  { store }: Pick<ActivityDependencies, 'store'>,
  maxBytes = MAX_DOCUMENT_BYTES,
): IterationActivities['assembleDataset'] {
  return durable(async ({ plan, ...iteration }, running) => {
    const { task, suffix } = iteration.input;
    const outDir = await mkdtemp(join(tmpdir(), 'maskloop-convert-'));
    try {
      const name = documentName(task, suffix);
      const writer = await DatasetWriter.create({ outDir, name, preannotations: true });
      try {
        await addShards(writer, store, iteration, plan, running);
        const categories = await categoriesOf(store, iteration.input);
        await writer.seal({ categories, description: descriptionOf(task) });
        const made = await writer.publish();
        if (made.preannotationsPath === null)
          throw new MaskloopError('OutputNotWritable', 'The copy for CVAT was not written.');
        const { size } = await stat(made.preannotationsPath);
        checkDocumentSize(size, basename(made.preannotationsPath), maxBytes);
        return {
          document: await store.put(createReadStream(made.documentPath)),
          preannotations: await store.put(createReadStream(made.preannotationsPath)),
          images: made.images,
          annotations: made.annotations,
          skippedPixels: boundedCounts(made.skippedPixels),
          dropped: made.dropped,
        };
      } finally {
        await writer.discard();
      }
    } finally {
      await rm(outDir, { recursive: true, force: true });
    }
  });
}

async function addShards(
  writer: DatasetWriter,
  store: ArtifactStore,
  iteration: ForIteration,
  plan: PlanRef,
  { signal, report }: Running,
): Promise<void> {
  let done = 0;
  for (const shard of (await readPlan(store, plan.plan)).shards) {
    signal.throwIfAborted();
    await addShard(writer, store, iteration, shard, signal);
    done += shard.masks;
    report({ phase: 'document', done, total: plan.masks });
  }
}

async function addShard(
  writer: DatasetWriter,
  store: ArtifactStore,
  iteration: ForIteration,
  planned: ConversionPlan['shards'][number],
  signal: AbortSignal,
): Promise<void> {
  const { masks, name } = await readShard(store, iteration, planned);
  const finished = await findShard(store, name);
  if (finished === null) {
    throw new MaskloopError('ArtifactMissing', `The store does not hold the converted masks ${name}.`, {
      facts: { name, firstMask: masks[0]?.name ?? null },
    });
  }
  let added = 0;
  for await (const mask of finishedMasks(store, finished.lines, masks.length)) {
    signal.throwIfAborted();
    await writer.addMask(masks[added]!.name, mask);
    added += 1;
  }
}
