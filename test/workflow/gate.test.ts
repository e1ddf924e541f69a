import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import type { GatePolicy, Verdict } from '../../src/contracts/gate.ts';
import type { IterationStatus } from '../../src/contracts/iteration.ts';
import {
  approveUpdate,
  declineUpdate,
  pauseSignal,
  resumeSignal,
  retryUpdate,
  skipUpdate,
} from '../../src/contracts/messages.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities, MEASURES, MODEL_BEFORE } from '../kit/fake-activities.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { ATTENTIVE } from '../kit/temporal/attentive.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';
import { untilCalled } from '../kit/until-called.ts';
import { untilCancelled } from '../kit/until-cancelled.ts';

const INES = { by: 'ines' };
const [OLD, NEW] = ['SHA256:bb', 'SHA256:cc'];

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** Activities over a server that publishes every training at once, as MONAI Label does. */
function server(verdict: Verdict, changes: Partial<IterationActivities> = {}) {
  const state = { published: OLD };
  const well = fakeActivities().activities;
  const putBack: unknown[] = [];
  const fake = fakeActivities({
    watchTraining: async (args) => {
      state.published = NEW;
      return well.watchTraining(args);
    },
    evaluateModel: async (args) => {
      state.published = NEW;
      return { ...(await well.evaluateModel(args)), gate: { ...MEASURES, verdict } };
    },
    promoteModel: async (args) => {
      state.published = NEW;
      return well.promoteModel(args);
    },
    putBackModel: async (args) => {
      putBack.push(args.why);
      state.published = OLD;
      return { ...(await well.putBackModel(args)), checksum: args.model?.checksum ?? OLD };
    },
    ...changes,
  });
  return { fake, state, putBack };
}

function policy(name: GatePolicy) {
  const gate = { policy: name, floors: { all: null, classes: {} } };
  return { training: { model: 'segmentation', maxEpochs: null, heldOutFraction: 0.2, gate } };
}

type Server = ReturnType<typeof server>;

/** Runs an iteration on it, and gives what is published at its end and what the receipt is told. */
async function run(
  { fake, state }: Server,
  name: GatePolicy,
  meanwhile: (handle: IterationHandle) => Promise<unknown> = async () => undefined,
) {
  const results: { promotion?: unknown; decisions?: unknown }[] = [];
  const recordReceipt: IterationActivities['recordReceipt'] = async (args) => {
    results.push({ promotion: args.results.promotion, decisions: args.decisions });
    return fakeActivities().activities.recordReceipt(args);
  };
  const activities = { ...fake.activities, recordReceipt };
  await withRig(temporal, { activities, worker: ATTENTIVE }, async (rig) => {
    const handle = await startIteration(rig, policy(name));
    await meanwhile(handle);
    await handle.result().catch(() => undefined);
  });
  return { published: state.published, ...results[0] };
}

async function asked(handle: IterationHandle): Promise<IterationStatus> {
  return untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
}

describe('the gate of an iteration', () => {
  it.each<[GatePolicy, Verdict, string]>([
    ['always', 'not better', NEW],
    ['if-better', 'better', NEW],
    ['if-better', 'first', NEW],
    ['if-better', 'floor missed', OLD],
    ['if-better', 'not measured', OLD],
  ])('with the policy %s leaves the right model published where the new one is %s', async (name, verdict, wanted) => {
    const { published, promotion } = await run(server(verdict), name);
    expect(published).toBe(wanted);
    expect(promotion).toMatchObject({ outcome: wanted === NEW ? 'promoted' : 'put back', published: wanted });
  });

  it.each([
    ['approve', NEW],
    ['decline', OLD],
  ] as const)('with the policy ask publishes the old model until somebody decides: %s', async (what, wanted) => {
    const site = server('better');
    const end = await run(site, 'ask', async (handle) => {
      const status = await asked(handle);
      expect(status.trouble).toMatchObject({
        code: 'ModelWaits',
        facts: { before: 0.8, after: 0.9, published: OLD },
      });
      expect(status.choices).toEqual(['approve', 'decline', 'cancel']);
      expect(site.state.published).toBe(OLD);
      await (what === 'approve'
        ? handle.executeUpdate(approveUpdate, { args: [{ ...INES, carry: false }] })
        : handle.executeUpdate(declineUpdate, { args: [INES] }));
    });
    expect(end).toMatchObject({ published: wanted, promotion: { by: 'ines' }, decisions: [{ what, by: 'ines' }] });
    expect(site.fake.count('evaluateModel')).toBe(1);
  });

  it('refuses to approve or decline where no model waits', async () => {
    const site = server('better', { evaluateModel: failing('MonaiRejected') });
    await run(site, 'ask', async (handle) => {
      await asked(handle);
      const approve = handle.executeUpdate(approveUpdate, { args: [{ ...INES, carry: false }] });
      await expect(approve).rejects.toMatchObject({ cause: { type: 'NotApprovable' } });
      const decline = handle.executeUpdate(declineUpdate, { args: [INES] });
      await expect(decline).rejects.toMatchObject({ cause: { type: 'NotApprovable' } });
      await handle.executeUpdate(skipUpdate, { args: [INES] });
    });
    expect(site.state.published).toBe(OLD);
  });

  it('publishes the old model while a failed evaluation waits for a person, and leaves it at a skip', async () => {
    const site = server('better', {
      evaluateModel: async () => {
        site.state.published = NEW;
        throw ApplicationFailure.nonRetryable('fails', 'MonaiRejected');
      },
    });
    const end = await run(site, 'always', async (handle) => {
      await asked(handle);
      while (site.state.published !== OLD) await sleep(20);
      expect((await asked(handle)).turn).toMatchObject({ hasTurn: true });
      await handle.executeUpdate(skipUpdate, { args: [INES] });
    });
    expect(end).toMatchObject({ published: OLD, promotion: { verdict: 'better' } });
    expect(site.fake.count('promoteModel')).toBe(0);
  });

  it.each([
    ['a training that failed half-way, at once', 'TrainingFailed', OLD, []],
    ['a training that may still run once that is stopped', 'TrainingStalled', NEW, [NEW]],
  ] as const)('publishes the old model where %s is skipped', async (_, code, meanwhile, stopped) => {
    const order: string[] = [];
    const site = server('better', {
      watchTraining: async () => {
        site.state.published = NEW;
        throw ApplicationFailure.nonRetryable('half-way', code);
      },
      stopTraining: async () => {
        order.push(site.state.published ?? '');
      },
    });
    const end = await run(site, 'if-better', async (handle) => {
      await asked(handle);
      while (site.state.published !== meanwhile) await sleep(20);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
    });
    expect(end.published).toBe(OLD);
    expect(order).toEqual(stopped);
  });

  it.each(['watchTraining', 'evaluateModel', 'promoteModel'] as const)(
    'publishes the old model when it is cancelled during %s',
    async (name) => {
      const site = server('better', {
        [name]: async () => {
          site.state.published = NEW;
          return untilCancelled();
        },
      });
      const end = await run(site, 'always', async (handle) => {
        await untilCalled(site.fake, name, 1);
        await handle.cancel();
      });
      expect(end).toEqual({ published: OLD });
    },
  );

  it('publishes the old model during a pause of the evaluation, and decides afterwards', async () => {
    let tries = 0;
    const site = server('better', {
      promoteModel: async (args) => {
        tries += 1;
        site.state.published = NEW;
        return tries === 1 ? untilCancelled() : fakeActivities().activities.promoteModel(args);
      },
    });
    const end = await run(site, 'if-better', async (handle) => {
      while (tries === 0) await sleep(20);
      await handle.signal(pauseSignal, INES);
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'resume', sleep);
      expect(site.state.published).toBe(OLD);
      await handle.signal(resumeSignal, INES);
    });
    expect(end.published).toBe(NEW);
    expect(site.fake.count('evaluateModel')).toBe(1);
  });

  it('hands on which model of others a person took, and begins no training before', async () => {
    const taken: unknown[] = [];
    const site = server('better', {
      measureModel: async (args) => {
        taken.push(args.taken);
        if (taken.length > 1) return MODEL_BEFORE;
        throw ApplicationFailure.nonRetryable('changed', 'ModelChanged', { published: 'SHA256:dd' });
      },
    });
    await run(site, 'if-better', async (handle) => {
      await asked(handle);
      expect(site.fake.count('startTraining')).toBe(0);
      await handle.executeUpdate(retryUpdate, { args: [INES] });
    });
    expect(taken).toEqual([[], [{ checksum: 'SHA256:dd', by: 'ines' }]]);
  });

  it('ends with a receipt that says so where the old model cannot be published any more', async () => {
    const site = server('better', { evaluateModel: failing('MonaiRejected'), putBackModel: failing('ModelReplaced') });
    const end = await run(site, 'if-better', async (handle) => {
      await asked(handle);
      await handle.executeUpdate(skipUpdate, { args: [INES] });
    });
    expect(end.promotion).toMatchObject({ outcome: 'not known', published: null });
  });
});
