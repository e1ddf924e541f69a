import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import type { IterationInput, IterationStatus } from '../../src/contracts/iteration.ts';
import { retryUpdate, skipUpdate } from '../../src/contracts/messages.ts';
import { failing, failingFirst } from '../kit/failing.ts';
import { DATASET, fakeActivities, PLAN, TASK } from '../kit/fake-activities.ts';
import { PREDICTIONS } from '../kit/fake-refs.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const INES = { by: 'ines' };
const PREDICTED: Partial<IterationInput> = { masks: null, predict: { model: 'segmentation' } };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** Runs an iteration to its end; gives what the receipt is told, and the activities in the order of their calls. */
async function run(
  changes: Parameters<typeof fakeActivities>[0],
  input: Partial<IterationInput> = PREDICTED,
  meanwhile: (handle: IterationHandle) => Promise<unknown> = async () => undefined,
) {
  const told: Parameters<IterationActivities['recordReceipt']>[0][] = [];
  const fake = fakeActivities({
    ...changes,
    recordReceipt: async (args) => {
      told.push(args);
      return fakeActivities().activities.recordReceipt(args);
    },
  });
  await withRig(temporal, { activities: fake.activities }, async (rig) => {
    const handle = await startIteration(rig, input);
    await meanwhile(handle);
    await handle.result();
  });
  return { calls: fake.calls, results: told[0]?.results, steps: told[0]?.steps };
}

async function asked(handle: IterationHandle) {
  return untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
}

async function retry(handle: IterationHandle): Promise<void> {
  await asked(handle);
  await handle.executeUpdate(retryUpdate, { args: [INES] });
}

describe('an iteration whose masks are predicted', () => {
  it('predicts the frames of its task before it converts, in a turn that it gives back before people begin', async () => {
    const turns: unknown[] = [];
    const plans: unknown[] = [];
    const asks: unknown[] = [];
    const { calls, results, steps } = await run(
      {
        predictMasks: async ({ task, taken }) => {
          asks.push({ task, taken });
          return PREDICTIONS;
        },
        planConversion: async ({ predictions }) => {
          plans.push(predictions);
          return PLAN;
        },
      },
      PREDICTED,
      async (handle) => {
        const { turn } = await untilStatus(handle, ({ step }) => step !== 'predict', sleep);
        turns.push(turn);
      },
    );
    const wanted = ['ensureTask', 'requestTurn', 'predictMasks', 'planConversion', 'importPreannotations'];
    const others = new Set(wanted);
    expect([...new Set(calls.filter((name) => others.has(name)))]).toEqual(wanted);
    expect(calls.filter((name) => name === 'requestTurn')).toHaveLength(2);
    expect(turns).toEqual([null]);
    expect(asks).toEqual([{ task: TASK, taken: [] }]);
    expect(plans).toEqual([PREDICTIONS]);
    expect(results?.predictions).toEqual(PREDICTIONS);
    expect(steps?.map(({ step, outcome }) => `${step} ${outcome}`).slice(0, 3)).toEqual([
      'predict done',
      'convert done',
      'upload done',
    ]);
  });

  it('predicts images of a folder before there is a task', async () => {
    const images = { uri: 'file:///images', sha256: 'aa', files: 3 };
    const { calls } = await run({}, { ...PREDICTED, images, training: null });
    expect(calls.slice(0, 3)).toEqual(['requestTurn', 'predictMasks', 'planConversion']);
  });

  it('does not wait for the hours in which trainings begin', async () => {
    const window = { from: '20:00', to: '06:00', timeZone: 'UTC' };
    const training = { model: 'segmentation', maxEpochs: null, heldOutFraction: 0.2, window };
    const { calls } = await run({}, { ...PREDICTED, training });
    expect(calls.indexOf('predictMasks')).toBeLessThan(calls.indexOf('checkTrainingWindow'));
  });

  it('goes on without pre-annotations where a person skips the prediction', async () => {
    const { calls, steps, results } = await run(
      { predictMasks: failing('PredictionFromUntrainedModel') },
      PREDICTED,
      async (handle) => {
        // The turn goes back after the trouble is told.
        const isAsked = ({ waitingFor, turn }: IterationStatus) => waitingFor === 'decision' && turn == null;
        const { trouble, choices } = await untilStatus(handle, isAsked, sleep);
        expect(trouble?.code).toBe('PredictionFromUntrainedModel');
        expect(choices).toEqual(['retry', 'skip', 'cancel']);
        await handle.executeUpdate(skipUpdate, { args: [INES] });
      },
    );
    expect(calls).not.toContain('planConversion');
    expect(calls).not.toContain('importPreannotations');
    expect(calls).toContain('ensureTask');
    expect(steps?.slice(0, 3).map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped', 'done']);
    expect(results?.predictions).toBeUndefined();
  });

  it('takes another model than it should be once a person says so, and remembers who', async () => {
    const asks: unknown[] = [];
    await run(
      {
        predictMasks: async ({ taken }) => {
          asks.push(taken);
          if (taken.length > 0) return PREDICTIONS;
          throw failureFrom(new MaskloopError('ModelChanged', 'another one', { facts: { published: 'SHA256:dd' } }));
        },
      },
      PREDICTED,
      retry,
    );
    expect(asks).toEqual([[], [{ checksum: 'SHA256:dd', by: 'ines' }]]);
  });

  it('predicts again what the store has lost, and not what it still has', async () => {
    const lost = failingFirst(1, 'ArtifactMissing', { masks: 2, annotations: 2, found: false });
    const { calls } = await run({ convertShard: lost }, PREDICTED, retry);
    expect(calls.filter((name) => name === 'predictMasks')).toHaveLength(2);
    const steady = await run({ assembleDataset: failingFirst(1, 'OutputNotWritable', DATASET) }, PREDICTED, retry);
    expect(steady.calls.filter((name) => name === 'predictMasks')).toHaveLength(1);
  });

  it('has no such step where masks are given', async () => {
    const { calls, steps } = await run({}, {});
    expect(calls).not.toContain('predictMasks');
    expect(steps?.[0]?.step).toBe('convert');
  });
});
