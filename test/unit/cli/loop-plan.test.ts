import { describe, expect, it } from '@jest/globals';
import { formatLoopPlan } from '../../../src/cli/format/loop-plan.ts';
import type { LoopPlan } from '../../../src/contracts/loop-plan.ts';
import type { IterationPlan } from '../../../src/contracts/plan.ts';

const ITERATION: IterationPlan = {
  project: { name: 'SurgVU', id: 1 },
  task: { name: 'Iteration_3', id: null, url: null, frames: 2 },
  dataset: null,
  frames: null,
  labels: [],
  jobs: [],
  jobCount: 0,
  holds: null,
  inFlight: null,
  troubles: [],
};

const PLAN: LoopPlan = {
  number: 3,
  task: 'Iteration_3',
  begins: 'nothing',
  chosen: null,
  tooFew: null,
  iteration: ITERATION,
};

describe('the plan of a loop as people read it', () => {
  it('says how the iteration would go, and nothing of a command that nobody would type', () => {
    const well = formatLoopPlan(PLAN);
    expect(well).toMatch(/it would begin like this; nothing was changed\n$/);
    const trouble = { code: 'LabelMissing', message: 'no label', action: 'add it', facts: {} } as const;
    const badly = formatLoopPlan({ ...PLAN, iteration: { ...ITERATION, troubles: [trouble as never] } });
    expect(badly).toMatch(/it would begin, and then need a decision \(1 reason\); nothing was changed\n$/);
    expect(well + badly).not.toContain('start would');
  });
});
