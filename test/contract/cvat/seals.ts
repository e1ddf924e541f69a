import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { raceSeal } from '../../kit/race-seal.ts';
import type { Cases } from '../kit/cases.ts';
import { openTaskAtWork, type TaskAtWork } from '../kit/task-at-work.ts';

/** Edits at random moments; more of them are in `npm run race-seal`. */
const TRIES = 9;

export const sealCases: Cases = (desk) => {
  let work: TaskAtWork;
  beforeAll(async () => {
    work = await openTaskAtWork(desk());
    for (const index of work.jobs.keys()) await work.set(index, { state: 'completed' });
  });
  afterAll(async () => work.close());

  it('holds what people drew, and labels are made of it alone', async () => {
    const { task, worker, input } = work;
    const seal = await worker.sealLabels({ id: 'contract', input, task });
    expect(seal).toMatchObject({ jobs: 2, frames: 4, deletedFrames: 0, unfinishedFrames: 0, shapes: 4 });
    const labels = await worker.exportLabels({ id: 'contract', input, task, seal });
    expect(labels).toMatchObject({ frames: 4, labelledFrames: 4, shapes: 4 });
    expect(await worker.countOrigins({ id: 'contract', input, seal })).toMatchObject({
      frames: 4,
      shapes: { auto: 0, file: 4, semiAuto: 0, manual: 0, other: 0 },
    });
  });

  it('misses no edit that is made while it is taken: each is in it, or found by a later look', async () => {
    const { desk: at, store, worker, input, task, send } = work;
    const { lost, sealed, found } = await raceSeal(
      {
        cvat: at.cvat,
        store,
        seal: async () => worker.sealLabels({ id: 'contract', input, task }),
        check: async (seal) => worker.checkSeal({ id: 'contract', input, task, seal }),
        read: async (path) => (await at.talk('GET', path)).json,
        send,
      },
      task,
      TRIES,
    );
    expect({ lost, all: sealed + found }).toEqual({ lost: 0, all: TRIES });
  });

  it('is refused where a job was reopened', async () => {
    const { task, worker, input } = work;
    await work.set(0, { state: 'in progress' });
    const sealing = worker.sealLabels({ id: 'contract', input, task });
    await expect(sealing).rejects.toMatchObject({ type: 'TaskReopened' });
  });
};
