import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readEvaluation, readHeldOut, readSubmission } from '../../src/activities/read-manifest.ts';
import type { IterationResults } from '../../src/contracts/iteration.ts';
import type { SubmissionRef } from '../../src/contracts/training.ts';
import { compareModels } from '../../src/gate/compare-models.ts';
import { countGroups } from '../../src/receipts/count-groups.ts';
import { verifyReceipt } from '../../src/receipts/verify/verify-receipt.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';
import type { SealedIteration } from '../kit/sealed-iteration.ts';
import { openTrainingDesk, type TrainingDesk } from '../kit/training-desk.ts';
import { weakModel } from '../kit/weak-model.ts';
import { withdrawalsOf } from '../kit/withdrawals.ts';

const OWN = { firstRunId: 'first', tryNumber: 1 };
const { signal } = new AbortController();

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
let submission: SubmissionRef;

/** An iteration of four frames, two of which are held out, beside a model that was published before. */
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site } = desk);
  const list = await site.store.put(Buffer.from('frame_000001.png\nframe_000002.png'));
  const named = { ...site.input.training!, heldOut: { kind: 'names', list } } as const;
  first = { ...desk.first, input: { ...desk.first.input, training: named } };
  await site.monai.uploadModel(SANDBOX_MODEL, weakModel());
  submission = await desk.submit(first);
});
afterEach(async () => desk.close());

async function measure() {
  const { id, input, task } = first;
  return site.run('measureModel', { id, input, ...OWN, task, submission, taken: [], known: null });
}

type Trained = Required<Pick<IterationResults, 'submission' | 'modelBefore' | 'trainingSet' | 'training' | 'model'>>;

async function measureAndTrain(): Promise<Trained> {
  const { id, input } = first;
  const modelBefore = await measure();
  const trainingSet = await desk.check(first, submission);
  const training = await site.run('startTraining', { id, input, submission, ...OWN });
  const model = await site.run('watchTraining', { id, input, training });
  return { submission, modelBefore, trainingSet, training, model };
}

/** Forgets held-out frames while the iteration runs. */
async function forget(frames: readonly string[], results: IterationResults): Promise<void> {
  const { connection, project, task } = first.input;
  const { labels, task: made } = first;
  const running = [{ place: { connection, project, task }, value: { task: made, labels, ...results } }];
  await withdrawalsOf(site, { task, running }).forget(frames);
}

async function evaluate({ modelBefore, model }: Trained) {
  return site.run('evaluateModel', { id: first.id, input: first.input, submission, model, before: modelBefore });
}

describe('a held-out frame that is forgotten before any model was measured', () => {
  it('is not measured on', async () => {
    const { frames } = await readSubmission(site.store, submission.manifest);
    const [gone, left] = frames.filter(({ part }) => part === 'heldOut');
    await forget([gone!.name], { submission });
    const before = await measure();
    expect((await readHeldOut(site.store, before.heldOut)).frames.map(({ name }) => name)).toEqual([left!.name]);
    expect(await site.monai.getImage(gone!.imageId)).toBeNull();
    expect(await site.store.listNamed('predictions/')).toHaveLength(1);
  });
});

describe('a held-out frame that is forgotten after the model before was measured', () => {
  it('comes back nowhere, and both models are compared on those that remain', async () => {
    const trained = await measureAndTrain();
    const { modelBefore } = trained;
    const [gone, left] = (await readHeldOut(site.store, modelBefore.heldOut)).frames;
    await forget([gone!.name], trained);
    const evaluation = await evaluate(trained);
    expect(evaluation).toMatchObject({ frames: 1, forgotten: 1, gate: { groups: 1 } });
    expect(evaluation.gate?.reasons).toContain('1 held-out frame was forgotten and counts for neither model');
    expect(await site.monai.getImage(gone!.imageId)).toBeNull();
    // Of the frame that remains, by both models.
    expect(await site.store.listNamed('predictions/')).toHaveLength(2);
    const after = await readEvaluation(site.store, evaluation.manifest);
    expect(after.frames.map(({ name }) => name)).toEqual([left!.name]);
    const before = await readEvaluation(site.store, modelBefore.manifest!);
    const frames = before.frames.filter(({ name }) => name === left!.name);
    const groups = await countGroups(site.store, { frames }, signal);
    const alone = { checksum: modelBefore.checksum!, groups };
    const { after: wanted } = compareModels({ before: null, after: alone }, after.categories, {
      all: null,
      classes: {},
    });
    expect(evaluation.gate?.before).toEqual(wanted);
    await recordReceipt(site, { ...trained, evaluation }, first);
    const { recounted, failures } = await verifyReceipt(site.store, first.id, { signal });
    expect(failures).toEqual([]);
    expect(recounted.map(({ what }) => what)).toContain('verdict');
  });

  it('leaves nothing to judge by where it was the last, which is told', async () => {
    const trained = await measureAndTrain();
    const { frames } = await readHeldOut(site.store, trained.modelBefore.heldOut);
    await forget(
      frames.map(({ name }) => name),
      trained,
    );
    expect(await evaluate(trained)).toMatchObject({
      frames: 0,
      forgotten: 2,
      meanDice: null,
      gate: {
        verdict: 'not measured',
        reasons: [
          'nothing is known of the new model: all held-out frames were forgotten',
          '2 held-out frames were forgotten and count for neither model',
        ],
      },
    });
    expect(await site.store.listNamed('predictions/')).toEqual([]);
    for (const { imageId } of frames) expect(await site.monai.getImage(imageId)).toBeNull();
  });
});
