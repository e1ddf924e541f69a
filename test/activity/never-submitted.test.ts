import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordReceipt } from '../kit/recorded-iteration.ts';
import { openTrainingDesk, type TrainingDesk } from '../kit/training-desk.ts';

let desk: TrainingDesk;
beforeEach(async () => {
  desk = await openTrainingDesk();
});
afterEach(async () => desk.close());

describe('sealed labels of an iteration that did not train', () => {
  it('are told of by every training of the project until their task is submitted, or held out', async () => {
    const { first, site } = desk;
    const { id, input, task, seal, labels } = await desk.second();
    const submission = await desk.submit(first);
    expect(await desk.check(first, submission)).not.toHaveProperty('neverSubmitted');
    await recordReceipt(site, { task, seal, labels }, { id, input: { ...input, training: null } });
    expect(await desk.check(first, submission)).toHaveProperty('neverSubmitted', { count: 1, first: [id] });
    const heldOut = { kind: 'task', task: input.task } as const;
    const holding = { ...first, input: { ...first.input, training: { ...first.input.training!, heldOut } } };
    expect(await desk.check(holding, submission)).not.toHaveProperty('neverSubmitted');
    await desk.submit({ id: `${id}~2`, input, task, seal, labels });
    expect(await desk.check(first, submission)).not.toHaveProperty('neverSubmitted');
  });
});
