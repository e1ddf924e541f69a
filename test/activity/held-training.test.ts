import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProbeTrainer } from '../../src/activities/probe-trainer.ts';
import { runName } from '../../src/activities/run-name.ts';
import { createStopTraining } from '../../src/activities/stop-training.ts';
import { endHold, writeHold } from '../../src/holds/holds.ts';
import { connectionClients } from '../../src/worker/connections.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';

const ID = 'SurgVU/Iteration_1';
const OWN = { firstRunId: 'first', tryNumber: 1 };
const PLACE = { connection: 'default', server: 'monai' } as const;

let site: GateSite;
beforeEach(async () => {
  site = await openGateSite(['held']);
});
afterEach(async () => site.close());

/** The activities of a worker that heeds holds; a worker that begins later has read nothing yet. */
function workerOf({ store, server }: GateSite) {
  const credentials = async () => ({ kind: 'token', token: 't' }) as const;
  const cvat = { url: 'http://127.0.0.1:1', organization: null, credentials };
  const config = { cvat, monai: { url: server.url }, trainer: null };
  const { connect } = connectionClients(new Map([['default', config as never]]), {}, store);
  const args = { id: ID, input: { ...site.input('held'), connection: 'default' } };
  return {
    stop: async () => quietEnvironment().run(createStopTraining({ connect, store }), { ...args, ...OWN }),
    probe: async () => quietEnvironment().run(createProbeTrainer({ connect }), args),
  };
}

async function hold(): Promise<string> {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await writeHold(site.store, { ...PLACE, until, note: 'new disks', by: 'operator', at: new Date().toISOString() });
  return until;
}

describe('a training that is to be ended while MONAI Label is held', () => {
  it('is left alone without a request, which says until when, and is ended once the hold is over', async () => {
    const { id } = await site.monai.startTraining('held', { name: runName(ID, OWN), maxEpochs: 5000 });
    const statusOf = async () => (await site.monai.trainings()).find((one) => one.id === id)?.status;
    while ((await statusOf()) !== 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 5));
    const until = await hold();
    const asked = site.log.entries.length;
    const held = workerOf(site);
    const refused = { type: 'OnHold', details: [{ until, note: 'new disks' }] };
    await expect(held.stop()).rejects.toMatchObject(refused);
    await expect(held.probe()).rejects.toMatchObject({ ...refused, nonRetryable: false });
    expect(site.log.entries.length).toBe(asked);
    expect(await statusOf()).toBe('RUNNING');
    expect(await endHold(site.store, PLACE, Date.now())).toBe(true);
    const free = workerOf(site);
    await free.probe();
    expect(await statusOf()).toBe('RUNNING');
    await free.stop();
    expect(await statusOf()).toBe('STOPPED');
  });

  it('is not ended by the look, which fails where the server is away', async () => {
    // Nobody listens there.
    const nowhere = { ...site, server: { ...site.server, url: 'http://127.0.0.1:1' } };
    await expect(workerOf(nowhere).probe()).rejects.toMatchObject({ type: 'MonaiUnreachable' });
  });
});
