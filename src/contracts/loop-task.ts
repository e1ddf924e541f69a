/** What stands for the number in the name of a task. */
const PLACE = '{n}';

/** In place of the number, for the task of held-out frames. */
const HELD_OUT = 'held_out';

/** Name of the task of a number; 0 is the task of held-out frames. @param pattern with `{n}` once */
export function loopTaskName(pattern: string, number: number): string {
  return pattern.replace(PLACE, () => (number === 0 ? HELD_OUT : String(number)));
}

/**
 * The number of a task by its name; null where the loop would not name a task so. Numbers are read as numbers:
 * `Iteration_10` comes after `Iteration_9`, and `Iteration_09` is none of the loop's.
 *
 * @param pattern with `{n}` once
 */
export function loopTaskNumber(pattern: string, name: string): number | null {
  if (name === loopTaskName(pattern, 0)) return 0;
  const [before = '', after = ''] = pattern.split(PLACE);
  if (!name.startsWith(before) || !name.endsWith(after) || name.length < before.length + after.length) return null;
  const digits = name.slice(before.length, name.length - after.length);
  const number = Number(digits);
  return /^[1-9]\d*$/.test(digits) && Number.isSafeInteger(number) ? number : null;
}
