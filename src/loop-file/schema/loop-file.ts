import { z } from 'zod';
import { batchSchema } from './batch.ts';
import { cvatSchema } from './cvat.ts';
import { choice, text } from './fields.ts';
import { masksSchema } from './masks.ts';
import { notifySchema } from './notify.ts';
import { patienceSchema } from './patience.ts';
import { poolSchema } from './pool.ts';
import { stopSchema } from './stop.ts';
import { GROUND_TRUTH, trainingSchema } from './training.ts';
import { groupProblem } from './group-problem.ts';

/** Stands for the labels of the CVAT project; a file of this name is `./cvat`. */
export const FROM_CVAT = 'cvat';

/** Where the number of an iteration stands in the names of tasks. */
export const NUMBER_PLACE = '{n}';

/**
 * Why rules over several iterations could judge nothing: they compare values of the same frames. Null where all iterations are
 * measured on these.
 */
function withoutSameFrames({ training }: { readonly training: z.output<typeof trainingSchema> }): string | null {
  const { heldOut, heldOutFrames, heldOutImages, heldOutTask } = training;
  const isNamed = [heldOutFrames, heldOutImages, heldOutTask].some((way) => way !== undefined);
  if (isNamed) return null;
  const needed = 'needs frames on which all iterations are measured, and';
  if (heldOut === GROUND_TRUTH) {
    return `${needed} each task has a ground truth job of its own: name the task with the job for all of them by training.heldOutTask, or set heldOutFrames or heldOutImages instead of ground-truth`;
  }
  if (typeof heldOut === 'string') return null;
  return `${needed} a share holds out others each time: set training.heldOutFrames, heldOutTask or heldOutImages`;
}

/** `maskloop.yaml`: what a loop does. Words are those of the flags of `start`. */
export const loopFileSchema = z
  .strictObject({
    name: text('name of the loop'),
    connection: text('CVAT and MONAI Label to work with; see MASKLOOP_CONNECTIONS').default('default'),
    project: text('project in CVAT'),
    taskName: text('names of the tasks, with {n} for the number')
      .refine((name) => name.split(NUMBER_PLACE).length === 2, 'must hold {n} once, in quotes: "Iteration_{n}"')
      .default('Iteration_{n}'),
    existingTasks: choice(
      ['adopt', 'skip'],
      'tasks of such names that the loop has not made: adopt them as iterations, or skip their numbers',
    ).default('adopt'),
    categories: text(
      "COCO's list of categories, a file: the values that the masks hold; or cvat, for the labels of the project from 1 on",
    ),
    group: text('frames that are never split: folder, or a pattern with one capturing group over the name')
      .superRefine((group, context) => {
        const message = groupProblem(group);
        if (message !== null) context.addIssue({ code: 'custom', message });
      })
      .optional(),
    pace: choice(['continuous', 'schedule'], 'schedule: an iteration begins when it is asked for').default(
      'continuous',
    ),
    pool: poolSchema,
    batch: batchSchema,
    masks: masksSchema.prefault({}),
    cvat: cvatSchema.prefault({}),
    training: trainingSchema,
    stop: stopSchema.prefault({}),
    notify: notifySchema.optional(),
    patience: patienceSchema.prefault({}),
  })
  .superRefine((file, context) => {
    const message = withoutSameFrames(file);
    if (message === null) return;
    for (const rule of ['plateau', 'target'] as const) {
      if (file.stop[rule] !== undefined) context.addIssue({ code: 'custom', message, path: ['stop', rule] });
    }
  })
  .describe('what a loop of maskloop does; it holds no secret');

/** What a file says, complete with defaults; durations in milliseconds. Paths are as they stand there. */
export type LoopFile = z.output<typeof loopFileSchema>;
