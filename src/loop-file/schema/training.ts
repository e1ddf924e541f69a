import { z } from 'zod';
import { GATE_POLICIES } from '../../contracts/gate.ts';
import { parseTrainingWindow } from '../../notation/training-window.ts';
import { choice, contradiction, number, text, wholeNumber, written } from './fields.ts';

/** Stands for ground truth jobs of CVAT; a file of this name is `./ground-truth`. */
export const GROUND_TRUTH = 'ground-truth';

const heldOutProblem = 'must be a share from 0 to 0.9, a file with the name of a frame a line, or ground-truth';
const dice = (description: string) => number(0, 1, description);

const EXCLUSIVE = 'and heldOutImages, heldOutTask, heldOutFrames exclude each other: name one';
const WAYS = ['heldOut', 'heldOutImages', 'heldOutTask', 'heldOutFrames'] as const;

/** In how many ways it is said what is held out. */
function waysOf(training: Readonly<Partial<Record<(typeof WAYS)[number], unknown>>>): number {
  const isItsTask = training.heldOut === GROUND_TRUTH;
  return WAYS.filter((way) => training[way] !== undefined && !(isItsTask && way === 'heldOutTask')).length;
}

/** Section `training`: what is trained, what is held out, and which model is published. */
export const trainingSchema = z
  .strictObject({
    model: text('trainer in MONAI Label'),
    maxEpochs: wholeNumber(1, "epochs (default: the trainer's own)").optional(),
    trainWindow: written(
      parseTrainingWindow,
      'hours in which a training may begin: 20:00-06:00 Europe/Berlin (default: any)',
    ).optional(),
    gate: choice(GATE_POLICIES, 'when a new model is published (default: if-better)').optional(),
    gateFloor: z
      .union(
        [dice('of every class'), z.record(z.string().min(1), dice('of this class'))],
        'must be a number from 0 to 1, or numbers by class: { all: 0.5, grasper: 0.6 }',
      )
      .describe('least Dice of every class, or by class; all stands for those that are not named')
      .optional(),
    heldOut: z
      .union(
        [z.number(heldOutProblem).min(0, heldOutProblem).max(0.9, heldOutProblem), z.string().regex(/\S/)],
        heldOutProblem,
      )
      .describe(
        'what is measured, not trained on: a share of the frames (default: 0.2), a file with the name of a frame a line, or ground-truth: frames and labels of the ground truth job in CVAT',
      )
      .optional(),
    heldOutImages: text('instead: images of a folder, with heldOutMasks').optional(),
    heldOutMasks: text('their masks, under the same names').optional(),
    heldOutTask: text(
      'instead: all that another task of the project was sealed with; with heldOut: ground-truth its ground truth job',
    ).optional(),
    heldOutFrames: wholeNumber(
      1,
      'instead: so many frames of the pool, which people label first in a task of their own',
    ).optional(),
  })
  .refine(
    ({ heldOutImages, heldOutMasks }) => heldOutImages !== undefined || heldOutMasks === undefined,
    contradiction('heldOutMasks', 'needs heldOutImages beside it'),
  )
  .refine(
    ({ heldOutImages, heldOutMasks }) => heldOutImages === undefined || heldOutMasks !== undefined,
    contradiction('heldOutImages', 'needs heldOutMasks beside it'),
  )
  .refine((training) => waysOf(training) < 2, contradiction('heldOut', EXCLUSIVE))
  .describe('what is trained, what is held out, and which model is published');
