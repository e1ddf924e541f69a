import {
  STOP_ACTIONS,
  type LoopPoint,
  type StopAction,
  type StopFinding,
  type StopRule,
} from '../contracts/stop-rules.ts';
import type { SlopeInterval } from './slope-interval.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

type Of<R extends StopRule['rule']> = Extract<StopRule, { rule: R }>;

/** What a rule measured; its action is added. */
type Found = Omit<StopFinding, 'rule' | 'action'>;

const NOTHING = { proposes: false, value: null, limit: null, interval: null } as const;

/**
 * Holds the learning curve of a loop against its rules. `empty-pool` is not among the findings: whether anything is left to
 * choose is seen when the next batch is chosen.
 *
 * @param points of all iterations so far in their order, the last one included; not that of held-out frames
 * @param slope over the iterations of a rule `plateau`; null where it could not be measured
 */
export function judgeRules(
  rules: readonly StopRule[],
  points: readonly LoopPoint[],
  slope: (rule: Of<'plateau'>) => SlopeInterval | null,
): readonly StopFinding[] {
  return rules.flatMap((rule): StopFinding[] => {
    const found = findingOf(rule, points, slope);
    return found === null ? [] : [{ rule: rule.rule, action: rule.action, ...found }];
  });
}

/** The strictest action of the rules that propose to stop; null for none. */
export function strictest(findings: readonly StopFinding[]): StopAction | null {
  const proposed = new Set(findings.filter(({ proposes }) => proposes).map(({ action }) => action));
  return STOP_ACTIONS.find((action) => proposed.has(action)) ?? null;
}

function findingOf(
  rule: StopRule,
  points: readonly LoopPoint[],
  slope: (rule: Of<'plateau'>) => SlopeInterval | null,
): Found | null {
  switch (rule.rule) {
    case 'plateau':
      return plateau(rule, points, slope);
    case 'target':
      return target(rule, points.at(-1)?.dice ?? null);
    case 'corrections':
      return corrections(rule, points.at(-1)?.corrections ?? null);
    case 'budget':
      return budget(rule, points);
    default:
      return null;
  }
}

function plateau(
  rule: Of<'plateau'>,
  points: readonly LoopPoint[],
  slopeOver: (rule: Of<'plateau'>) => SlopeInterval | null,
): Found {
  const limit = rule.minSlope;
  if (points.length < rule.iterations) {
    const words = `a plateau is looked for over ${rule.iterations} iterations; there are ${points.length}`;
    return { ...NOTHING, limit, words };
  }
  const found = slopeOver(rule);
  if (found === null) return { ...NOTHING, limit, words: 'the held-out frames of these iterations cannot be compared' };
  const { slope, interval, groups } = found;
  const course = `the held-out Dice changed by ${signed(slope)} an iteration over the last ${rule.iterations}`;
  if (interval === null) {
    const words = `${course}; ${groups} group of held-out frames is too few to say how certain that is`;
    return { ...NOTHING, value: slope, limit, words };
  }
  const range = `95 % interval ${signed(interval.low)} to ${signed(interval.high)}`;
  const words = `${course} (${range}, ${groups} groups); less than ${limit} counts as a plateau`;
  return { proposes: interval.high < limit, value: slope, limit, interval, words };
}

function target(rule: Of<'target'>, dice: number | null): Found {
  if (dice === null) return { ...NOTHING, limit: rule.dice, words: 'no held-out Dice was measured' };
  const words = `the held-out Dice is ${dice.toFixed(4)}; ${rule.dice} is aimed at`;
  return { proposes: dice >= rule.dice, value: dice, limit: rule.dice, interval: null, words };
}

function corrections(rule: Of<'corrections'>, share: number | null): Found {
  if (share === null) return { ...NOTHING, limit: rule.below, words: 'there were no pre-annotations to correct' };
  const words = `people changed ${percent(share)} of the labelled pixels; below ${percent(rule.below)} is enough`;
  return { proposes: share < rule.below, value: share, limit: rule.below, interval: null, words };
}

/** The part of the budget of which most is used. */
function budget(rule: Of<'budget'>, points: readonly LoopPoint[]): Found {
  const frames = points.reduce((sum, point) => sum + point.frames, 0);
  const [first, last] = [points.at(0), points.at(-1)];
  const days = first && last ? (Date.parse(last.endedAt) - Date.parse(first.startedAt)) / DAY_MS : 0;
  const parts = [
    { name: 'frames', used: frames, of: rule.frames },
    { name: 'iterations', used: points.length, of: rule.iterations },
    { name: 'days', used: Math.round(days * 10) / 10, of: rule.days },
  ].flatMap(({ of, ...part }) => (of === null ? [] : [{ ...part, of }]));
  const most = parts.toSorted((a, b) => b.used / b.of - a.used / a.of).at(0);
  if (most === undefined) return { ...NOTHING, words: 'no budget is set' };
  const words = `used of the budget: ${parts.map(({ name, used, of }) => `${used} of ${of} ${name}`).join(', ')}`;
  return { proposes: most.used >= most.of, value: most.used, limit: most.of, interval: null, words };
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
