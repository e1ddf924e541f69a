import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Context } from '@temporalio/activity';
import { failureFrom } from '../../src/activities/to-failure.ts';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { pauseSignal, resumeSignal, retryUpdate } from '../../src/contracts/messages.ts';
import { failingFirst } from '../kit/failing.ts';
import { ARTIFACT, DATASET, fakeActivities } from '../kit/fake-activities.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { ATTENTIVE } from '../kit/temporal/attentive.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const INES = { by: 'ines' };

type Shard = Parameters<IterationActivities['convertShard']>[0];

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** Activities that convert `shards` shards of ten masks; `work` is what each does. */
function conversionOf(
  shards: number,
  work: (shard: Shard) => Promise<void>,
  changes: Partial<IterationActivities> = {},
) {
  const asked: number[] = [];
  const fake = fakeActivities({
    planConversion: async () => ({ plan: ARTIFACT, shards, masks: shards * 10 }),
    convertShard: async (shard) => {
      asked.push(shard.index);
      await work(shard);
      return { masks: 10, annotations: 20, found: false };
    },
    ...changes,
  });
  return { ...fake, asked };
}

function ascending(numbers: readonly number[]): readonly number[] {
  return numbers.toSorted((a, b) => a - b);
}

function upTo(count: number): readonly number[] {
  return [...Array(count).keys()];
}

/** Heartbeats until it is cancelled. */
async function untilCancelled(): Promise<never> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), 20);
  try {
    return await context.cancelled;
  } finally {
    clearInterval(timer);
  }
}

async function hasFailedActivity(handle: IterationHandle): Promise<boolean> {
  const { events } = await handle.fetchHistory();
  return events?.some((event) => event.activityTaskFailedEventAttributes != null) ?? false;
}

async function until(condition: () => boolean): Promise<void> {
  for (let looks = 0; looks < 1600 && !condition(); looks++) await sleep(25);
  if (!condition()) throw new Error('it never came there');
}

describe('a conversion', () => {
  it('does every shard once, four at a time', async () => {
    let [now, most] = [0, 0];
    const fake = conversionOf(13, async () => {
      most = Math.max(most, (now += 1));
      await sleep(60);
      now -= 1;
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
    });
    expect(ascending(fake.asked)).toEqual(upTo(13));
    expect(most).toBe(4);
    expect([fake.count('planConversion'), fake.count('assembleDataset')]).toEqual([1, 1]);
  });

  it('begins no shard after a failure, waits for those under way, and is asked for the rest by a retry', async () => {
    let broken = true;
    let ended = 0;
    let goOn = (): void => undefined;
    const failureIsTold = new Promise<void>((resolve) => (goOn = resolve));
    const fake = conversionOf(9, async ({ index }) => {
      if (index === 2 && broken) {
        throw failureFrom(new MaskloopError('NotAPng', 'frame_29.png is no PNG.', { facts: { file: 'frame_29.png' } }));
      }
      await failureIsTold;
      ended += 1;
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      while (!(await hasFailedActivity(handle))) await sleep(20);
      goOn();
      const status = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      expect(status).toMatchObject({
        step: 'convert',
        trouble: { code: 'NotAPng', facts: { file: 'frame_29.png' } },
        converted: { done: 30, total: 90 },
      });
      expect(ended).toBe(3);
      expect(ascending(fake.asked.splice(0))).toEqual([0, 1, 2, 3]);
      broken = false;
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect(ascending(fake.asked)).toEqual([2, 4, 5, 6, 7, 8]);
    expect(fake.count('planConversion')).toBe(1);
  });

  it('begins no shard while it is paused, and after the resume only the unfinished ones', async () => {
    let held = true;
    const fake = conversionOf(9, async ({ index }) => {
      if (held && index >= 3) await untilCancelled();
    });
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      const handle = await startIteration(rig);
      await until(() => fake.asked.length === 7);
      await handle.signal(pauseSignal, INES);
      const paused = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'resume', sleep);
      expect(paused.converted).toEqual({ done: 30, total: 90 });
      await sleep(200);
      expect(ascending(fake.asked.splice(0))).toEqual([0, 1, 2, 3, 4, 5, 6]);
      held = false;
      await handle.signal(resumeSignal, INES);
      await handle.result();
    });
    expect(ascending(fake.asked)).toEqual([3, 4, 5, 6, 7, 8]);
  });

  it('ends with the iteration when that is cancelled', async () => {
    let ended = 0;
    const fake = conversionOf(9, async () => {
      try {
        await untilCancelled();
      } finally {
        ended += 1;
      }
    });
    await withRig(temporal, { activities: fake.activities, worker: ATTENTIVE }, async (rig) => {
      const handle = await startIteration(rig);
      await until(() => fake.asked.length === 4);
      await handle.cancel();
      await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
      expect(ended).toBe(4);
    });
    expect(fake.asked).toHaveLength(4);
    expect(fake.count('assembleDataset')).toBe(0);
  });

  it('is planned and asked for anew by a retry where the store has lost what was made', async () => {
    const fake = conversionOf(2, async () => undefined, {
      assembleDataset: failingFirst(1, 'ArtifactMissing', DATASET),
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      const status = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      expect(status).toMatchObject({ trouble: { code: 'ArtifactMissing' }, converted: null });
      await handle.executeUpdate(retryUpdate, { args: [INES] });
      await handle.result();
    });
    expect(ascending(fake.asked)).toEqual([0, 0, 1, 1]);
    expect(fake.count('planConversion')).toBe(2);
  });
});

describe('the history of a conversion', () => {
  it('stays below 500 events with the most shards that there are', async () => {
    const fake = conversionOf(64, async () => undefined);
    const { runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
    });
    expect(ascending(fake.asked)).toEqual(upTo(64));
    for (const { events } of runs) expect(events).toBeLessThan(500);
  }, 240_000);

  it('is cut where an outage before has made it long, and no shard is asked for twice', async () => {
    const plan = { plan: ARTIFACT, shards: 64, masks: 640 };
    const fake = conversionOf(64, async () => undefined, {
      planConversion: failingFirst(8 * 25, 'StoreUnreachable', plan),
    });
    const { runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig);
      await handle.result();
    });
    expect(ascending(fake.asked)).toEqual(upTo(64));
    expect(runs.length).toBeGreaterThan(1);
    for (const { events } of runs) expect(events).toBeLessThan(500);
  }, 240_000);
});
