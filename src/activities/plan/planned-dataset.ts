import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { CocoDocument } from '../../coco/coco.ts';
import { checkDocumentSize } from '../../coco/document-size.ts';
import { filesToCoco } from '../../coco/masks-to-coco.ts';
import { parseCocoDocument } from '../../coco/parse-document.ts';
import type { Category } from '../../contracts/categories.ts';
import { MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { IterationPlan } from '../../contracts/plan.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { Running } from '../durable.ts';
import { maskFailure, maskFiles } from '../mask-files.ts';
import { maskFolder } from '../mask-folder.ts';
import { masksOfFolder } from '../planned-masks.ts';

/** The document that an iteration would send, and its size in bytes. */
export interface PlannedDataset {
  readonly document: CocoDocument;
  readonly bytes: number;
}

/**
 * Converts the masks as an iteration would, into a folder that is removed again; the store stays as it is. Null where
 * there are none.
 *
 * @throws MaskloopError what a conversion throws, `InputChanged`, and `DocumentTooLarge`
 */
export async function plannedDataset(
  { masks, store }: Pick<ActivityDependencies, 'masks' | 'store'>,
  input: IterationInput,
  categories: readonly Category[],
  running: Running,
): Promise<PlannedDataset | null> {
  if (input.masks === null && input.compareWith === undefined) return null;
  const { signal, report } = running;
  const planned = [...(await masksOfFolder(store, maskFolder(input), running)).masks];
  const outDir = await mkdtemp(join(tmpdir(), 'maskloop-plan-'));
  try {
    const made = await filesToCoco({
      names: planned.map(({ name }) => name),
      files: await maskFiles(store, input, planned),
      task: input.task,
      suffix: input.suffix,
      categories,
      rules: input.conversion.rules,
      outDir,
      preannotations: true,
      batches: masks,
      signal,
      onProgress: ({ done, total }) => report({ phase: 'masks', done, total }),
    });
    const path = made.preannotationsPath;
    if (path === null) throw new MaskloopError('OutputNotWritable', 'The copy for CVAT was not written.');
    const { size } = await stat(path);
    checkDocumentSize(size, basename(path));
    return { document: parseCocoDocument(await readFile(path), path), bytes: size };
  } catch (error) {
    throw maskFailure(error, input);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

/** Its counts. */
export function datasetCounts({ document, bytes }: PlannedDataset): IterationPlan['dataset'] {
  const { images, annotations } = document;
  const painted = new Set(annotations.map(({ image_id }) => image_id));
  const emptyMasks = images.filter(({ id }) => !painted.has(id)).length;
  return { masks: images.length, emptyMasks, shapes: annotations.length, bytes };
}
