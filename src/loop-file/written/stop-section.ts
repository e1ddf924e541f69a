import type { StopRule } from '../../contracts/stop-rules.ts';
import { writeDuration } from '../../notation/duration.ts';

const DAY_MS = 86_400_000;

/** Section `stop`. */
export function stopSection(rules: readonly StopRule[]): object {
  return Object.fromEntries(
    rules.map((rule) => (rule.rule === 'empty-pool' ? ['emptyPool', bare(rule)] : [rule.rule, bare(rule)])),
  );
}

function bare(rule: StopRule): object {
  if (rule.rule !== 'budget') return Object.fromEntries(Object.entries(rule).filter(([key]) => key !== 'rule'));
  const { frames, iterations, days, action } = rule;
  return {
    ...(frames === null ? {} : { frames }),
    ...(iterations === null ? {} : { iterations }),
    ...(days === null ? {} : { time: writeDuration(Math.round(days * DAY_MS)) }),
    action,
  };
}
