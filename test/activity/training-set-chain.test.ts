import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TrainingSetRef } from '../../src/contracts/training-set.ts';
import type { Verification } from '../../src/receipts/verify/verification.ts';
import { verifyReceipt } from '../../src/receipts/verify/verify-receipt.ts';
import { documentPath } from '../../src/storage/document-path.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';

let desk: TrainingDesk;
beforeEach(async () => {
  desk = await openTrainingDesk();
});
afterEach(async () => desk.close());

const fileOf = (name: string): string => join(desk.site.store.address, 'named', ...documentPath(name));

/** The name of the version so many before one. */
const before = ({ name, version }: TrainingSetRef, back: number): string =>
  name.replace(/\d+$/, (digits) => String(version - back).padStart(digits.length, '0'));

/** Trains on two tasks, one after the other; the receipt of the second is written. */
async function twoTasks(): Promise<TrainingSetRef> {
  const { first, site } = desk;
  const submission = await desk.submit(first);
  await desk.check(first, submission);
  const { id, input, task, seal, labels } = await desk.second();
  const submitted = await desk.submit({ id, input, task, seal, labels });
  const trainingSet = await desk.check({ id, input, task, seal, labels }, submitted);
  await recordReceipt(site, { task, seal, labels, submission: submitted, trainingSet }, { id, input });
  return trainingSet;
}

const verify = async (): Promise<Verification> =>
  verifyReceipt(desk.site.store, 'SurgVU/Iteration_2', { signal: new AbortController().signal });

describe('the versions of a training set', () => {
  it('are followed back to the first one when a receipt is verified, which finds each that is another one or gone', async () => {
    const set = await twoTasks();
    const { version } = set;
    expect(version).toBeGreaterThan(2);
    const found = await verify();
    expect(found.failures).toEqual([]);
    expect(found.trainingSet).toEqual({ version, sound: version });
    const name = before(set, 1);
    const content = await readFile(fileOf(name), 'utf8');
    await writeFile(fileOf(name), content.replace(/"frames": \d+/, '"frames": 99'));
    expect(await verify()).toMatchObject({
      sound: false,
      trainingSet: { version, sound: 1 },
      failures: [{ at: name, problem: expect.stringContaining('is what names it') }],
    });
    await rm(fileOf(name));
    expect((await verify()).failures).toEqual([{ at: name, problem: 'it is missing' }]);
  });

  it('are not trained on where the one before the newest is another one than that names', async () => {
    const { first } = desk;
    const submission = await desk.submit(first);
    const second = await desk.second();
    const submitted = await desk.submit(second);
    const set = await desk.check(second, submitted);
    const name = before(set, 1);
    const content = await readFile(fileOf(name), 'utf8');
    await writeFile(fileOf(name), content.replace(/"by": "[^"]*"/, '"by": "somebody"'));
    const refused = await refusedBy(desk.check(second, submitted));
    expect(refused).toMatchObject({ type: 'ArtifactCorrupt', facts: { name: set.name } });
    await writeFile(fileOf(name), content);
    expect(await desk.check(second, submitted)).toMatchObject({ version: set.version });
    expect(submission.training).toBe(3);
  });
});
