import { describe, expect, it } from '@jest/globals';
import type { LoopPoint, StopFinding, StopRule } from '../../../src/contracts/stop-rules.ts';
import { judgeRules, strictest } from '../../../src/stopping/judge-rules.ts';

function point(number: number, changes: Partial<LoopPoint> = {}): LoopPoint {
  const day = String(number).padStart(2, '0');
  return {
    number,
    id: `SurgVU/Iteration_${number}`,
    startedAt: `2026-03-${day}T08:00:00.000Z`,
    endedAt: `2026-03-${day}T20:00:00.000Z`,
    frames: 20,
    dice: 0.7,
    agreement: 0.8,
    corrections: 0.1,
    evaluation: null,
    ...changes,
  };
}

const POINTS = [point(1), point(2), point(3)];

function only(rule: StopRule, points = POINTS, slope: Parameters<typeof judgeRules>[2] = () => null): StopFinding {
  const [finding, ...others] = judgeRules([rule], points, slope);
  if (finding === undefined || others.length > 0) throw new Error('not one finding');
  return finding;
}

describe('a plateau', () => {
  const rule: StopRule = { rule: 'plateau', action: 'stop', iterations: 3, minSlope: 0.005 };

  it('is found only where the whole interval is below the slope that is wanted', () => {
    const flat = { slope: 0.001, interval: { low: -0.002, high: 0.004 }, groups: 8 };
    expect(only(rule, POINTS, () => flat)).toMatchObject({ proposes: true, value: 0.001, limit: 0.005 });
    const unsure = { slope: 0.001, interval: { low: -0.002, high: 0.006 }, groups: 8 };
    expect(only(rule, POINTS, () => unsure)).toMatchObject({ proposes: false });
  });

  it('is never proposed too early, without a measurement, or without knowing how certain it is', () => {
    const flat = { slope: 0, interval: { low: 0, high: 0 }, groups: 8 };
    expect(only(rule, POINTS.slice(1), () => flat)).toMatchObject({ proposes: false, value: null });
    expect(only(rule, POINTS, () => null)).toMatchObject({ proposes: false, value: null });
    const oneGroup = { slope: 0, interval: null, groups: 1 };
    expect(only(rule, POINTS, () => oneGroup)).toMatchObject({ proposes: false, value: 0 });
    expect(only(rule, POINTS, () => oneGroup).words).toContain('too few to say how certain');
  });
});

describe('the other rules', () => {
  it('propose at the target, not below it', () => {
    expect(only({ rule: 'target', action: 'stop', dice: 0.7 })).toMatchObject({ proposes: true, value: 0.7 });
    expect(only({ rule: 'target', action: 'stop', dice: 0.71 })).toMatchObject({ proposes: false });
    expect(only({ rule: 'target', action: 'stop', dice: 0 }, [point(1, { dice: null })])).toMatchObject({
      proposes: false,
      value: null,
    });
  });

  it('propose where people changed a smaller share than asked for, and never where there was nothing to correct', () => {
    expect(only({ rule: 'corrections', action: 'ask', below: 0.11 })).toMatchObject({ proposes: true, action: 'ask' });
    expect(only({ rule: 'corrections', action: 'ask', below: 0.1 })).toMatchObject({ proposes: false });
    const drawn = [point(1, { corrections: null })];
    expect(only({ rule: 'corrections', action: 'ask', below: 1 }, drawn)).toMatchObject({ proposes: false });
  });

  it('count frames, iterations and days against a budget, and name all of them', () => {
    const budget = { rule: 'budget', action: 'stop' } as const;
    expect(only({ ...budget, frames: 60, iterations: 10, days: null })).toMatchObject({ proposes: true, value: 60 });
    expect(only({ ...budget, frames: 61, iterations: null, days: null })).toMatchObject({ proposes: false });
    expect(only({ ...budget, frames: null, iterations: 3, days: null })).toMatchObject({ proposes: true, value: 3 });
    expect(only({ ...budget, frames: null, iterations: null, days: 2.5 })).toMatchObject({
      proposes: true,
      value: 2.5,
    });
    expect(only({ ...budget, frames: null, iterations: null, days: 2.6 })).toMatchObject({ proposes: false });
    expect(only({ ...budget, frames: 100, iterations: 10, days: 30 }).words).toBe(
      'used of the budget: 60 of 100 frames, 3 of 10 iterations, 2.5 of 30 days',
    );
  });

  it('say nothing of an empty pool, which is seen when frames are chosen', () => {
    expect(judgeRules([{ rule: 'empty-pool', action: 'stop' }], POINTS, () => null)).toEqual([]);
  });
});

describe('the strictest action', () => {
  it('is that of the rules which propose: to stop before to ask before to note', () => {
    const finding = (action: StopFinding['action'], proposes: boolean): StopFinding => ({
      rule: 'target',
      action,
      proposes,
      value: 0,
      limit: 0,
      interval: null,
      words: '',
    });
    expect(strictest([finding('note', true), finding('ask', true), finding('stop', false)])).toBe('ask');
    expect(strictest([finding('note', true), finding('stop', true)])).toBe('stop');
    expect(strictest([finding('note', true)])).toBe('note');
    expect(strictest([finding('stop', false)])).toBeNull();
  });
});
