import { z } from 'zod';
import { batchSchema } from './batch.ts';
import { cvatSchema } from './cvat.ts';
import { choice, text } from './fields.ts';
import { masksSchema } from './masks.ts';
import { notifySchema } from './notify.ts';
import { patienceSchema } from './patience.ts';
import { poolSchema } from './pool.ts';
import { stopSchema } from './stop.ts';
import { trainingSchema } from './training.ts';
import { groupProblem } from './group-problem.ts';

/** Stands for the labels of the CVAT project; a file of this name is `./cvat`. */
export const FROM_CVAT = 'cvat';

/** Where the number of an iteration stands in the names of tasks. */
export const NUMBER_PLACE = '{n}';

/** Rules over several iterations compare values of the same frames, which a share of each never has. */
const NEEDS_SAME = {
  message:
    'needs frames on which all iterations are measured, and a share holds out others each time: set training.heldOutFrames, heldOutTask or heldOutImages',
};

/** Whether each iteration holds out a share of its own frames. */
function isShare({ heldOut, heldOutFrames, heldOutImages, heldOutTask }: z.output<typeof trainingSchema>): boolean {
  const isNamed = [heldOutFrames, heldOutImages, heldOutTask].some((way) => way !== undefined);
  return !isNamed && typeof heldOut !== 'string';
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
  .refine((file) => file.stop.plateau === undefined || !isShare(file.training), {
    ...NEEDS_SAME,
    path: ['stop', 'plateau'],
  })
  .refine((file) => file.stop.target === undefined || !isShare(file.training), {
    ...NEEDS_SAME,
    path: ['stop', 'target'],
  })
  .describe('what a loop of maskloop does; it holds no secret');

/** What a file says, complete with defaults; durations in milliseconds. Paths are as they stand there. */
export type LoopFile = z.output<typeof loopFileSchema>;
