import { z } from 'zod';
import { firstRanges, artifact, count, counts, time } from './refs.ts';

/** What the seal and the comparison left behind. */

export const seal = z.object({
  artifact: artifact.describe('the seal itself; its hash names it'),
  jobs: count.describe('jobs'),
  frames: count.describe('frames of the task'),
  deletedFrames: count.describe('deleted frames'),
  unfinishedFrames: count.describe('frames in jobs that nobody completed'),
  shapes: count.describe('shapes'),
  tracks: count.describe('tracks'),
  tags: count.describe('tags'),
  lastEditAt: time.describe("CVAT's time of the newest change"),
  sealedAt: time.describe('when'),
});

export const labels = z.object({
  manifest: artifact.describe('manifest of the label PNGs'),
  frames: count.describe('frames with a label PNG'),
  labelledFrames: count.describe('frames with at least one labelled pixel'),
  shapes: count.describe('shapes'),
  tags: count.describe('tags'),
  sealedAt: time.describe('when they were sealed'),
  seal: z.string().exactOptional().describe('hash of the seal that they were built from'),
  leftOut: counts.exactOptional().describe('what has no pixels of its own, by kind'),
  overlappingPixels: count.exactOptional().describe('pixels where classes lie on one another'),
});

const fates = z.object({ untouched: count, edited: count, relabelled: count, added: count, removed: count });

const corrections = {
  frames: count.describe('frames that were compared'),
  untouchedFrames: count.describe('frames without a change'),
  changedPixels: count.describe('pixels whose class changed'),
  unionPixels: count.describe('pixels with a class before or afterwards'),
  shapes: fates.describe('what became of shapes'),
};

const sums = { frames: count, untouchedFrames: count, changedPixels: count, unionPixels: count, shapes: fates };

const pixels = z.object({ both: count, before: count, after: count });

const sources = z.object({ auto: count, file: count, semiAuto: count, manual: count, other: count });

export const origins = z.union([
  z.object({
    manifest: artifact.describe('manifest of all of it'),
    frames: count.describe('frames'),
    shapes: sources.describe("shapes by CVAT's `source`"),
    asImported: firstRanges.describe('frames whose shapes are all `auto` or `file`'),
    touched: firstRanges.describe('frames with a shape that is neither'),
    classes: z
      .object({ first: z.array(z.object({ name: z.string(), shapes: sources })), total: count })
      .describe('the first classes'),
    jobs: z
      .object({ first: z.array(z.object({ job: count, frames: count, shapes: sources })), total: count })
      .describe('the first jobs'),
    people: z
      .object({
        first: z.array(z.object({ person: z.string().nullable(), frames: count, shapes: sources })),
        total: count,
      })
      .nullable()
      .describe('the first people, where they are told apart'),
  }),
  z.object({ failed: z.string().describe('why there is none: code of the failure') }),
]);

export const comparison = z.union([
  z.object({
    ...corrections,
    manifest: artifact.describe('manifest of the whole comparison'),
    notCompared: z
      .object({ deleted: count, unfinished: count, 'not imported': count, 'no pre-annotations': count })
      .describe('frames that were not compared, by reason'),
    imagesWithoutFrame: count.exactOptional().describe('images of the document that are no frame of the task'),
    meanIou: count.nullable().describe('mean IoU over the classes'),
    meanDice: count.nullable().describe('mean Dice over the classes'),
    classes: z
      .object({
        first: z.array(z.object({ category: count, name: z.string(), pixels, shapes: fates })),
        total: count,
      })
      .describe('the first classes'),
    jobs: z.object({ first: z.array(z.object({ job: count, ...sums })), total: count }).describe('the first jobs'),
    people: z
      .object({ first: z.array(z.object({ person: z.string().nullable(), ...sums })), total: count })
      .nullable()
      .describe('the first people, where they are told apart'),
    worstFrames: z
      .array(z.object({ name: z.string(), frame: count, changedPixels: count, unionPixels: count }))
      .describe('the frames that were changed most'),
  }),
  z.object({ failed: z.string().describe('why there is none: code of the failure') }),
]);

const edit = z.object({
  what: z.enum(['added', 'changed', 'removed', 'frame deleted', 'frame restored', 'job removed', 'task removed']),
  job: count.nullable(),
  frame: count.nullable(),
  shapes: z.array(count),
});

export const sealCheck = z.object({
  checkedAt: time.describe('when'),
  edits: count.describe('what was changed after the seal'),
  first: z.array(edit).describe('the first of it'),
  list: artifact.nullable().describe('all of it'),
  unchecked: z.string().nullable().describe('code of the failure that kept it from being read'),
});
