import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createActivities } from '../../src/activities/create-activities.ts';
import { inThisThread } from '../../src/coco/mask-batches.ts';
import type { TrainingSetRef } from '../../src/contracts/training-set.ts';
import type { SubmissionRef } from '../../src/contracts/training.ts';
import { createMonaiLabel } from '../../src/monai/client.ts';
import type { MonaiLabel } from '../../src/monai/monai.ts';
import { startSandboxMonai, type SandboxMonai } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';
import { sealIteration, type SealedIteration } from '../kit/sealed-iteration.ts';
import { FRAMES, imagesOf, skippedTrainings } from '../kit/skipped-trainings.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';

let desk: TrainingDesk;
let first: SealedIteration;
let second: SealedIteration;
const open: SandboxMonai[] = [];

beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ first } = desk);
  second = await desk.second();
  // The first one trains at the trainer of the site; the training of the second is skipped.
  const { id, input, ...results } = first;
  const submission = await desk.submit(first);
  const trainingSet = await desk.check(first, submission);
  await recordReceipt(desk.site, { ...results, submission, trainingSet }, { id, input });
  await skippedTrainings(desk).skip(second);
});
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
  await desk.close();
});

interface Answer {
  readonly submission: SubmissionRef;
  check(): Promise<TrainingSetRef>;
}

/** Submits an iteration to a trainer at another address, with the store and the CVAT of the site. */
async function submitTo(monai: MonaiLabel, { site }: TrainingDesk, iteration: SealedIteration): Promise<Answer> {
  const activities = createActivities({
    connect: () => ({ cvat: site.cvat, monai, trainer: monaiTrainer(monai) }),
    store: site.store,
    masks: inThisThread,
    installation: null,
    version: '0.0.0-test',
  });
  const submission = await quietEnvironment().run<[], SubmissionRef, () => Promise<SubmissionRef>>(async () =>
    activities.submitLabels(iteration),
  );
  const check = async () => activities.checkTrainingSet({ ...iteration, submission });
  return { submission, check: async () => quietEnvironment().run<[], TrainingSetRef, typeof check>(check) };
}

/** A server of its own, without anything in it. */
async function newServer(): Promise<MonaiLabel> {
  const server = await startSandboxMonai({ watcherLimit: null, watcherMs: 30 });
  open.push(server);
  return createMonaiLabel({ url: server.url, writeGapMs: 0 });
}

describe('a trainer at another address', () => {
  it('is trained on what is sealed there and what no training has read; what another one was trained on is told', async () => {
    const third = await sealIteration(desk.site, { task: 'Iteration_3' });
    const monai = await newServer();
    const { submission, check } = await submitTo(monai, desk, third);
    expect(submission.tookUp).toEqual({ count: 1, first: [second.id], labels: 4 });
    const set = await check();
    expect(set).toMatchObject({ own: 3, earlier: 4, version: 2, elsewhere: { count: 1, first: [first.id] } });
    expect(set).not.toHaveProperty('neverSubmitted');
    const listed = await monai.trainingSet();
    expect(listed).toHaveLength(7);
    expect(imagesOf(first).filter((id) => listed.includes(id))).toEqual([]);
  });

  it('is not trained on what an iteration at the other one holds out, under the same picture in another task', async () => {
    const { input } = first;
    const copy = await sealIteration(desk.site, { task: 'Iteration_4', images: input.images });
    await skippedTrainings(desk).skip(copy);
    const monai = await newServer();
    const { submission } = await submitTo(monai, desk, await sealIteration(desk.site, { task: 'Iteration_3' }));
    expect(submission.tookUp).toMatchObject({ count: 2, labels: 7 });
    const listed = await monai.trainingSet();
    const missing = FRAMES.filter((_, index) => !listed.includes(imagesOf(copy)[index] ?? ''));
    expect(missing.map((frame) => imagesOf(first, [frame])[0])).toEqual([...desk.heldOut]);
  });

  it('that has the labels of the one before has them told as extra, to be approved', async () => {
    const { url } = desk.site.monai;
    const moved = createMonaiLabel({ url: url.replace('127.0.0.1', 'localhost'), writeGapMs: 0 });
    const third = await sealIteration(desk.site, { task: 'Iteration_3' });
    for (const id of imagesOf(third)) desk.own(id);
    const { check } = await submitTo(moved, desk, third);
    const refused = await refusedBy(check());
    expect(refused).toMatchObject({ type: 'TrainingSetDiffers', facts: { count: 3 } });
    expect(refused.facts).toHaveProperty('approves');
  });
});
