import { overlapByClass } from '../coco/compare.ts';
import { readMask } from '../coco/read-mask.ts';
import type { EvaluationManifest } from '../contracts/manifests.ts';
import { sumCounts, type ClassCounts } from '../gate/class-counts.ts';
import type { ArtifactStore } from '../storage/store.ts';

/**
 * Counts labels and predictions by class, the frames of a group together.
 *
 * @throws MaskloopError `FrameSizeMismatch` where a prediction has another size than its label; what the store throws
 */
export async function countGroups(
  store: ArtifactStore,
  { frames }: Pick<EvaluationManifest, 'frames'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ClassCounts>> {
  const groups = new Map<string, ClassCounts>();
  for (const { name, group = name, label, prediction } of frames) {
    signal.throwIfAborted();
    const wanted = readMask(await store.get(label), name);
    const got = readMask(await store.get(prediction), `prediction of ${name}`);
    groups.set(group, sumCounts([groups.get(group) ?? new Map(), overlapByClass(wanted, got)]));
  }
  return groups;
}
