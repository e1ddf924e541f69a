import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chainOf } from '../../src/activities/training-set/set-chain.ts';
import type { ModelBeforeRef } from '../../src/contracts/gate.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { currentModel } from '../../src/contracts/model-register.ts';
import type { PutBack } from '../../src/contracts/training-activities.ts';
import type { EvaluationRef, ModelRef } from '../../src/contracts/training.ts';
import { readModelEvents } from '../../src/models/model-register.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';

const FIRST = 'SurgVU/Iteration_1';
const SECOND = 'SurgVU/Iteration_2';
/** A trainer for each test, so that none meets what another has published. */
const MODELS = 'declined approved strangers still'.split(' ');

let site: GateSite;
beforeAll(async () => {
  site = await openGateSite(MODELS);
});
afterAll(async () => site.close());

/** A model that an iteration has trained and measured. */
interface Measured {
  readonly id: string;
  readonly input: IterationInput;
  readonly before: ModelBeforeRef;
  readonly model: ModelRef;
  readonly evaluation: EvaluationRef;
}

async function trained(id: string, name: string, run: string, epochs: number): Promise<Measured> {
  const input = site.input(name);
  const { submission, task } = site;
  const own = { id, input, firstRunId: run, tryNumber: 1 };
  const before = await site.run('measureModel', { ...own, task, submission, taken: [], known: null });
  const model = await site.train(name, run, epochs);
  const evaluation = await site.run('evaluateModel', { id, input, submission, model, before });
  return { id, input, before, model, evaluation };
}

async function putBack({ id, input, before, model, evaluation }: Measured, why: PutBack['why'], by: string | null) {
  const own = { firstRunId: 'run', tryNumber: 1 };
  return site.run('putBackModel', { id, input, before, model, evaluation, ...own, why, by });
}

async function promote({ id, input, before, model, evaluation }: Measured, by: string | null) {
  return site.run('promoteModel', { id, input, before, model, evaluation, by });
}

/** A model that somebody is asked about; another iteration has trained from the one before and was promoted since. */
async function overtaken(name: string): Promise<{ first: Measured; second: Measured; uploads: () => number }> {
  await site.publishWeak(name);
  const first = await trained(FIRST, name, `${name}-1`, 6);
  await putBack(first, 'waits', null);
  const second = await trained(SECOND, name, `${name}-2`, 12);
  expect(second.before.checksum).toBe(first.before.checksum);
  await promote(second, null);
  const uploads = () => site.log.count({ server: 'monai', method: 'PUT', path: /^\/model\// });
  return { first, second, uploads };
}

async function register(model: string) {
  const trainer = chainOf({ kind: 'monai-label', address: site.server.url });
  return readModelEvents(site.store, { trainer, connection: 'default', model });
}

describe('an answer about a model in whose place another one was published', () => {
  it('that declines it touches nothing, and the register says both what was declined and what is published', async () => {
    const { first, second, uploads } = await overtaken('declined');
    const before = uploads();
    const result = await putBack(first, 'declined', 'ines');
    expect(result).toMatchObject({
      outcome: 'replaced',
      checksum: first.model.checksum,
      published: second.model.checksum,
      by: 'ines',
    });
    expect(await putBack(first, 'declined', 'ines')).toMatchObject({ outcome: 'replaced' });
    expect(before).toBeGreaterThan(0);
    expect([uploads(), await site.published('declined')]).toEqual([before, second.model.checksum]);
    const events = await register('declined');
    expect(events.at(-1)).toMatchObject({ event: 'declined', checksum: first.model.checksum, by: 'ines' });
    expect(currentModel(events)).toBe(second.model.checksum);
    // And where no answer came, or no model, since the step was skipped.
    expect(await putBack(first, 'undecided', null)).toMatchObject({ outcome: 'replaced' });
    const failed = { ...first, model: null as unknown as ModelRef };
    expect(await putBack(failed, 'undecided', null)).toMatchObject({ outcome: 'replaced' });
    expect([uploads(), await site.published('declined')]).toEqual([before, second.model.checksum]);
    expect(currentModel(await register('declined'))).toBe(second.model.checksum);
  });

  it('that approves it is refused, since the two were never compared, until the one before is published again', async () => {
    const { first, second, uploads } = await overtaken('approved');
    const before = uploads();
    await expect(promote(first, 'ines')).rejects.toMatchObject({ type: 'ModelReplaced' });
    expect([uploads(), await site.published('approved')]).toEqual([before, second.model.checksum]);
    const checksum = first.before.checksum;
    const request = {
      connection: 'default',
      model: 'approved',
      checksum,
      by: 'ines',
      note: 'theirs has not learnt much',
    };
    await site.run('publishModel', request);
    expect((await register('approved')).at(-1)).toMatchObject({
      event: 'promoted',
      reasons: [request.note],
      by: 'ines',
    });
    expect(await promote(first, 'ines')).toMatchObject({ outcome: 'promoted', by: 'ines' });
    expect(await site.published('approved')).toBe(first.model.checksum);
  });
});

describe('a stranger\u2019s model', () => {
  it('is neither overwritten nor taken for the one that should be where ours is declined', async () => {
    await site.publishWeak('strangers');
    const first = await trained(FIRST, 'strangers', 'strangers-1', 6);
    await putBack(first, 'waits', null);
    const theirs = await site.publishWeak('strangers', 7);
    await expect(putBack(first, 'put back', null)).rejects.toMatchObject({ type: 'ModelReplaced' });
    expect(await putBack(first, 'declined', 'ines')).toMatchObject({ outcome: 'replaced', published: theirs });
    expect(await site.published('strangers')).toBe(theirs);
    expect(currentModel(await register('strangers'))).toBe(first.before.checksum);
  });
});

describe('an approval', () => {
  it('waits while somebody else trains the model', async () => {
    await site.publishWeak('still');
    const first = await trained(FIRST, 'still', 'still-1', 6);
    await putBack(first, 'waits', null);
    const { id } = await site.monai.startTraining('still', { name: 'theirs', maxEpochs: 5000 });
    await expect(promote(first, 'ines')).rejects.toMatchObject({ type: 'TrainingBusy' });
    while ((await site.monai.trainings()).find((one) => one.id === id)?.status === 'SUBMITTED')
      await new Promise((resolve) => setTimeout(resolve, 20));
    await site.monai.stopRunningTraining();
  });
});
