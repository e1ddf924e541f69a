import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retryUpdate } from '../../src/contracts/messages.ts';
import { failingFirst } from '../kit/failing.ts';
import { ARTIFACT, fakeActivities } from '../kit/fake-activities.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

describe('an iteration that may overwrite', () => {
  it('records in the receipt who let it overwrite what was in the task', async () => {
    const decisions: unknown[] = [];
    const fake = fakeActivities({
      guardTask: async () => ({
        holds: 'people',
        previousImport: null,
        content: 'aa',
        leftOut: { frames: 0, shapes: 0 },
      }),
      recordReceipt: async (facts) => {
        decisions.push(...facts.decisions);
        return { receipt: ARTIFACT };
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { overwrite: true }, { by: 'ines' });
      await handle.result();
    });
    expect(decisions).toMatchObject([{ what: 'overwrite', step: 'upload', by: 'ines' }]);
  });

  it('guards anew, after imports found wrong, only with what was agreed to at first', async () => {
    const agreed: (string | null | undefined)[] = [];
    const decisions: string[] = [];
    const leftOut = { frames: 0, shapes: 0 };
    const fake = fakeActivities({
      guardTask: async (args) => {
        agreed.push(args.agreed);
        if (agreed.length === 2) return { holds: 'nothing', previousImport: null, leftOut };
        return { holds: 'people', previousImport: null, content: 'aa', leftOut };
      },
      verifyImport: failingFirst(2, 'ImportNotVerified', { shapes: 4, sha256: 'bb', adopted: false }),
      recordReceipt: async (facts) => {
        decisions.push(...facts.decisions.map(({ what }) => what));
        return { receipt: ARTIFACT };
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { overwrite: true });
      for (const _ of [1, 2]) {
        await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
        await handle.executeUpdate(retryUpdate, { args: [{ by: 'ines' }] });
      }
      await handle.result();
    });
    expect(agreed).toEqual([undefined, 'aa', 'aa']);
    expect(decisions).toEqual(['overwrite', 'retry', 'retry']);
  });

  it('has used up what was agreed to where the task held nothing', async () => {
    const agreed: (string | null | undefined)[] = [];
    const fake = fakeActivities({
      guardTask: async (args) => {
        agreed.push(args.agreed);
        return { holds: 'nothing', previousImport: null, leftOut: { frames: 0, shapes: 0 } };
      },
      verifyImport: failingFirst(1, 'ImportNotVerified', { shapes: 4, sha256: 'bb', adopted: false }),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { overwrite: true });
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.executeUpdate(retryUpdate, { args: [{ by: 'ines' }] });
      await handle.result();
    });
    expect(agreed).toEqual([undefined, null]);
  });
});
