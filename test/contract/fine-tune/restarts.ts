import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { FineTuneCases } from '../kit/fine-tune-cases.ts';
import type { FineTuneDesk } from '../kit/fine-tune-desk.ts';

/** So many that the pace of the epochs is known. */
const EPOCHS_SEEN = 5;

async function startOfRun({ monai }: FineTuneDesk): Promise<number | null> {
  return (await monai.monai.trainStats(monai.model))?.startedAtSeconds ?? null;
}

/** Waits until a training that was not there before has so many epochs behind it. */
async function untilLearning({ monai }: FineTuneDesk, before: number | null): Promise<void> {
  for (let looks = 0; looks < 6000; looks += 1) {
    const stats = await monai.monai.trainStats(monai.model);
    if (stats !== null && stats.startedAtSeconds !== before && stats.epoch >= EPOCHS_SEEN) return;
    await sleep(20);
  }
  throw new Error('no training has begun');
}

export const restartCases: FineTuneCases = (open, { restarts }) => {
  if (restarts.length === 0) {
    it.todo('not run: MONAI_LABEL_RESTART is not set, so the server cannot be ended amid a training');
    return;
  }

  it.each(restarts.filter((how) => how !== 'KILL-ALL'))(
    'goes on when the server is ended by %s and started again: its process lives on, and no second one is started',
    async (how) => {
      const desk = await open();
      const before = await startOfRun(desk);
      const handle = await desk.start({ maxEpochs: desk.pace.manyEpochs });
      await untilLearning(desk, before);
      const run = await startOfRun(desk);
      await desk.server.restart?.(how);
      await handle.result();
      const results = (await desk.receipt(handle))?.results;
      expect(results?.model).toMatchObject({ epochs: desk.pace.manyEpochs });
      expect(desk.witness.requests).toHaveLength(1);
      expect(await startOfRun(desk)).toBe(run);
      expect(await desk.published()).toBe(results?.promotion?.published);
    },
  );

  it('is started again under the same name when its process dies with the server, once', async () => {
    const desk = await open();
    const before = await startOfRun(desk);
    const { manyEpochs: maxEpochs, stalledAfterMs } = desk.pace;
    const handle = await desk.start({ maxEpochs, stalledAfterMs });
    await untilLearning(desk, before);
    const run = await startOfRun(desk);
    await desk.server.restart?.('KILL-ALL');
    await handle.result();
    const { requests } = desk.witness;
    expect(requests).toHaveLength(2);
    expect(new Set(requests.map(({ name }) => name)).size).toBe(1);
    expect(await startOfRun(desk)).not.toBe(run);
    expect((await desk.receipt(handle))?.results?.model).toMatchObject({ epochs: maxEpochs });
  });
};
