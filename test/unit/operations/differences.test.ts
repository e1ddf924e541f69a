import { describe, expect, it } from '@jest/globals';
import { differences } from '../../../src/operations/differences.ts';
import { iterationInput } from '../../kit/iteration-input.ts';

describe('differences', () => {
  it('finds none between equal inputs, whatever the order of their fields', () => {
    const { task, ...rest } = iterationInput();
    expect(differences(iterationInput(), { ...rest, task })).toEqual([]);
  });

  it('names nested fields and both values', () => {
    const requested = iterationInput({
      training: { model: 'other', maxEpochs: 5, heldOutFraction: 0.2 },
      suffix: '_x',
    });
    expect(differences(iterationInput(), requested)).toEqual([
      { field: 'suffix', running: '', requested: '_x' },
      { field: 'training.maxEpochs', running: null, requested: 5 },
      { field: 'training.model', running: 'segmentation', requested: 'other' },
    ]);
  });

  it('tells a training from none, and a field that one side lacks', () => {
    const [found] = differences(iterationInput(), iterationInput({ training: null }));
    expect(found).toMatchObject({ field: 'training', requested: null });
    expect(differences({ a: 1 }, { b: [1] })).toEqual([
      { field: 'a', running: 1, requested: null },
      { field: 'b', running: null, requested: '[1]' },
    ]);
  });
});
