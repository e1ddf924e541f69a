import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ModelRef } from '../../src/contracts/training.ts';
import { SYSTEM_CLOCK } from '../../src/sandbox/monai/clock.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';
import { until } from '../kit/training-site.ts';

const ID = 'SurgVU/Iteration_1';
const OWN = { firstRunId: 'first', tryNumber: 1 };
const MODEL = 'segmentation';
const HOURS = 7_200_000;

let site: GateSite;
let ahead: number;
beforeEach(async () => {
  ahead = 0;
  site = await openGateSite([MODEL], 5, { ...SYSTEM_CLOCK, now: () => Date.now() + ahead });
});
afterEach(async () => site.close());

type Ending = 'DONE' | 'STOPPED';

/** A training that has published a checkpoint and ended so; its server lists it still. */
async function trained(ending: Ending) {
  const { submission, task, connection } = site;
  const input = site.input(MODEL, { maxEpochs: ending === 'DONE' ? 3 : 4000 });
  const weak = await site.publishWeak(MODEL);
  const args = { id: ID, input, ...OWN, submission };
  const before = await site.run('measureModel', { ...args, task, taken: [], known: null });
  const training = await site.run('startTraining', args);
  const watched: Promise<ModelRef | string> = site
    .run('watchTraining', { id: ID, input, training, before: weak })
    .catch((error: { type: string }) => error.type);
  await until(async () => (await site.published(MODEL)) !== weak);
  if (ending === 'STOPPED') await connection.trainer?.stopTraining(training.taskId, new AbortController().signal);
  const end = await watched;
  expect((await site.monai.trainings()).map(({ status }) => status)).toEqual([ending]);
  const undecided = { evaluation: null, why: 'undecided', by: null } as const;
  const putBack = async (model: ModelRef | null = null) =>
    site.run('putBackModel', { ...args, before, ...undecided, model });
  return { weak, putBack, model: typeof end === 'string' ? null : end, own: await site.published(MODEL) };
}

/** Somebody publishes a model by hand, so much later. */
async function byHand(later: number): Promise<string> {
  ahead = later;
  return site.publishWeak(MODEL, 7);
}

const ENDINGS: readonly Ending[] = ['DONE', 'STOPPED'];

describe('after a training that its server lists as ended, and whose model the iteration does not know', () => {
  it.each(ENDINGS)('its own checkpoint is put back (%s)', async (ending) => {
    const { weak, own, putBack } = await trained(ending);
    expect(await putBack()).toMatchObject({ outcome: 'put back', checksum: own, published: weak });
    expect(await site.published(MODEL)).toBe(weak);
  });

  it.each(ENDINGS)('a model that somebody has published by hand since stays (%s)', async (ending) => {
    const { putBack } = await trained(ending);
    const theirs = await byHand(HOURS);
    expect(await putBack()).toMatchObject({ outcome: 'replaced', published: theirs });
    expect(await site.published(MODEL)).toBe(theirs);
  });

  it.each(ENDINGS)(
    'one that was published by hand at once stays where ours was put back before (%s)',
    async (ending) => {
      const { model, own, putBack } = await trained(ending);
      expect(await putBack(model)).toMatchObject({ outcome: 'put back', checksum: own });
      const theirs = await byHand(0);
      expect(await putBack()).toMatchObject({ outcome: 'replaced', checksum: own, published: theirs });
      expect(await site.published(MODEL)).toBe(theirs);
    },
  );

  it('one that was published by hand at once stays where it was seen that ours had left nothing', async () => {
    const { putBack } = await trained('STOPPED');
    await site.publishWeak(MODEL);
    expect(await putBack()).toMatchObject({ outcome: 'put back' });
    const theirs = await byHand(0);
    expect(await putBack()).toMatchObject({ outcome: 'replaced', published: theirs });
    expect(await site.published(MODEL)).toBe(theirs);
  });
});
