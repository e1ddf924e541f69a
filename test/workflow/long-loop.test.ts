import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeLoop, SHORT_ITERATIONS, startLoop } from '../kit/fake-loop.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const ITERATIONS = 200;

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

describe('a loop of 200 iterations', () => {
  it('has short runs, a small state, and replays from the first run to the last', async () => {
    const words = 'x'.repeat(300);
    const finding = { rule: 'budget', value: 1, limit: 2, interval: null, words } as const;
    const judge = (number: number) => {
      const isLast = number === ITERATIONS;
      const findings = ['plateau', 'target', 'corrections', 'budget'].map(() => ({
        ...finding,
        action: 'stop' as const,
        proposes: isLast,
      }));
      return { findings, proposes: isLast ? ('stop' as const) : null };
    };
    const fake = fakeLoop({}, { judge });
    const { result, runs } = await withRig(
      temporal,
      { activities: fake.activities, workflowsPath: SHORT_ITERATIONS },
      async (rig) => (await startLoop(rig)).result(),
    );
    expect(result).toMatchObject({ why: 'budget', words, by: null });
    expect(fake.tasks).toEqual(Array.from({ length: ITERATIONS }, (_, index) => `Iteration_${index + 1}`));
    const loops = runs.filter(({ workflowId }) => workflowId.startsWith('~loop/'));
    expect(runs).toHaveLength(2 * ITERATIONS + 1);
    expect(loops).toHaveLength(ITERATIONS + 1);
    expect(Math.max(...loops.map(({ events }) => events))).toBeLessThan(100);
    expect(Math.max(...loops.map(({ largestPayloadBytes }) => largestPayloadBytes))).toBeLessThan(4000);
  }, 400_000);
});
