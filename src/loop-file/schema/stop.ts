import { z } from 'zod';
import { STOP_ACTIONS } from '../../contracts/stop-rules.ts';
import { choice, duration, number, share, wholeNumber } from './fields.ts';

const action = choice(STOP_ACTIONS, 'what becomes of the loop: stop, ask a person, or only note it');

const plateau = z
  .strictObject({
    iterations: wholeNumber(3, 'over how many of the last iterations').default(4),
    minSlope: number(0, 1, 'least rise of the held-out Dice an iteration').default(0.002),
    action: action.default('ask'),
  })
  .describe('the held-out Dice does not rise any more');
const target = z
  .strictObject({ dice: share('held-out Dice that is enough'), action: action.default('ask') })
  .describe('the held-out Dice is high enough');
const corrections = z
  .strictObject({
    below: share('share of the pre-annotated pixels that people changed'),
    action: action.default('ask'),
  })
  .describe('people correct hardly anything any more');
const budget = z
  .strictObject({
    frames: wholeNumber(1, 'frames with sealed labels').optional(),
    iterations: wholeNumber(1, 'iterations').optional(),
    time: duration('time since the start of the loop').optional(),
    action: action.default('stop'),
  })
  .refine(
    ({ frames, iterations, time }) => [frames, iterations, time].some((limit) => limit !== undefined),
    'must name frames, iterations or time',
  )
  .describe('frames, iterations or time are used up');
const emptyPool = z.strictObject({ action: action.default('stop') }).describe('nothing is left to choose');

/** Section `stop`: when more labels no longer help. */
export const stopSchema = z
  .strictObject({
    plateau: plateau.optional(),
    target: target.optional(),
    corrections: corrections.optional(),
    budget: budget.optional(),
    emptyPool: emptyPool.optional(),
  })
  .describe('when more labels no longer help; a loop always ends when nothing is left to choose');
