import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Context } from '@temporalio/activity';
import { failureFrom } from '../../src/activities/to-failure.ts';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { LoopActivities, StopActivities } from '../../src/contracts/loop-activities.ts';
import type { LoopState } from '../../src/contracts/loop.ts';
import type { StopFinding, StopRef } from '../../src/contracts/stop-rules.ts';
import { openLoop, setPaused } from '../../src/workflows/loop/loop-state.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { fakeLoop, startLoop } from '../kit/fake-loop.ts';
import { ARTIFACT } from '../kit/fake-refs.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import type { VerifiedRun } from '../kit/temporal/verify-runs.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const ITERATIONS = 200;
const MOST_EVENTS = 500;
const MOST_BYTES = 16 * 1024;
const DAY_MS = 24 * 60 * 60_000;
const WORDS = 'x'.repeat(300);

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

/** What all rules have found, in many words; the last iteration uses the budget up. */
function judgement(number: number): Pick<StopRef, 'findings' | 'proposes'> {
  const isLast = number === ITERATIONS;
  const finding = (rule: StopFinding['rule']): StopFinding => ({
    rule,
    action: 'stop',
    proposes: isLast && rule === 'budget',
    value: number,
    limit: ITERATIONS,
    interval: { low: -0.0123, high: 0.0123 },
    words: WORDS,
  });
  const findings = (['plateau', 'target', 'corrections', 'budget'] as const).map(finding);
  return { findings, proposes: isLast ? 'stop' : null };
}

/** The state of a loop that people have steered so often that it holds as much of that as it may. */
function steeredOften(): LoopState {
  const at = '2026-01-01T00:00:00.000Z';
  const by = 'somebody with a long name '.repeat(4);
  const times = Array.from({ length: 120 }, (_, index) => index % 2 === 0);
  return times.reduce((state, paused) => setPaused(state, paused, { by, at }), openLoop(ARTIFACT, at));
}

/** The activities of iterations whose people need a day each, and which the rules judge. */
function fakeIterations() {
  const pollMs = DAY_MS;
  const ended = new Map<string, Pick<StopRef, 'findings' | 'proposes'>>();
  const fake = fakeActivities({
    checkCompletion: async () => {
      if (Context.current().info.attempt > 1) return { jobs: 2, completedAt: '2026-01-01T00:00:00.000Z' };
      throw failureFrom(new MaskloopError('AnnotationPending', '1 of 2 jobs are completed', { retryAfterMs: pollMs }));
    },
  });
  const judgeLoop: StopActivities['judgeLoop'] = async ({ id, input }) => {
    const judged = judgement(input.loop?.number ?? 0);
    ended.set(id, judged);
    return { ...judged, points: ARTIFACT };
  };
  const activities: IterationActivities & StopActivities = { ...fake.activities, judgeLoop };
  return { fake, activities, ended };
}

/**
 * Whether an iteration takes every step, from predictions to the gate: the first twelve and each tenth. The others observe a
 * task that people made: they are the same workflow in a quarter of the time, and for the loop they are iterations as any other.
 */
const isFull = (number: number): boolean => number <= 12 || number % 10 === 0;

function inputOf(number: number): Partial<IterationInput> {
  const common: Partial<IterationInput> = {
    loop: { name: 'vessels', number, policy: ARTIFACT, selection: ARTIFACT },
    completion: { rule: 'state', pollMs: DAY_MS },
  };
  if (!isFull(number)) return { ...common, masks: null, training: null };
  return number === 1 ? common : { ...common, masks: null, predict: { model: 'segmentation' } };
}

const most = (runs: readonly VerifiedRun[], of: 'events' | 'largestPayloadBytes'): number =>
  Math.max(...runs.map((run) => run[of]));

describe('a loop of 200 iterations', () => {
  it('of the real workflow has short runs and a small state in itself and in each of them, and every run replays', async () => {
    const { fake, activities, ended } = fakeIterations();
    const judge = (number: number) => {
      const found = [...ended].find(([id]) => id.endsWith(`/Iteration_${number}`));
      if (found === undefined) throw new Error(`nobody has judged Iteration_${number}`);
      return found[1];
    };
    const there: LoopActivities['findLoopNumber'] = async ({ from }) => {
      const number = from ?? 1;
      return { number, task: isFull(number) ? 'new' : 'there', begun: false, pace: 'continuous' };
    };
    const loop = fakeLoop({ findLoopNumber: there }, { judge, input: inputOf });
    const begun = await temporal.env.currentTimeMs();
    const { result, runs } = await withRig(
      temporal,
      { activities: { ...activities, ...loop.activities } },
      async (rig) => (await startLoop(rig, {}, [steeredOften()])).result(),
    );
    expect(result).toMatchObject({ why: 'budget', words: WORDS, by: null });
    expect(loop.tasks).toEqual(Array.from({ length: ITERATIONS }, (_, index) => `Iteration_${index + 1}`));
    expect((await temporal.env.currentTimeMs()) - begun).toBeGreaterThan(ITERATIONS * DAY_MS);
    const full = loop.tasks.filter((_, index) => isFull(index + 1)).length;
    expect([fake.count('predictMasks'), fake.count('importPreannotations')]).toEqual([full - 1, full]);
    expect([fake.count('startTraining'), fake.count('promoteModel')]).toEqual([full, full]);
    expect([fake.count('sealLabels'), fake.count('recordReceipt')]).toEqual([ITERATIONS, ITERATIONS]);
    const isLoop = ({ workflowId }: VerifiedRun): boolean => workflowId.startsWith('~loop/');
    const loops = runs.filter(isLoop);
    const iterations = runs.filter((run) => !isLoop(run));
    expect(loops).toHaveLength(ITERATIONS + 1);
    expect(iterations).toHaveLength(ITERATIONS);
    expect(most(loops, 'events')).toBeLessThan(100);
    expect(most(iterations, 'events')).toBeLessThan(MOST_EVENTS);
    expect(most(runs, 'largestPayloadBytes')).toBeLessThan(MOST_BYTES);
    // What people did to the loop fills as much of its state as it may.
    expect(most(loops, 'largestPayloadBytes')).toBeGreaterThan(8000);
  }, 400_000);
});
