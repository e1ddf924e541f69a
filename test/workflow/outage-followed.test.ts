import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { retryUpdate, statusQuery } from '../../src/contracts/messages.ts';
import type { Told } from '../../src/contracts/notice-activities.ts';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/search-attributes.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { heldFor } from '../kit/held-server.ts';
import { NOTICES } from '../kit/notices/office.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { withRig, type Rig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** MONAI Label for the submission of labels, as it is at the moment; with what an iteration tells of servers. */
function servedBy(asked: () => Promise<void>) {
  const told: string[] = [];
  const fake = fakeActivities({
    submitLabels: async (args) => {
      await asked();
      return fakeActivities().activities.submitLabels(args);
    },
  });
  const tell = async ({ what }: { readonly what: Told }): Promise<void> => {
    if (what.kind === 'server-away') told.push(`${what.kind} ${what.trouble.code}`);
    if (what.kind === 'server-back') told.push(`${what.kind} ${what.code}`);
  };
  return { fake, told, activities: { ...fake.activities, tell } };
}

const away = async (): Promise<never> => {
  throw failureFrom(new MaskloopError('MonaiUnreachable', 'MONAI Label does not answer'), true);
};

/** What the newest run has put into the index, and how often it has tried to submit. */
async function indexedBy({ workflowId }: IterationHandle, { client }: Rig) {
  const events = (await client.workflow.getHandle(workflowId).fetchHistory()).events ?? [];
  const upserts = events.flatMap(({ upsertWorkflowSearchAttributesEventAttributes: upsert }) => {
    const fields = Object.keys(upsert?.searchAttributes?.indexedFields ?? {});
    return fields.includes(SEARCH_ATTRIBUTES.since.name) ? [fields] : [];
  });
  const tries = events.filter(
    ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name === 'submitLabels',
  );
  return { upserts: upserts.length, tries: tries.length };
}

describe('a server that is away', () => {
  it('is waited for since the first failure, however often it is tried, with nothing of that in the index', async () => {
    let isAway = true;
    const { fake, activities } = servedBy(async () => (isAway ? away() : undefined));
    await withRig(temporal, { activities }, async (rig) => {
      const handle = await startIteration(rig);
      const first = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      await temporal.env.sleep('2 hours');
      expect(fake.count('submitLabels')).toBeGreaterThan(8);
      // What comes before it in the step has worked at each try.
      expect(fake.count('submitCorrections')).toBeGreaterThan(8);
      const still = await handle.query(statusQuery);
      expect(still).toMatchObject({ waitingFor: 'server', since: first.since, trouble: first.trouble });
      const { upserts, tries } = await indexedBy(handle, rig);
      expect(tries).toBeGreaterThan(5);
      // The run says at its beginning where it is.
      expect(upserts).toBe(1);
      isAway = false;
      await handle.executeUpdate(retryUpdate, { args: [{ by: 'ines' }] });
      await handle.result();
    });
  });

  it('is told when its hold ends and it is still down, and again when it is back', async () => {
    let isAway = true;
    const hold = await heldFor(temporal, 1, 'monai');
    const { told, activities } = servedBy(async () => {
      await hold.asked();
      if (isAway) await away();
    });
    await withRig(temporal, { activities }, async (rig) => {
      const handle = await startIteration(rig, { notices: NOTICES });
      const held = await untilStatus(handle, ({ trouble }) => trouble?.code === 'OnHold', sleep);
      await temporal.env.sleep('50 minutes');
      expect(told).toEqual([]);
      await temporal.env.sleep('40 minutes');
      const still = await handle.query(statusQuery);
      expect(still).toMatchObject({ since: held.since, trouble: { code: 'MonaiUnreachable' } });
      expect(told).toEqual(['server-away MonaiUnreachable']);
      isAway = false;
      await handle.result();
    });
    expect(told).toEqual(['server-away MonaiUnreachable', 'server-back MonaiUnreachable']);
  });

  it('is told to be back once where a hold came into the outage', async () => {
    let asked = away;
    const { told, activities } = servedBy(async () => asked());
    await withRig(temporal, { activities }, async (rig) => {
      const handle = await startIteration(rig, { notices: NOTICES });
      const { trouble } = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      const hold = await heldFor(temporal, 2, 'monai');
      asked = hold.asked as typeof away;
      await temporal.env.sleep('1 hour');
      expect((await handle.query(statusQuery)).trouble).toMatchObject({ code: 'OnHold' });
      asked = away;
      await temporal.env.sleep('1 hour');
      expect((await handle.query(statusQuery)).trouble).toEqual(trouble);
      asked = hold.asked as typeof away;
      await handle.result();
    });
    expect(told).toEqual(['server-away MonaiUnreachable', 'server-back MonaiUnreachable']);
  });

  it('is shown to be back while the training that it failed to be asked for goes on', async () => {
    let watches = 0;
    let mayEnd = false;
    const well = fakeActivities().activities;
    const fake = fakeActivities({
      watchTraining: async (args) => {
        watches += 1;
        if (watches === 1) await away();
        while (!mayEnd) await sleep(20);
        return well.watchTraining(args);
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await untilStatus(handle, ({ trouble }) => trouble?.code === 'MonaiUnreachable', sleep);
      await handle.executeUpdate(retryUpdate, { args: [{ by: 'ines' }] });
      const status = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'machine' && watches === 2, sleep);
      expect(status).toMatchObject({ step: 'train', trouble: null });
      mayEnd = true;
      await handle.result();
    });
    expect(fake.count('startTraining')).toBe(1);
  });
});
