import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import { readRunRecord, writeRunRecord } from '../../src/activities/training/run-record.ts';
import type { ModelBeforeRef } from '../../src/contracts/gate.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { Taken } from '../../src/contracts/training-activities.ts';
import { verifyReceipt } from '../../src/receipts/verify/verify-receipt.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';

const ID = 'SurgVU/Iteration_1';
const OWN = { firstRunId: 'first', tryNumber: 1 };

let site: GateSite;
beforeAll(async () => {
  site = await openGateSite(['gave-way', 'raced', 'knows-more']);
});
afterAll(async () => site.close());

async function measure(input: IterationInput, known: ModelBeforeRef | null = null, taken: readonly Taken[] = []) {
  const { submission, task } = site;
  return site.run('measureModel', { id: ID, input, ...OWN, task, submission, taken, known });
}

async function start(input: IterationInput, own: typeof OWN, before: string | null) {
  return site.run('startTraining', { id: ID, input, submission: site.submission, ...own, before });
}

describe('before a training', () => {
  it('what is published is measured again after the own training gave way to another one', async () => {
    const input = site.input('gave-way');
    const weak = await site.publishWeak('gave-way');
    const known = await measure(input);
    const own = await start(input, OWN, weak);
    await site.run('stopTraining', { id: ID, input, ...OWN });
    expect(await measure(input, known)).toEqual(known);
    const record = await readRunRecord(site.store, ID, own.runName);
    if (record === null) throw new Error('no record of the run');
    await writeRunRecord(site.store, ID, { ...record, over: [own.taskId], request: 'refused', taskId: null });
    const theirs = await site.publishWeak('gave-way', 6);
    await expect(measure(input, known)).rejects.toMatchObject({ type: 'ModelChanged' });
    expect(await measure(input, known, [{ checksum: theirs, by: 'ines' }])).toMatchObject({ checksum: theirs });
  });

  it('a class that the model knows and no category has counts as background, and its pixels are told', async () => {
    const input = site.input('knows-more');
    await site.train('knows-more', 'of-more-classes');
    const manifest = await readSubmission(site.store, site.submission.manifest);
    const { 1: _, ...fewer } = manifest.modelIndexOf;
    const ref = await site.store.put(Buffer.from(JSON.stringify({ ...manifest, modelIndexOf: fewer })));
    const submission = { ...site.submission, manifest: ref };
    const args = { id: ID, input, ...OWN, task: site.task, taken: [], known: null };
    const before = await site.run('measureModel', { ...args, submission });
    const checksum = before.checksum ?? '';
    const model = { model: 'knows-more', checksum, epochs: 1, trainerMetric: null };
    const evaluation = await site.run('evaluateModel', { id: ID, input, submission, model, before });
    const told = expect.stringMatching(/^[1-9]\d* pixels were predicted as classes/);
    expect(evaluation.gate?.reasons).toContainEqual(told);
    await recordReceipt(site, { submission, modelBefore: before, model, evaluation }, { id: ID, input });
    const { failures } = await verifyReceipt(site.store, ID, { signal: new AbortController().signal });
    expect(failures.filter(({ at }) => at !== 'chain')).toEqual([]);
  });

  it('nothing is started from another model than the one that was measured', async () => {
    const input = site.input('raced');
    const weak = await site.publishWeak('raced');
    await measure(input);
    const theirs = await site.publishWeak('raced', 8);
    const trainings = (await site.monai.trainings()).length;
    const own = { firstRunId: 'raced', tryNumber: 1 };
    await expect(start(input, own, weak)).rejects.toMatchObject({
      type: 'ModelChanged',
      details: [{ model: 'raced', expected: weak, published: theirs }],
    });
    expect(await site.monai.trainings()).toHaveLength(trainings);
    expect(await start(input, own, theirs)).toMatchObject({ joined: false });
  });
});
