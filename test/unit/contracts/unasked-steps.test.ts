import { describe, expect, it } from '@jest/globals';
import { unaskedSteps } from '../../../src/contracts/unasked-steps.ts';
import type { IterationInput } from '../../../src/contracts/iteration.ts';

const folder = {} as NonNullable<IterationInput['masks']>;
const training = {} as NonNullable<IterationInput['training']>;
const predicted = {} as NonNullable<IterationInput['predict']>;

describe('the steps that an iteration was never asked for', () => {
  it.each([
    ['masks and a training', { masks: folder, training }, ['predict']],
    ['masks without a training', { masks: folder, training: null }, ['predict', 'train', 'evaluate']],
    ['predicted masks', { masks: null, predict: predicted, training }, []],
    ['no masks, so that people begin without', { masks: null, fromScratch: true, training }, ['predict', 'convert']],
    [
      'a task that is only observed',
      { masks: null, training: null },
      'predict convert upload train evaluate'.split(' '),
    ],
    ['one that is only observed and trained on', { masks: null, training }, ['predict', 'convert']],
    [
      'one that is only observed and compared',
      { masks: null, compareWith: folder, training: null },
      ['predict', 'upload', 'train', 'evaluate'],
    ],
  ] as const)('are, with %s, those in which nothing is to be done', (_, input, steps) => {
    expect(unaskedSteps(input)).toEqual(steps);
  });
});
