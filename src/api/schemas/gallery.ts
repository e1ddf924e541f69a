import { z } from 'zod';
import type { MetricPoint } from '../../contracts/training.ts';
import type { FrameRow } from '../../gallery/frame-row.ts';
import { LAYERS } from '../../gallery/frame-row.ts';
import type { ClassShape } from '../../gallery/frame-shapes.ts';
import type { TrainingCourse } from '../../gallery/training-course.ts';

const share = z.number().min(0).max(1).nullable();

/** A frame in a list. */
export const frameRow: z.ZodType<FrameRow> = z.object({
  name: z.string().describe('as CVAT has it; before the labels are sealed, as the mask was called'),
  frame: z.number().nullable().describe('number in the task, from 0'),
  width: z.number().nullable(),
  height: z.number().nullable(),
  job: z.number().nullable(),
  dice: share.describe('mean over classes of pre-annotation and final label; null where not compared'),
  iou: share.describe('the same as intersection over union'),
  changed: share.describe('pixels of another class by pixels with a class before or afterwards'),
  notCompared: z.string().nullable().describe('why not; null where it was, or nothing was'),
  deleted: z.boolean(),
  excluded: z.boolean().describe('taken out of training'),
  forgotten: z.boolean(),
  heldOut: z.boolean().nullable().describe('never trained on; null before that is known'),
  layers: z.array(z.enum(LAYERS)).readonly().describe('what can be drawn over its picture'),
});

const layer: z.ZodType<readonly ClassShape[]> = z.array(
  z.object({
    category: z.number(),
    counts: z
      .string()
      .describe("COCO's run lengths, column by column over the whole frame, packed as pycocotools does"),
    pixels: z.number(),
    box: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly().describe('x, y, width, height'),
  }),
);

/** What can be drawn over the picture of a frame. */
export const frameShapes = z.object({
  name: z.string(),
  width: z.number(),
  height: z.number(),
  classes: z.array(
    z.object({
      category: z.number(),
      name: z.string(),
      colour: z.string().describe('`#rrggbb`, as a label that maskloop adds to CVAT has it'),
    }),
  ),
  layers: z.object({
    preannotation: layer.nullable().describe('what people were given; null without any'),
    label: layer.nullable().describe('what was sealed; null before, and for a frame without label'),
    prediction: layer.nullable().describe('what the new model says of a held-out frame'),
  }),
});

const point: z.ZodType<MetricPoint> = z.object({
  at: z.string(),
  run: z
    .number()
    .describe('start of the process that trained, in seconds since 1970: after a restart epochs count anew'),
  epoch: z.number(),
  totalEpochs: z.number(),
  metric: z.number().nullable(),
  best: z.number().nullable(),
});

/** The course of a training. */
export const trainingCourse: z.ZodType<TrainingCourse> = z.object({
  run: z.string().nullable().describe('name of the run; null before a training is asked for'),
  points: z.array(point).readonly(),
});
