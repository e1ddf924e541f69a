import type { PredictOptions } from '../contracts/prediction.ts';
import { UsageError } from './exit-codes.ts';
import type { StartFlags } from './start-flags.ts';

type Given = Readonly<Record<string, unknown>>;

/** What would put something into CVAT, which is only observed. */
function withAsIs(flags: StartFlags): Given {
  const { createProject, segmentSize, suffix, syncLabels, assign, shareFiles } = flags;
  const { overwrite, onlyNewJobs, rebuild, review, reassignTo } = flags;
  return {
    '--create-project': createProject,
    '--segment-size': segmentSize,
    '--suffix': suffix === '' ? undefined : suffix,
    '--sync-labels': syncLabels,
    '--assign': assign,
    '--share-files': shareFiles,
    '--overwrite': overwrite,
    '--only-new-jobs': onlyNewJobs,
    '--rebuild': rebuild,
    '--review': review,
    '--reassign-to': reassignTo,
  };
}

/** What tells how pixels of masks are read; predicted ones hold category ids. */
function readingMasks({ map, ignore, labelMap, unknown }: StartFlags): Given {
  return {
    '--map': map,
    '--ignore': ignore,
    '--label-map': labelMap,
    '--unknown skip': unknown === 'skip' ? true : undefined,
  };
}

/** What tells of an import, where nothing is imported. */
function withFromScratch(flags: StartFlags): Given {
  const { masks, predict, overwrite, onlyNewJobs, rebuild, suffix } = flags;
  return {
    '--masks': masks,
    '--predict': predict,
    '--suffix': suffix === '' ? undefined : suffix,
    '--overwrite': overwrite,
    '--only-new-jobs': onlyNewJobs,
    '--rebuild': rebuild,
    ...readingMasks(flags),
  };
}

function refuse(given: Given, beside: string): void {
  for (const [flag, value] of Object.entries(given)) {
    if (value !== undefined) throw new UsageError(`${flag} has no meaning with ${beside}.`);
  }
}

/**
 * The folder of the masks, and whether they are imported or, where the task is observed as it is, only compared with. Neither
 * where masks are predicted, or people begin without any.
 *
 * @throws UsageError where it is not said what is imported, and for flags that have no meaning beside what is
 */
export function maskFolderOf(flags: StartFlags): {
  readonly imported: string | null;
  readonly compared: string | null;
} {
  const { asIs, masks, predict, fromScratch } = flags;
  if (asIs === true) {
    refuse({ '--predict': predict, '--from-scratch': fromScratch, ...withAsIs(flags) }, '--as-is');
    return { imported: null, compared: masks ?? null };
  }
  if (fromScratch === true) {
    refuse(withFromScratch(flags), '--from-scratch');
    return { imported: null, compared: null };
  }
  if (predict !== undefined) {
    refuse({ '--masks': masks, ...readingMasks(flags) }, '--predict');
    return { imported: null, compared: null };
  }
  if (masks !== undefined) return { imported: masks, compared: null };
  throw new UsageError(
    'Pass --masks DIR, --predict to have masks predicted, --from-scratch for none, or --as-is to take the task as it is.',
  );
}

/**
 * The model that predicts: the one that is named, else the one that is trained. Null where none is to.
 *
 * @throws UsageError where no model is named
 */
export function predictOf({ predict, model }: StartFlags): PredictOptions | null {
  if (predict === undefined) return null;
  const name = predict === true ? model : predict;
  if (name !== undefined) return { model: name };
  throw new UsageError('Pass --predict MODEL: with --no-train nothing else names it.');
}
