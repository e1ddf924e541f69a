import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loopStatusQuery, pauseLoopSignal, resumeLoopSignal } from '../../src/contracts/loop-messages.ts';
import type { Overlap, ScheduledInput } from '../../src/contracts/schedule.ts';
import type { StopFinding } from '../../src/contracts/stop-rules.ts';
import type { scheduledIterationWorkflow } from '../../src/workflows/scheduled-iteration.ts';
import { fakeLoop, finish, SELECTION, startLoop, untilLoop, withLoops } from '../kit/fake-loop.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

const DRY: StopFinding = {
  rule: 'empty-pool',
  action: 'note',
  proposes: true,
  value: 0,
  limit: 1,
  interval: null,
  words: 'no frame is left',
};

let asked = 0;
let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => temporal.close());

describe('the messages of a loop', () => {
  it('begins when it is asked to on a schedule, and tells who has asked what came of it', async () => {
    const well = fakeLoop({}, { waits: true }).activities;
    const selection = { ...SELECTION };
    let isDry = false;
    let finding = DRY;
    const fake = fakeLoop({
      findLoopNumber: async (args) => ({ ...(await well.findLoopNumber(args)), pace: 'schedule' }),
      selectSamples: async () => selection,
      prepareIteration: async (args) => {
        if (isDry) return { kind: 'too few', frames: 0, finding };
        return well.prepareIteration(args);
      },
    });
    await withLoops(temporal, fake, async (rig) => {
      const handle = await startLoop(rig);
      const ask = async (overlap: Overlap) => {
        const { workflow } = rig.client;
        asked += 1;
        const options = { workflowId: `asks-${asked}`, taskQueue: rig.taskQueue };
        const args: [ScheduledInput] = [{ loop: handle.workflowId, overlap }];
        return workflow.start<typeof scheduledIterationWorkflow>('scheduledIterationWorkflow', { ...options, args });
      };
      expect(await untilLoop(handle, ({ phase }) => phase === 'resting')).toMatchObject({ pace: 'schedule' });
      expect(await (await ask('skip')).result()).toMatchObject({
        outcome: 'begun',
        why: expect.stringMatching(/Iteration_1 has begun$/),
      });
      const { iteration } = await untilLoop(handle, ({ phase }) => phase === 'iterating');
      expect(await (await ask('skip')).result()).toMatchObject({
        outcome: 'skipped',
        why: expect.stringMatching(/Iteration_1 runs$/),
      });
      const waiting = await ask('buffer');
      await untilLoop(handle, ({ begin }) => begin !== null);
      await finish(rig, iteration);
      expect(await waiting.result()).toMatchObject({
        outcome: 'begun',
        why: expect.stringMatching(/Iteration_2 has begun$/),
      });
      const second = await untilLoop(handle, ({ number, phase }) => number === 2 && phase === 'iterating');
      isDry = true;
      await finish(rig, second.iteration);
      await untilLoop(handle, ({ number, phase }) => number === 3 && phase === 'resting');
      expect(await (await ask('skip')).result()).toEqual({ outcome: 'skipped', why: 'no frame is left' });
      expect(await untilLoop(handle, ({ phase }) => phase === 'resting')).toMatchObject({ end: null });
      // Where no frame can ever come, the loop ends, and who has asked is told all the same.
      finding = { ...DRY, action: 'stop' };
      expect(await (await ask('skip')).result()).toEqual({ outcome: 'skipped', why: 'no frame is left' });
      expect(await handle.result()).toMatchObject({ why: 'empty-pool', words: 'no frame is left' });
    });
  });

  it('loses no message and lets no history grow where many come while an iteration runs', async () => {
    const fake = fakeLoop({}, { waits: true });
    const runs = await withLoops(temporal, fake, async (rig) => {
      const handle = await startLoop(rig);
      const { iteration } = await untilLoop(handle, ({ phase }) => phase === 'iterating');
      for (let index = 0; index < 60; index += 1) {
        const signals = Array.from({ length: 8 }, async (_, at) =>
          handle.signal(at % 2 === 0 ? pauseLoopSignal : resumeLoopSignal, { by: `p${index}.${at}` }),
        );
        await Promise.all(signals);
        // Temporal lets no run go on as a new one while messages come without a break.
        await handle.query(loopStatusQuery);
      }
      await handle.signal(resumeLoopSignal, { by: 'last' });
      await handle.signal(pauseLoopSignal, { by: 'last' });
      expect(await untilLoop(handle, ({ events }) => events.at(-1)?.by === 'last')).toMatchObject({ iteration });
      await finish(rig, iteration);
      await untilLoop(handle, ({ number }) => number === 2);
    });
    const loops = runs.filter(({ workflowId }) => workflowId.startsWith('~loop/'));
    expect(loops.length).toBeGreaterThan(2);
    expect(Math.max(...loops.map(({ events }) => events))).toBeLessThan(500);
  });
});
