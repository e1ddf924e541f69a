import type { LoopPolicy } from '../../contracts/loop.ts';
import type { NumbersTaken } from './numbers-taken.ts';

/** A number, and whether its task is there without being the loop's. */
export interface NextNumber {
  readonly number: number;
  /** `there`: people have made the task. */
  readonly task: 'new' | 'there';
  /** Frames were chosen for it before. */
  readonly begun: boolean;
}

type Rules = Pick<LoopPolicy, 'heldOutTask' | 'existingTasks'>;

/**
 * The next number of a loop. Numbers with a receipt are past; a number that frames were chosen for goes on; a task that is
 * there without either is people's, whose number is taken or left out as the policy says.
 *
 * @param from the loop is known to have come to this number; null where nothing is known of it
 */
export function nextNumber(rules: Rules, taken: NumbersTaken, from: number | null): NextNumber {
  const first = from ?? firstUnknown(rules, taken);
  for (let number = rules.heldOutTask === null ? Math.max(1, first) : first; ; number += 1) {
    if (taken.done.has(number)) continue;
    const begun = taken.chosen.has(number);
    if (begun || !taken.tasks.has(number)) return { number, task: 'new', begun };
    if (rules.existingTasks === 'adopt') return { number, task: 'there', begun: false };
  }
}

/** Where a loop goes on that nothing is known of: after the last receipt, at what was chosen last, or at the beginning. */
function firstUnknown({ heldOutTask }: Rules, { done, chosen }: NumbersTaken): number {
  const reached = Math.max(0, ...chosen, ...[...done].map((number) => number + 1));
  const hasBegun = [...done, ...chosen].some((number) => number > 0);
  return heldOutTask !== null && !hasBegun ? 0 : reached;
}
