import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runName } from '../../src/activities/run-name.ts';
import { createStopTraining } from '../../src/activities/stop-training.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';

const ID = 'SurgVU/Iteration_1';
const OWN = { firstRunId: 'first', tryNumber: 1 };

let site: GateSite;
beforeEach(async () => {
  site = await openGateSite(['waits'], 300);
});
afterEach(async () => site.close());

describe('a stop of a training that waits behind another one', () => {
  it('fails so that it is tried again, instead of leaving it to run later', async () => {
    const { monai, store } = site;
    const theirs = await monai.startTraining('waits', { name: 'theirs', maxEpochs: 5000 });
    const ours = await monai.startTraining('waits', { name: runName(ID, OWN), maxEpochs: 5000 });
    const statusOf = async (id: string) => (await monai.trainings()).find((one) => one.id === id)?.status;
    while ((await statusOf(theirs.id)) === 'SUBMITTED') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await statusOf(ours.id)).toBe('SUBMITTED');
    const stop = createStopTraining({ store, connect: () => site.connection }, { looks: 5, lookEveryMs: 1 });
    const stopped = quietEnvironment().run(stop, { id: ID, input: site.input('waits'), ...OWN });
    await expect(stopped).rejects.toMatchObject({ type: 'TrainingBusy', nonRetryable: false });
    expect(await statusOf(ours.id)).toBe('SUBMITTED');
  });
});
