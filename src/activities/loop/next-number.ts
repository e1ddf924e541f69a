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
 * there without either is people's, whose number is taken or left out as the policy says, also below the last receipt. Frames
 * are chosen for numbers above all receipts only.
 *
 * @param from the loop is known to have come to this number; null where nothing is known of it
 */
export function nextNumber(rules: Rules, taken: NumbersTaken, from: number | null): NextNumber {
  const { done, chosen, tasks } = taken;
  const last = Math.max(0, ...done);
  const first = from ?? firstUnknown(taken);
  for (let number = rules.heldOutTask === null ? Math.max(1, first) : first; ; number += 1) {
    if (done.has(number)) continue;
    if (chosen.has(number)) return { number, task: 'new', begun: true };
    if (tasks.has(number)) {
      if (rules.existingTasks === 'adopt') return { number, task: 'there', begun: false };
    } else if (number === 0 || number > last) {
      return { number, task: 'new', begun: false };
    }
  }
}

/** Where a loop goes on that nothing is known of: at the beginning if it never chose a frame, else after all that is there. */
function firstUnknown({ done, chosen }: NumbersTaken): number {
  return chosen.size === 0 ? 0 : Math.max(...chosen, ...[...done].map((number) => number + 1));
}
