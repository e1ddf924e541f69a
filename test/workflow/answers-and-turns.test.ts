import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import {
  approveUpdate,
  declineUpdate,
  pauseSignal,
  resumeSignal,
  retryUpdate,
  skipUpdate,
  statusQuery,
} from '../../src/contracts/messages.ts';
import { FIRST_MODEL, modelOf, withSharedTrainer, type SharedTrainer } from '../kit/shared-trainer.ts';
import { untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

const INES = { by: 'ines' };
const FAILED = failureFrom(new MaskloopError('TrainingFailed', 'no memory'));

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => temporal.close());

const waits = async (handle: IterationHandle, what: string) =>
  untilStatus(handle, ({ waitingFor }) => waitingFor === what, sleep);

/** Waits until something was noted. */
async function noted({ log }: SharedTrainer, what: string): Promise<number> {
  for (let looks = 0; looks < 400 && !log.includes(what); looks++) await sleep(25);
  expect(log).toContain(what);
  return log.indexOf(what);
}

/** An iteration that is asked about its model, while another one trains. */
async function askedBeside(shared: SharedTrainer): Promise<{ asked: IterationHandle; other: IterationHandle }> {
  const asked = await shared.start('ask');
  shared.end(asked.workflowId);
  await waits(asked, 'decision');
  const other = await shared.start('if-better');
  await noted(shared, `watchTraining ${other.workflowId}`);
  expect(shared.published()).toBe(FIRST_MODEL);
  return { asked, other };
}

async function answer(handle: IterationHandle, what: 'approve' | 'decline'): Promise<void> {
  await (what === 'approve'
    ? handle.executeUpdate(approveUpdate, { args: [{ ...INES, carry: false }] })
    : handle.executeUpdate(declineUpdate, { args: [INES] }));
}

describe('an answer about a model', () => {
  it('is carried out in a turn: not while another iteration trains, and not before its model is decided on', async () => {
    await withSharedTrainer(temporal, {}, async (shared) => {
      const { asked, other } = await askedBeside(shared);
      const before = shared.log.length;
      await answer(asked, 'decline');
      expect((await waits(asked, 'turn')).turn).toMatchObject({ hasTurn: false });
      await sleep(200);
      expect(shared.log.slice(before)).toEqual([]);
      shared.end(other.workflowId);
      await Promise.all([asked.result(), other.result()]);
      const done = shared.log.indexOf(`recordReceipt ${other.workflowId} done`);
      expect(shared.log.indexOf(`putBackModel ${asked.workflowId}`, before)).toBeGreaterThan(done);
      expect(shared.published()).toBe(modelOf(other.workflowId));
    });
  });

  it('touches nothing while its turn is waited for, also where it is paused meanwhile', async () => {
    await withSharedTrainer(temporal, {}, async (shared) => {
      const { asked, other } = await askedBeside(shared);
      const before = shared.log.length;
      await answer(asked, 'approve');
      await waits(asked, 'turn');
      await asked.signal(pauseSignal, INES);
      await waits(asked, 'resume');
      expect(shared.log.slice(before)).toEqual([]);
      shared.end(other.workflowId);
      await other.result();
      await asked.signal(resumeSignal, INES);
      await asked.result();
      expect(shared.published()).toBe(modelOf(asked.workflowId));
    });
  });

  it('that cannot be carried out leaves the trainer to others while a person looks at it', async () => {
    const promoteModel = async () => {
      throw failureFrom(new MaskloopError('ModelReplaced', 'another one was published'));
    };
    await withSharedTrainer(temporal, { promoteModel }, async (shared) => {
      const asked = await shared.start('ask');
      shared.end(asked.workflowId);
      await waits(asked, 'decision');
      await answer(asked, 'approve');
      await untilStatus(asked, ({ trouble }) => trouble?.code === 'ModelReplaced', sleep);
      const other = await shared.start('ask');
      shared.end(other.workflowId);
      await untilStatus(other, ({ trouble }) => trouble?.code === 'ModelWaits', sleep);
      await asked.executeUpdate(skipUpdate, { args: [INES] });
      await asked.result();
      await answer(other, 'decline');
      await other.result();
    });
  });
});

describe('a turn', () => {
  it('is given back after the model from before is published again, where a training has failed', async () => {
    await withSharedTrainer(temporal, {}, async (shared) => {
      const failing = await shared.start('if-better');
      await noted(shared, `watchTraining ${failing.workflowId}`);
      const next = await shared.start('if-better');
      await waits(next, 'turn');
      shared.end(failing.workflowId, FAILED);
      await noted(shared, `watchTraining ${next.workflowId}`);
      const putBack = shared.log.indexOf(`putBackModel ${failing.workflowId} done`);
      expect(putBack).toBeGreaterThan(0);
      expect(shared.log.indexOf(`submitLabels ${next.workflowId}`)).toBeGreaterThan(putBack);
      expect(shared.published()).toBe(FIRST_MODEL);
      shared.end(next.workflowId);
      await next.result();
      shared.end(failing.workflowId);
      await failing.executeUpdate(retryUpdate, { args: [INES] });
      await failing.result();
      expect((await failing.query(statusQuery)).results.modelBefore?.checksum).toBe(modelOf(next.workflowId));
    });
  });

  it('is kept where the model from before could not be published again', async () => {
    let isAway = true;
    const putBackModel = async () => {
      if (isAway) throw failureFrom(new MaskloopError('MonaiRejected', 'read-only'));
      throw failureFrom(new MaskloopError('ModelReplaced', 'another one was published'));
    };
    await withSharedTrainer(temporal, { putBackModel }, async (shared) => {
      const failing = await shared.start('if-better');
      shared.end(failing.workflowId, FAILED);
      await noted(shared, `putBackModel ${failing.workflowId}`);
      const next = await shared.start('if-better');
      await waits(next, 'turn');
      expect((await failing.query(statusQuery)).turn).toMatchObject({ hasTurn: true });
      isAway = false;
      await failing.executeUpdate(retryUpdate, { args: [INES] });
      await noted(shared, `watchTraining ${next.workflowId}`);
      shared.end(next.workflowId);
      await next.result();
    });
  });
});
