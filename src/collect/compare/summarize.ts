import { dice, iou } from '../../coco/compare.ts';
import type {
  ClassCorrections,
  ComparisonManifest,
  ComparisonRef,
  FrameCorrections,
  NotCompared,
} from '../../contracts/comparison.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import { excerpt, shortened } from './excerpt.ts';

/** What an excerpt may take as JSON, so that the whole stays far below what Temporal may carry. */
const EXCERPT_BYTES = { classes: 2000, jobs: 900, people: 900, worstFrames: 600 } as const;

function mean(values: readonly (number | null)[]): number | null {
  const present = values.filter((value) => value !== null);
  return present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0) / present.length;
}

/** The pixels of a class as its measures take them. */
function overlapOf({ pixels }: ClassCorrections): { both: number; a: number; b: number } {
  return { both: pixels.both, a: pixels.before, b: pixels.after };
}

function wrongPixels({ pixels }: ClassCorrections): number {
  return pixels.before + pixels.after - 2 * pixels.both;
}

function changedMost(a: { readonly changedPixels: number }, b: { readonly changedPixels: number }): number {
  return b.changedPixels - a.changedPixels;
}

function share({ changedPixels, unionPixels }: FrameCorrections): number {
  return changedPixels / unionPixels;
}

/** Frames with changes, those first of which the largest share changed, then those with more changed pixels. */
function worst(frames: readonly FrameCorrections[]): ComparisonRef['worstFrames'] {
  const ordered = frames
    .filter(({ changedPixels }) => changedPixels > 0)
    .toSorted((a, b) => share(b) - share(a) || changedMost(a, b) || a.frame - b.frame)
    .slice(0, 5)
    .map(({ name, frame, changedPixels, unionPixels }) => ({
      name: shortened(name),
      frame,
      changedPixels,
      unionPixels,
    }));
  return excerpt(ordered, EXCERPT_BYTES.worstFrames).first;
}

/** What of a comparison travels with the iteration: sums, and the first of each list. */
export function summarize(manifest: ComparisonManifest, ref: ArtifactRef): ComparisonRef {
  const { total, classes, jobs, people, frames, imagesWithoutFrame } = manifest;
  const notCompared: Record<NotCompared, number> = {
    deleted: 0,
    unfinished: 0,
    'not imported': 0,
    'no pre-annotations': 0,
  };
  for (const { why } of manifest.notCompared) notCompared[why] += 1;
  const occurring = classes.filter(({ pixels, shapes }) => {
    return pixels.before + pixels.after + shapes.added + shapes.removed + shapes.edited + shapes.untouched > 0;
  });
  const named = occurring.map((one) => ({ ...one, name: shortened(one.name) }));
  const persons = people?.map((one) => ({ ...one, person: one.person === null ? null : shortened(one.person) }));
  return {
    manifest: ref,
    ...total,
    notCompared,
    ...(imagesWithoutFrame === undefined ? {} : { imagesWithoutFrame: imagesWithoutFrame.length }),
    meanIou: mean(classes.map((one) => iou(overlapOf(one)))),
    meanDice: mean(classes.map((one) => dice(overlapOf(one)))),
    classes: excerpt(
      named.toSorted((a, b) => wrongPixels(b) - wrongPixels(a) || a.category - b.category),
      EXCERPT_BYTES.classes,
    ),
    jobs: excerpt(jobs.toSorted(changedMost), EXCERPT_BYTES.jobs),
    people: persons === undefined ? null : excerpt(persons.toSorted(changedMost), EXCERPT_BYTES.people),
    worstFrames: worst(frames),
  };
}
