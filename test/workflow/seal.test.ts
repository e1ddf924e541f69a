import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { sealUpdate, statusQuery } from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities, SEAL } from '../kit/fake-activities.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';
import { untilCalled } from '../kit/until-called.ts';

const INES = { by: 'ines' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

async function notQuiet(): Promise<never> {
  throw failureFrom(new MaskloopError('LabelsNotQuiet', 'seals at 14:32:05 UTC', { retryAfterMs: 60_000 }));
}

describe('the quiet period', () => {
  it('is waited for, however often somebody edits, without history', async () => {
    let looks = 0;
    const fake = fakeActivities({
      awaitQuiet: async () => {
        looks += 1;
        return looks < 500 ? notQuiet() : { lastEditAt: SEAL.lastEditAt };
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
      expect((await handle.fetchHistory()).events?.length).toBeLessThan(200);
    });
    expect(fake.count('sealLabels')).toBe(1);
  });

  it('is ended by `seal`, which is recorded with its sender and refused at any other time', async () => {
    const fake = fakeActivities({ awaitQuiet: notQuiet, exportLabels: failing('CategoryMissing') });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilCalled(fake, 'awaitQuiet', 1);
      expect(fake.count('sealLabels')).toBe(0);
      await handle.executeUpdate(sealUpdate, { args: [INES] });
      const status = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      expect(status).toMatchObject({ step: 'collect', trouble: { code: 'CategoryMissing' }, results: { seal: SEAL } });
      await expect(handle.executeUpdate(sealUpdate, { args: [INES] })).rejects.toMatchObject({
        cause: { type: 'NothingToSeal' },
      });
      await handle.cancel();
    });
  });
});

describe('the seal', () => {
  it('that fails because people go on editing is tried after another quiet period', async () => {
    let tries = 0;
    const fake = fakeActivities({
      sealLabels: async () => {
        tries += 1;
        if (tries === 1) throw failureFrom(new MaskloopError('LabelsChanging', 'job 4 changed'), true);
        return SEAL;
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      await (await startIteration(rig)).result();
    });
    expect([fake.count('awaitQuiet'), fake.count('sealLabels'), fake.count('exportLabels')]).toEqual([2, 2, 1]);
  });

  it('is compared before the training and at the end, and an edit or a failing look stops nothing', async () => {
    const edit = { what: 'changed', job: 4, frame: 0, shapes: [9] } as const;
    let looks = 0;
    const fake = fakeActivities({
      checkSeal: async () => {
        looks += 1;
        if (looks > 1) throw failureFrom(new MaskloopError('CvatForbidden', 'no longer allowed'));
        return { checkedAt: SEAL.sealedAt, edits: 1, first: [edit], list: null, unchecked: null };
      },
      startTraining: async () => {
        expect(looks).toBe(1);
        throw failureFrom(new MaskloopError('MonaiUnreachable', 'away'));
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const status = await untilStatus(handle, ({ results }) => results.sealCheck !== undefined, sleep);
      expect(status.results.sealCheck).toMatchObject({ edits: 1, first: [edit] });
      await handle.cancel();
    });
    const last = fakeActivities({ checkSeal: failing('CvatForbidden') });
    await withRig(temporal, { activities: last.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
      expect((await handle.query(statusQuery)).results.sealCheck).toMatchObject({ unchecked: 'CvatForbidden' });
    });
  });
});

describe('an iteration that only observes', () => {
  it('neither converts nor uploads, and begins with waiting', async () => {
    const fake = fakeActivities();
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { masks: null, training: null });
      await handle.result();
      const { steps } = await handle.query(statusQuery);
      expect(steps.filter(({ outcome }) => outcome === 'skipped').map(({ step }) => step)).toEqual([
        'convert',
        'upload',
        'train',
        'evaluate',
      ]);
    });
    expect(fake.calls).toEqual([
      'ensureTask',
      'checkCompletion',
      'awaitQuiet',
      'sealLabels',
      'exportLabels',
      'countOrigins',
      'checkSeal',
      'recordReceipt',
    ]);
  });
});
