import type { NativeAnnotations, NativeItem } from '../cvat/native-annotations.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { ExpectedShape } from './expected-shapes.ts';
import { isNew, type JobPlan } from './job-plan.ts';
import { shapeBatches } from './shape-batches.ts';

const NOTHING: NativeAnnotations = { shapes: [], tracks: [], tags: [] };

/**
 * Writes what is planned for one job, if it still is as it was when that was planned: new, and not written to since.
 * What it holds of ours is removed by its ids and the new shapes are added; nothing is replaced as a whole.
 *
 * @returns why the job was left alone; null if it was written
 */
export async function writeJob(
  cvat: Cvat,
  { job, action, missing }: JobPlan,
  signal: AbortSignal,
): Promise<string | null> {
  const ours = action === 'rebuild' ? await cvat.nativeAnnotations(job.id, signal) : NOTHING;
  // Read last, so that nothing stands between this look and the writing.
  const now = await cvat.job(job.id, signal);
  if (!isNew(now)) return `became ${now.state} in the stage ${now.stage} meanwhile`;
  if (now.updatedAt !== job.updatedAt) return 'was written to meanwhile';
  if (ours.shapes.length > 0) await cvat.removeAnnotations(job.id, ours, signal);
  for (const batch of shapeBatches(missing)) {
    await cvat.addAnnotations(job.id, { ...NOTHING, shapes: batch.map(nativeShape) }, signal);
  }
  return null;
}

/** A shape as CVAT's own importer would store it. */
function nativeShape({ frame, labelId, type, points }: ExpectedShape): NativeItem {
  return {
    type,
    frame,
    label_id: labelId,
    points,
    source: 'auto',
    group: 0,
    z_order: 0,
    rotation: 0,
    occluded: false,
    outside: false,
    attributes: [],
    elements: [],
  };
}
