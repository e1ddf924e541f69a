import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { skipUpdate } from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

describe('a receipt of an iteration whose failed training was skipped', () => {
  it('says what was put back as the turn was given up, whatever others have published since', async () => {
    const well = fakeActivities().activities;
    const told: unknown[] = [];
    const fake = fakeActivities({
      watchTraining: failing('TrainingFailed'),
      putBackModel: async (args) => ({ ...(await well.putBackModel(args)), checksum: 'SHA256:checkpoint' }),
      recordReceipt: async (args) => {
        told.push(args.results.promotion);
        return well.recordReceipt(args);
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor, turn }) => waitingFor === 'decision' && turn == null, sleep);
      await handle.executeUpdate(skipUpdate, { args: [{ by: 'ines' }] });
      await handle.result();
    });
    expect(told).toMatchObject([{ outcome: 'put back', checksum: 'SHA256:checkpoint', published: 'SHA256:bb' }]);
    expect(fake.count('putBackModel')).toBe(1);
  });
});
