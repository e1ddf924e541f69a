import type { StopRule } from '../contracts/stop-rules.ts';
import type { LoopFile } from './schema/loop-file.ts';

const DAY_MS = 86_400_000;

/** The rules that a file names, in the order in which they are told. */
export function stopRules({ plateau, target, corrections, budget, emptyPool }: LoopFile['stop']): readonly StopRule[] {
  return [
    ...(plateau === undefined ? [] : [{ rule: 'plateau' as const, ...plateau }]),
    ...(target === undefined ? [] : [{ rule: 'target' as const, ...target }]),
    ...(corrections === undefined ? [] : [{ rule: 'corrections' as const, ...corrections }]),
    ...(budget === undefined ? [] : [budgetRule(budget)]),
    ...(emptyPool === undefined ? [] : [{ rule: 'empty-pool' as const, ...emptyPool }]),
  ];
}

function budgetRule({ action, frames, iterations, time }: NonNullable<LoopFile['stop']['budget']>): StopRule {
  const days = time === undefined ? null : time / DAY_MS;
  return { rule: 'budget', action, frames: frames ?? null, iterations: iterations ?? null, days };
}
