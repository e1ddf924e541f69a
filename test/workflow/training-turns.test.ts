import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { pauseSignal, resumeSignal, retryUpdate, statusQuery } from '../../src/contracts/messages.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { requestTurnSignal, trainingTurnsId } from '../../src/contracts/training-turns.ts';
import { readTurns } from '../../src/operations/training-turns.ts';
import { fakeActivities, type FakeActivities } from '../kit/fake-activities.ts';
import { turnsAt } from '../kit/real-turns.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import { withRig, type Rig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

const ADDRESS = 'http://monai.test:8000';
const INES = { by: 'ines' };
const TRAINING = { model: 'segmentation', maxEpochs: 1, heldOutFraction: 0 };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => temporal.close());

/** Trainings that last until they are let go, in the order in which they began. */
class Trainings {
  readonly begun: string[] = [];
  readonly #let = new Set<string>();

  end(id: string): void {
    this.#let.add(id);
  }

  endAll(): void {
    for (const id of this.begun) this.end(id);
  }

  readonly watch = async ({ id }: { id: string }) => {
    this.begun.push(id);
    while (!this.#let.has(id)) await sleep(20);
    return { model: 'segmentation', checksum: 'SHA256:cc', epochs: 1, trainerMetric: null };
  };
}

let trainings = new Trainings();
afterEach(() => {
  trainings.endAll();
  trainings = new Trainings();
});

async function withTurns(changes: Parameters<typeof fakeActivities>[0], body: (rig: Rig) => Promise<void>) {
  const fake: FakeActivities = fakeActivities({ watchTraining: async (args) => trainings.watch(args), ...changes });
  const activities = { ...fake.activities, ...turnsAt(temporal.env.client, ADDRESS) };
  await withRig(temporal, { activities, taskQueue: TASK_QUEUES.iterations }, body);
}

async function train(rig: Rig): Promise<IterationHandle> {
  return startIteration(rig, { training: TRAINING });
}

const waits = async (handle: IterationHandle, what: string) =>
  untilStatus(handle, ({ waitingFor }) => waitingFor === what, sleep);

async function untilTraining(handle: IterationHandle): Promise<void> {
  for (let looks = 0; looks < 1600 && !trainings.begun.includes(handle.workflowId); looks++) await sleep(25);
  expect(trainings.begun).toContain(handle.workflowId);
}

describe('iterations that share a trainer', () => {
  it('train one after the other, in the order in which they asked, and say so', async () => {
    await withTurns({}, async (rig) => {
      const first = await train(rig);
      await untilTraining(first);
      const second = await train(rig);
      const { turn } = await waits(second, 'turn');
      expect(turn).toEqual({ turns: trainingTurnsId(ADDRESS), hasTurn: false });
      const third = await train(rig);
      await waits(third, 'turn');
      const turns = await readTurns(rig.client, trainingTurnsId(ADDRESS));
      expect(turns?.holder?.id).toBe(first.workflowId);
      expect(turns?.waiting.map(({ id }) => id)).toEqual([second.workflowId, third.workflowId]);
      expect(trainings.begun).toEqual([first.workflowId]);
      trainings.end(first.workflowId);
      await first.result();
      await untilTraining(second);
      expect(trainings.begun).toEqual([first.workflowId, second.workflowId]);
      trainings.end(second.workflowId);
      await untilTraining(third);
      trainings.end(third.workflowId);
      await Promise.all([second.result(), third.result()]);
      await rig.client.workflow.getHandle(trainingTurnsId(ADDRESS)).result();
    });
  });

  it('are told of their turn where the one who gives it goes on as a new run in between', async () => {
    await withTurns({}, async (rig) => {
      const first = await train(rig);
      await untilTraining(first);
      const second = await train(rig);
      await waits(second, 'turn');
      const turns = rig.client.workflow.getHandle(trainingTurnsId(ADDRESS));
      const holder = (await readTurns(rig.client, trainingTurnsId(ADDRESS)))?.waiting[0];
      const trainee = { id: second.workflowId, firstRunId: holder?.firstRunId ?? '' };
      while ((await turns.describe()).historyLength < 400) {
        await Promise.all(Array.from({ length: 40 }, async () => turns.signal(requestTurnSignal, trainee)));
      }
      trainings.end(first.workflowId);
      await untilTraining(second);
      trainings.end(second.workflowId);
      await Promise.all([first.result(), second.result()]);
      await turns.result();
    });
  });

  it('are not held up by one that was terminated', async () => {
    await withTurns({}, async (rig) => {
      const first = await train(rig);
      await untilTraining(first);
      const second = await train(rig);
      await waits(second, 'turn');
      await first.terminate('by hand');
      await untilTraining(second);
      trainings.end(first.workflowId);
      trainings.end(second.workflowId);
      await second.result();
      await rig.client.workflow.getHandle(trainingTurnsId(ADDRESS)).result();
    });
  });

  it('are not held up by one that waits for a decision before it trains, nor by one that is cancelled or paused', async () => {
    let conflicts = 1;
    const submitLabels = async () => {
      if (conflicts-- > 0) throw failureFrom(new MaskloopError('LabelConflict', 'another label'));
      return { manifest: { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 }, training: 2, heldOut: 1 };
    };
    await withTurns({ submitLabels }, async (rig) => {
      const stuck = await train(rig);
      await waits(stuck, 'decision');
      const first = await train(rig);
      await untilTraining(first);
      const paused = await train(rig);
      await waits(paused, 'turn');
      await paused.signal(pauseSignal, INES);
      await waits(paused, 'resume');
      const cancelled = await train(rig);
      await waits(cancelled, 'turn');
      await cancelled.cancel();
      await expect(cancelled.result()).rejects.toThrow('cancelled');
      await stuck.executeUpdate(retryUpdate, { args: [INES] });
      await waits(stuck, 'turn');
      await paused.signal(resumeSignal, INES);
      await waits(paused, 'turn');
      trainings.end(first.workflowId);
      await untilTraining(stuck);
      trainings.end(stuck.workflowId);
      await untilTraining(paused);
      trainings.end(paused.workflowId);
      await Promise.all([first.result(), stuck.result(), paused.result()]);
      expect(trainings.begun).not.toContain(cancelled.workflowId);
      await rig.client.workflow.getHandle(trainingTurnsId(ADDRESS)).result();
    });
  });

  it('keep their turn while a training that may still run is decided on', async () => {
    let away = 1;
    const watchTraining = async (args: { id: string }) => {
      if (away-- > 0) throw failureFrom(new MaskloopError('MonaiUnexpectedAnswer', 'not what was expected'));
      return trainings.watch(args);
    };
    await withTurns({ watchTraining }, async (rig) => {
      const first = await train(rig);
      expect((await waits(first, 'decision')).turn).toMatchObject({ hasTurn: true });
      const second = await train(rig);
      await waits(second, 'turn');
      await first.executeUpdate(retryUpdate, { args: [INES] });
      await untilTraining(first);
      expect(trainings.begun).toEqual([first.workflowId]);
      trainings.end(first.workflowId);
      await untilTraining(second);
      trainings.end(second.workflowId);
      await Promise.all([first.result(), second.result()]);
      await rig.client.workflow.getHandle(trainingTurnsId(ADDRESS)).result();
    });
  });
});

describe('a training window', () => {
  /** A window of one minute that is half a day away. */
  function farWindow(): { from: string; to: string; timeZone: string } {
    const hour = (new Date().getUTCHours() + 12) % 24;
    const at = String(hour).padStart(2, '0');
    return { from: `${at}:00`, to: `${at}:01`, timeZone: 'UTC' };
  }

  it('is waited for without holding anybody up, unless a person has the training begin', async () => {
    await withTurns({}, async (rig) => {
      const late = await startIteration(rig, { training: { ...TRAINING, window: farWindow() } });
      const status = await waits(late, 'window');
      expect(status.choices).toEqual(['retry', 'cancel']);
      expect(Date.parse(status.opensAt ?? '')).toBeGreaterThan(Date.now());
      const first = await train(rig);
      await untilTraining(first);
      trainings.end(first.workflowId);
      await first.result();
      await late.executeUpdate(retryUpdate, { args: [INES] });
      await untilTraining(late);
      trainings.end(late.workflowId);
      await late.result();
      const { steps } = await late.query(statusQuery);
      expect(steps.find(({ step }) => step === 'train')?.outcome).toBe('done');
    });
  });
});
