import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pauseSignal, resumeSignal, retryUpdate, statusQuery } from '../../src/contracts/messages.ts';
import { failing, failingFirst } from '../kit/failing.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { heldFor } from '../kit/held-server.ts';
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

/** An iteration whose new model nobody has decided on; what is published is told by `published`. */
async function undecided(asked: () => Promise<void>) {
  const seen = { published: 'the new one' };
  const well = fakeActivities().activities;
  const fake = fakeActivities({
    evaluateModel: failingFirst(1, 'PredictionFailed', await well.evaluateModel({} as never)),
    putBackModel: async (args) => {
      await asked();
      seen.published = 'the one before';
      return well.putBackModel(args);
    },
    promoteModel: async (args) => {
      seen.published = 'the new one';
      return well.promoteModel(args);
    },
    probeTrainer: asked,
  });
  return { fake, seen };
}

describe('a model that nobody has decided on, while a person is asked', () => {
  it('is published no more as soon as the hold is over that kept the one before from being put back', async () => {
    const hold = await heldFor(temporal, 3, 'monai');
    const { fake, seen } = await undecided(hold.asked);
    const { runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await temporal.env.sleep('2 hours');
      expect(seen.published).toBe('the new one');
      await temporal.env.sleep('62 minutes');
      expect(await handle.query(statusQuery)).toMatchObject({ step: 'evaluate', waitingFor: 'decision' });
      expect(seen.published).toBe('the one before');
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect(seen.published).toBe('the new one');
    expect(runs.map(({ events }) => events).filter((events) => events > 300)).toEqual([]);
  });

  it('is put back too where MONAI Label was away, and while it is paused', async () => {
    let isAway = true;
    const { fake, seen } = await undecided(async () => {
      if (isAway) await failing('MonaiUnreachable')();
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await temporal.env.sleep('1 hour');
      await handle.signal(pauseSignal, INES);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await temporal.env.sleep('10 minutes');
      expect(await handle.query(statusQuery)).toMatchObject({ waitingFor: 'resume' });
      expect(seen.published).toBe('the new one');
      isAway = false;
      await temporal.env.sleep('10 minutes');
      expect(seen.published).toBe('the one before');
      await handle.signal(resumeSignal, INES);
      await handle.result();
    });
  });

  it('is not put back any more once a person has decided', async () => {
    const hold = await heldFor(temporal, 50, 'monai');
    const { fake, seen } = await undecided(hold.asked);
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      await untilCalled(fake, 'probeTrainer', 1);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
      const { events } = await handle.fetchHistory();
      const givenUp = (events ?? []).filter(({ activityTaskCancelRequestedEventAttributes: asked }) => asked != null);
      expect(givenUp.length).toBe(1);
    });
    expect(seen.published).toBe('the new one');
  });
});
