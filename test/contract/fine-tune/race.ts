import { expect, it } from '@jest/globals';
import { createStartTraining } from '../../../src/activities/start-training.ts';
import { createWatchTraining } from '../../../src/activities/watch-training.ts';
import type { ModelRef, TrainingRef } from '../../../src/contracts/training.ts';
import { monaiTrainer } from '../../../src/trainer/monai-trainer.ts';
import { quietEnvironment } from '../../kit/activity-site.ts';
import type { FineTuneCases } from '../kit/fine-tune-cases.ts';
import type { FineTuneDesk } from '../kit/fine-tune-desk.ts';
import { fineTuneInput } from '../kit/fine-tune-files.ts';

/** A training that ends between two looks takes part in no race. */
const LEAST_EPOCHS = 14;

/** Lets nobody pass before so many have come. */
function barrier(count: number): () => Promise<void> {
  let come = 0;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    come += 1;
    if (come >= count) open();
    await opened;
  };
}

/** The activities of two iterations that know nothing of turns, whose first requests are sent at the same moment. */
async function rivals(desk: FineTuneDesk) {
  const { files, connection, pace, monai } = desk;
  const together = barrier(2);
  const plain = monaiTrainer(monai.monai);
  const trainer: typeof plain = {
    ...plain,
    startTraining: async (...args) => {
      await together();
      return plain.startTraining(...args);
    },
  };
  const dependencies = { connect: () => ({ ...connection, trainer }), store: files.store };
  const [start, watch] = [createStartTraining(dependencies), createWatchTraining(dependencies, pace)];
  const submission = { manifest: { uri: '', sha256: '', bytes: 0 }, training: 12, heldOut: 0 };
  const of = async (task: string) => {
    const input = await fineTuneInput(monai, files, { task, maxEpochs: Math.max(LEAST_EPOCHS, pace.epochs) });
    const own = { id: `${files.project}/${task}`, input };
    return {
      start: async (): Promise<TrainingRef> =>
        quietEnvironment().run(start, { ...own, submission, firstRunId: `${files.project}-${task}`, tryNumber: 1 }),
      watch: async (training: TrainingRef): Promise<ModelRef> => quietEnvironment().run(watch, { ...own, training }),
    };
  };
  return [await of('one'), await of('two')] as const;
}

export const raceCases: FineTuneCases = (open) => {
  it('survives two requests at the same moment, which MONAI Label may both accept: one gives way and trains later', async () => {
    const desk = await open();
    const { monai } = desk;
    await (await desk.start({})).result();
    const earlier = new Set((await monai.monai.trainings()).map(({ id }) => id));
    const both = await rivals(desk);
    const started = await Promise.allSettled(both.map(async (one) => one.start()));
    const tasks = (await monai.monai.trainings()).filter(({ id }) => !earlier.has(id));
    // Where a process begins in between, the second one is refused.
    expect([1, 2]).toContain(tasks.length);
    const yielded = started.findIndex(({ status }) => status === 'rejected');
    expect(started[yielded]).toMatchObject({ reason: { type: 'TrainingBusy' } });
    const winner = started[1 - yielded];
    if (winner?.status !== 'fulfilled') throw new Error('neither of them trains');
    expect(await both[1 - yielded]?.watch(winner.value)).toMatchObject({ epochs: expect.any(Number) });
    const again = await both[yielded]?.start();
    if (again === undefined) throw new Error('the other one does not train');
    await both[yielded]?.watch(again);
    const statuses = (await monai.monai.trainings()).filter(({ id }) => !earlier.has(id)).map(({ status }) => status);
    expect(statuses).toEqual([...(tasks.length === 2 ? ['STOPPED'] : []), 'DONE', 'DONE']);
  });
};
