import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statusQuery, skipUpdate } from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { COMPARISON, DATASET, fakeActivities, ORIGINS } from '../kit/fake-activities.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

describe('the comparison with the pre-annotations', () => {
  it('follows the labels and is kept', async () => {
    const fake = fakeActivities();
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
      expect((await handle.query(statusQuery)).results.comparison).toEqual(COMPARISON);
    });
    expect(fake.calls.indexOf('compareLabels')).toBe(fake.calls.indexOf('exportLabels') + 1);
  });

  it('that fails stops nothing, and the reason is kept', async () => {
    const fake = fakeActivities({ compareLabels: failing('ArtifactMissing') });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
      expect((await handle.query(statusQuery)).results.comparison).toEqual({ failed: 'ArtifactMissing' });
    });
    expect(fake.count('watchTraining')).toBe(1);
  });

  it('of an observed task is where shapes come from, and nothing is converted without masks', async () => {
    const fake = fakeActivities();
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { masks: null, training: null });
      await handle.result();
      const { results } = await handle.query(statusQuery);
      expect(results.origins).toEqual(ORIGINS);
      expect(results.comparison).toBeUndefined();
    });
    expect([fake.count('planConversion'), fake.count('compareLabels')]).toEqual([0, 0]);
  });

  it('of an observed task with masks is made without an import', async () => {
    const given: unknown[] = [];
    const fake = fakeActivities({
      countOrigins: failing('ArtifactCorrupt'),
      compareLabels: async (args) => {
        given.push(args.dataset, args.imported);
        return COMPARISON;
      },
    });
    const compareWith = { uri: 'file:///masks', sha256: 'aa', files: 3 };
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { masks: null, compareWith, training: null });
      await handle.result();
      const { results } = await handle.query(statusQuery);
      expect(results.comparison).toEqual(COMPARISON);
      expect(results.origins).toEqual({ failed: 'ArtifactCorrupt' });
    });
    expect(given).toEqual([DATASET, undefined]);
    expect(fake.count('convertShard')).toBe(2);
    for (const name of ['matchLabels', 'guardTask', 'importPreannotations', 'assignJobs', 'handOver'] as const) {
      expect([name, fake.count(name)]).toEqual([name, 0]);
    }
  });

  it('is left out where nothing was imported', async () => {
    const fake = fakeActivities({ guardTask: failing('TaskHoldsOtherShapes') });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await handle.executeUpdate(skipUpdate, { args: [{ by: 'ines' }] });
      await handle.result();
    });
    expect([fake.count('exportLabels'), fake.count('compareLabels')]).toEqual([1, 0]);
  });
});
