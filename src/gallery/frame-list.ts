import type { IterationResults } from '../contracts/iteration.ts';
import type { FramePlace } from '../contracts/withdrawal.ts';
import { dice, iou } from '../coco/compare.ts';
import type { FrameRow, LayerName } from './frame-row.ts';
import type { ComparedFrames, Manifests } from './manifests.ts';
import { withdrawnFrames } from './withdrawn-frames.ts';

/** Whose frames. */
export interface FramesOf {
  readonly place: FramePlace;
  readonly results: Omit<IterationResults, 'receipt'>;
}

/** Frames, and what is known of them. */
export interface FrameList {
  /** `labels`: those of the sealed labels; `masks`: before that, those that masks were converted for; `nothing`: before that. */
  readonly from: 'labels' | 'masks' | 'nothing';
  readonly rows: readonly FrameRow[];
}

interface Listed {
  readonly name: string;
  readonly frame: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly deleted: boolean;
  readonly hasLabel: boolean;
}

/**
 * All frames of an iteration, with what it has found out about them so far.
 *
 * @throws MaskloopError `ArtifactCorrupt`, `ArtifactMissing`, `StoreUnreachable`, `InvalidDataset`
 */
export async function listFrames(manifests: Manifests, { place, results }: FramesOf): Promise<FrameList> {
  const { from, listed } = await framesKnown(manifests, results);
  const { excluded, forgotten } = await withdrawnFrames(manifests.store, place);
  const compared = await comparedFrames(manifests, results);
  const parts = results.submission === undefined ? null : await manifests.submission(results.submission.manifest);
  const partOf = new Map(parts?.frames.map(({ name, part }) => [name, part]));
  const predicted = results.evaluation === undefined ? null : await manifests.evaluation(results.evaluation.manifest);
  const predictions = new Set(predicted?.frames.map(({ name }) => name));
  const rows = listed.map(({ hasLabel, ...frame }): FrameRow => {
    const { name, deleted } = frame;
    const layers: LayerName[] = [];
    // The comparison knows which frames had one; before there is any, all that masks were converted for.
    if (from === 'masks' || compared.had(name)) layers.push('preannotation');
    if (hasLabel) layers.push('label');
    if (predictions.has(name)) layers.push('prediction');
    return {
      ...frame,
      ...compared.of(name),
      deleted: deleted || compared.of(name).notCompared === 'deleted',
      excluded: excluded.has(name),
      forgotten: forgotten.has(name),
      heldOut: parts === null ? null : partOf.get(name) === 'heldOut',
      layers: forgotten.has(name) ? [] : layers,
    };
  });
  return { from, rows };
}

async function framesKnown(
  manifests: Manifests,
  { labels, dataset }: FramesOf['results'],
): Promise<{ readonly from: FrameList['from']; readonly listed: readonly Listed[] }> {
  if (labels !== undefined) {
    const { frames, withoutLabel = [] } = await manifests.labels(labels.manifest);
    const listed = [
      ...frames.map(({ name, frame, width, height }) => {
        return { name, frame, width, height, deleted: false, hasLabel: true };
      }),
      ...withoutLabel.map(({ name, frame, why }) => {
        return { name, frame, width: null, height: null, deleted: why === 'deleted', hasLabel: false };
      }),
    ];
    return { from: 'labels', listed };
  }
  if (dataset === undefined || dataset === null) return { from: 'nothing', listed: [] };
  const { images } = await manifests.preannotations(dataset.preannotations);
  const listed = images.map(({ file_name, width, height }) => {
    return { name: file_name, frame: null, width, height, deleted: false, hasLabel: false };
  });
  return { from: 'masks', listed };
}

type Agreement = Pick<FrameRow, 'job' | 'dice' | 'iou' | 'changed' | 'notCompared'>;

const NOTHING: Agreement = { job: null, dice: null, iou: null, changed: null, notCompared: null };

async function comparedFrames(manifests: Manifests, { comparison, dataset }: FramesOf['results']) {
  const found: ComparedFrames =
    comparison === undefined || 'failed' in comparison
      ? { frames: [], notCompared: [] }
      : await manifests.comparison(comparison.manifest);
  const agreements = new Map<string, Agreement>([
    ...found.notCompared.map(({ name, why }) => [name, { ...NOTHING, notCompared: why }] as const),
    ...found.frames.map((frame) => [frame.name, agreementOf(frame)] as const),
  ]);
  const names = new Set(found.frames.map(({ name }) => name));
  return {
    of: (name: string): Agreement => agreements.get(name) ?? NOTHING,
    had: (name: string): boolean => dataset !== undefined && dataset !== null && names.has(name),
  };
}

function agreementOf({ job, changedPixels, unionPixels, classes }: ComparedFrames['frames'][number]): Agreement {
  const overlaps = classes.map(({ pixels: { both, before, after } }) => ({ both, a: before, b: after }));
  return {
    job,
    dice: mean(overlaps.map(dice)),
    iou: mean(overlaps.map(iou)),
    changed: changedPixels / Math.max(1, unionPixels),
    notCompared: null,
  };
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
