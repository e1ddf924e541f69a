import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ARTIFACT, fakeActivities } from '../kit/fake-activities.ts';
import { startIteration } from '../kit/start-iteration.ts';
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
});
