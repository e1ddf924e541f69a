import { countOf } from '../../contracts/count-of.ts';
import type { StopAction, StopRule } from '../../contracts/stop-rules.ts';

const THEN: Readonly<Record<StopAction, string>> = {
  stop: 'it stops',
  ask: 'a person is asked',
  note: 'it is noted, and it goes on',
};

/** When a loop ends, in words, a row for each rule; the one about an empty pool is always there. */
export function stopRows(rules: readonly StopRule[]): readonly (readonly [string, string])[] {
  const all = rules.some(({ rule }) => rule === 'empty-pool')
    ? rules
    : [...rules, { rule: 'empty-pool', action: 'stop' } as const];
  return all.map((rule) => [`stop: ${rule.rule}`, `${when(rule)}: ${THEN[rule.action]}`]);
}

function when(rule: StopRule): string {
  switch (rule.rule) {
    case 'plateau':
      return `over ${countOf(rule.iterations, 'iteration')} the held-out Dice surely rises by less than ${rule.minSlope} each`;
    case 'target':
      return `the held-out Dice has reached ${rule.dice}`;
    case 'corrections':
      return `people changed less than ${rule.below} of the pre-annotated pixels`;
    case 'budget': {
      const limits = [
        rule.frames === null ? [] : [countOf(rule.frames, 'frame')],
        rule.iterations === null ? [] : [countOf(rule.iterations, 'iteration')],
        rule.days === null ? [] : [countOf(rule.days, 'day')],
      ];
      return `${limits.flat().join(', or ')} are used up`;
    }
    case 'empty-pool':
      break;
  }
  return 'nothing is left to choose';
}
