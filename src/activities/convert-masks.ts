import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { masksToCoco } from '../coco/masks-to-coco.ts';
import { DEFAULT_RULES } from '../contracts/conversion.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { IterationActivities } from '../contracts/activities.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { folderPath, verifyFolder } from './in-place.ts';

/** More undeclared values than these are counted together; a history holds no table of 65,535 values. */
const MAX_SKIPPED_VALUES = 20;

function boundedCounts(counts: Readonly<Record<string, number>>): Record<string, number> {
  const entries = Object.entries(counts);
  const rest = entries.slice(MAX_SKIPPED_VALUES).reduce((sum, [, pixels]) => sum + pixels, 0);
  const shown = entries.slice(0, MAX_SKIPPED_VALUES);
  return Object.fromEntries(rest > 0 ? [...shown, ['other', rest]] : shown);
}

/** Masks become the COCO document and its copy for CVAT, both in the store under their hash. */
export function createConvertMasks({ store, masks }: ActivityDependencies): IterationActivities['convertMasks'] {
  return durable(async ({ input }, { signal, report }) => {
    const categories = await categoriesOf(store, input);
    const maskDir = folderPath(input.masks);
    const outDir = await mkdtemp(join(tmpdir(), 'maskloop-convert-'));
    try {
      const made = await masksToCoco({
        maskDir,
        task: input.task,
        suffix: input.suffix,
        categories,
        rules: { ...DEFAULT_RULES, unknown: input.unknown },
        outDir,
        preannotations: true,
        batches: masks,
        signal,
        onProgress: ({ done, total }) => report({ phase: 'masks', done, total }),
      });
      // Checked last: whatever was read while somebody changed the folder is not what the receipt would name.
      await verifyFolder(input.masks, signal);
      if (made.preannotationsPath === null)
        throw new MaskloopError('OutputNotWritable', 'The copy for CVAT was not written.');
      return {
        document: await store.put(createReadStream(made.documentPath)),
        preannotations: await store.put(createReadStream(made.preannotationsPath)),
        images: made.images,
        annotations: made.annotations,
        skippedPixels: boundedCounts(made.skippedPixels),
      };
    } finally {
      await rm(outDir, { recursive: true, force: true });
    }
  });
}
