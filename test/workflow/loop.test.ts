import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import {
  answerLoopUpdate,
  editLoopUpdate,
  pauseLoopSignal,
  resumeLoopSignal,
  stopLoopUpdate,
} from '../../src/contracts/loop-messages.ts';
import { wakeSignal } from '../../src/contracts/messages.ts';
import type { StopFinding } from '../../src/contracts/stop-rules.ts';
import { fakeLoop, finish, SELECTION, startLoop, untilLoop, withLoops } from '../kit/fake-loop.ts';
import { ARTIFACT } from '../kit/fake-refs.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

const INES = { by: 'ines' };
const STOP = { ...INES, note: 'enough' };
const POLICY = { ...ARTIFACT, sha256: 'bb' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => temporal.close());

const empty = (action: StopFinding['action']): StopFinding => ({
  rule: 'empty-pool',
  action,
  proposes: true,
  value: 0,
  limit: 1,
  interval: null,
  words: 'no frame is left',
});

describe('a loop', () => {
  it('starts the next iteration when one has ended, and stops after the one that runs', async () => {
    const fake = fakeLoop({}, { waits: true });
    await withLoops(temporal, fake, async (rig) => {
      const handle = await startLoop(rig);
      const first = await untilLoop(handle, ({ phase }) => phase === 'iterating');
      expect(first).toMatchObject({ number: 1, iteration: expect.stringMatching(/\/Iteration_1$/), choices: [] });
      await finish(rig, first.iteration);
      const second = await untilLoop(handle, ({ iteration }) => iteration?.endsWith('/Iteration_2') === true);
      const latest = rig.client.workflow.getHandle(handle.workflowId);
      await latest.executeUpdate(stopLoopUpdate, { args: [STOP] });
      await expect(latest.executeUpdate(stopLoopUpdate, { args: [STOP] })).rejects.toMatchObject({
        cause: { type: 'LoopEnds', message: expect.stringContaining('ends: enough') },
      });
      const ending = await untilLoop(handle, ({ end }) => end !== null);
      expect(ending).toMatchObject({ phase: 'iterating', end: { why: 'person', words: 'enough', by: 'ines' } });
      await finish(rig, second.iteration);
      expect(await handle.result()).toMatchObject({ why: 'person', by: 'ines' });
      expect(fake.tasks).toEqual(['Iteration_1', 'Iteration_2']);
    });
  });

  it('begins no iteration while it is paused, and keeps what it has chosen', async () => {
    const fake = fakeLoop({}, { waits: true });
    await withLoops(temporal, fake, async (rig) => {
      const handle = await startLoop(rig);
      const { iteration } = await untilLoop(handle, ({ phase }) => phase === 'iterating');
      const latest = rig.client.workflow.getHandle(handle.workflowId);
      await latest.signal(pauseLoopSignal, INES);
      await finish(rig, iteration);
      const paused = await untilLoop(handle, ({ number }) => number === 2);
      expect(paused).toMatchObject({ paused: true, iteration: null, phase: 'selecting' });
      expect(fake.tasks).toEqual(['Iteration_1']);
      await latest.signal(resumeLoopSignal, INES);
      const resumed = await untilLoop(handle, ({ phase }) => phase === 'iterating');
      expect(resumed.events.map(({ what, by }) => `${what} ${by}`)).toEqual(['pause ines', 'resume ines']);
    });
  });

  it('takes an edited policy from the next iteration on, and refuses one of another loop', async () => {
    const policies: string[] = [];
    const well = fakeLoop({}, { waits: true }).activities;
    const fake = fakeLoop({
      prepareIteration: async (args) => {
        policies.push(`${args.number} ${args.policy.sha256}`);
        return well.prepareIteration(args);
      },
      checkPolicy: async ({ policy }) => {
        if (policy.sha256 === 'bb') return { changes: 'batchSize 2 to 5' };
        throw failureFrom(new MaskloopError('PolicyDiffers', 'The policy is of project B.'));
      },
    });
    await withLoops(temporal, fake, async (rig) => {
      const handle = await startLoop(rig);
      const { iteration } = await untilLoop(handle, ({ phase }) => phase === 'iterating');
      const edited = { ...INES, policy: POLICY };
      expect(await handle.executeUpdate(editLoopUpdate, { args: [edited] })).toEqual({
        from: 2,
        changes: 'batchSize 2 to 5',
      });
      const other = { ...edited, policy: { ...POLICY, sha256: 'cc' } };
      await expect(handle.executeUpdate(editLoopUpdate, { args: [other] })).rejects.toMatchObject({
        cause: { type: 'PolicyDiffers' },
      });
      expect((await untilLoop(handle, () => true)).policy.sha256).toBe('aa');
      await finish(rig, iteration);
      const second = await untilLoop(handle, ({ number, phase }) => number === 2 && phase === 'iterating');
      expect(second).toMatchObject({ policy: POLICY, edited: null });
      expect(second.events).toEqual([
        expect.objectContaining({ what: 'edit', by: 'ines', detail: 'batchSize 2 to 5' }),
      ]);
      expect(policies).toEqual(['1 aa', '2 bb']);
    });
  });

  it('asks when an iteration was cancelled, and does what it is answered', async () => {
    const fake = fakeLoop({}, { waits: true });
    await withLoops(temporal, fake, async (rig) => {
      const handle = await startLoop(rig);
      const latest = rig.client.workflow.getHandle(handle.workflowId);
      const answer = async (given: 'retry' | 'skip' | 'go on' | 'stop') =>
        latest.executeUpdate(answerLoopUpdate, { args: [{ ...INES, answer: given }] });
      for (const given of ['retry', 'skip', 'stop'] as const) {
        const { iteration } = await untilLoop(handle, ({ phase }) => phase === 'iterating');
        await expect(answer(given)).rejects.toMatchObject({ cause: { type: 'NothingAsked' } });
        await rig.client.workflow.getHandle(iteration ?? '').cancel();
        const asking = await untilLoop(handle, ({ phase }) => phase === 'asking');
        expect(asking).toMatchObject({ trouble: { code: 'IterationCancelled' }, choices: ['retry', 'skip', 'stop'] });
        await expect(answer('go on')).rejects.toMatchObject({ cause: { type: 'NothingAsked' } });
        const before = ['retry', 'skip', 'stop'].indexOf(given);
        while (fake.told.length === before) await sleep(10);
        await answer(given);
      }
      await latest.result();
      expect(fake.told.map(({ kind }) => kind)).toEqual(['attention', 'attention', 'attention', 'loop-stopped']);
      expect(fake.told[0]).toMatchObject({
        trouble: { code: 'IterationCancelled' },
        commands: [
          expect.stringMatching(/^maskloop loop answer Project_\d+\/vessels "retry"$/),
          expect.stringContaining('skip'),
          expect.stringContaining('stop'),
        ],
      });
      expect(await handle.result()).toMatchObject({ why: 'person', by: 'ines' });
      expect(fake.tasks).toEqual(['Iteration_1', 'Iteration_1', 'Iteration_2']);
    });
  });

  it('stops when a rule says so, asks when a rule asks, and goes on when it is told to', async () => {
    const finding: StopFinding = { ...empty('ask'), rule: 'plateau', words: 'more labels no longer help' };
    const judge = (number: number) =>
      number === 1
        ? { findings: [finding], proposes: 'ask' as const }
        : { findings: [{ ...finding, action: 'stop' as const }], proposes: 'stop' as const };
    const fake = fakeLoop({}, { judge });
    await withLoops(temporal, fake, async (rig) => {
      const handle = await startLoop(rig);
      const asking = await untilLoop(handle, ({ phase }) => phase === 'asking');
      expect(asking).toMatchObject({ number: 2, trouble: null, choices: ['go on', 'stop'], findings: [finding] });
      const latest = rig.client.workflow.getHandle(handle.workflowId);
      // Who answers at once is not told that there is something to answer.
      while (fake.told.length === 0) await sleep(10);
      await latest.executeUpdate(answerLoopUpdate, { args: [{ ...INES, answer: 'go on' }] });
      const end = await handle.result();
      expect(end).toMatchObject({ why: 'plateau', words: 'more labels no longer help', by: null });
      expect(fake.told).toMatchObject([
        { kind: 'attention', trouble: { code: 'StopProposed' } },
        { kind: 'loop-stopped', why: 'more labels no longer help' },
      ]);
      expect(fake.tasks).toEqual(['Iteration_1', 'Iteration_2']);
    });
  });

  it('ends, asks or looks again later when the pool has run dry, as the rule says', async () => {
    for (const action of ['stop', 'ask', 'note'] as const) {
      const fake = fakeLoop({
        selectSamples: async () => ({ ...SELECTION, frames: 0, images: null }),
        prepareIteration: async () => ({ kind: 'too few', frames: 0, finding: empty(action) }),
      });
      await withLoops(temporal, fake, async (rig) => {
        const handle = await startLoop(rig);
        if (action === 'stop') expect(await handle.result()).toMatchObject({ why: 'empty-pool' });
        const phase = { stop: 'stopped', ask: 'asking', note: 'resting' }[action];
        const status = await untilLoop(handle, (now) => now.phase === phase);
        expect(status).toMatchObject({ number: 1, iteration: null, findings: [empty(action)] });
        if (action === 'note') expect(status.rests).toBe('no frame is left');
      });
    }
  });

  it('says all the while since when a server is held, and looks again when it is woken', async () => {
    let until = new Date(0);
    let isHeld = true;
    const prepared = fakeLoop().activities.prepareIteration;
    const fake = fakeLoop(
      {
        prepareIteration: async (args) => {
          const facts = { until: until.toISOString() };
          if (isHeld) throw failureFrom(new MaskloopError('OnHold', 'CVAT is held.', { facts }));
          return prepared(args);
        },
      },
      { waits: true },
    );
    await withLoops(temporal, fake, async (rig) => {
      const handle = await startLoop(rig);
      const first = await untilLoop(handle, ({ trouble }) => trouble !== null);
      until = new Date(Date.now() + 3_600_000);
      const later = await untilLoop(handle, ({ trouble }) => trouble?.facts['until'] === until.toISOString());
      expect(later.trouble).toMatchObject({ code: 'OnHold', since: first.trouble?.since });
      isHeld = false;
      await handle.signal(wakeSignal);
      expect(await untilLoop(handle, ({ phase }) => phase === 'iterating')).toMatchObject({ trouble: null });
    });
  });

  it('asks where a step of its own fails, and does it again', async () => {
    let failures = 1;
    const fake = fakeLoop(
      {
        selectSamples: async () => {
          if (failures-- > 0) throw failureFrom(new MaskloopError('NoImages', 'The folder holds no image.'));
          return SELECTION;
        },
      },
      { waits: true },
    );
    await withLoops(temporal, fake, async (rig) => {
      const handle = await startLoop(rig);
      const asking = await untilLoop(handle, ({ phase }) => phase === 'asking');
      expect(asking).toMatchObject({ trouble: { code: 'NoImages' }, number: 1 });
      await handle.executeUpdate(answerLoopUpdate, { args: [{ ...INES, answer: 'retry' }] });
      expect(await untilLoop(handle, ({ phase }) => phase === 'iterating')).toMatchObject({ number: 1, trouble: null });
    });
  });
});
