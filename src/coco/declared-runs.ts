import { MaskloopError } from '../contracts/error.ts';
import type { ClassRuns } from './run-collector.ts';

/** So many undeclared values are listed in the facts of a failure. */
const MAX_LISTED = 20;

/**
 * Sorts the runs of a mask into values that a category declares and others; 0 is neither.
 *
 * @param where name of the file, for messages and the fact `file`
 * @throws MaskloopError `UndeclaredCategory` with the lowest such value and its pixels, if `unknown` is `error`
 */
export function declaredRuns(
  all: readonly ClassRuns[],
  declared: ReadonlySet<number>,
  unknown: 'error' | 'skip',
  where: string,
): { classes: readonly ClassRuns[]; undeclared: readonly ClassRuns[] } {
  const classes = all.filter(({ value }) => declared.has(value));
  const undeclared = all.filter(({ value }) => !declared.has(value));
  const [first] = undeclared;
  if (first === undefined || unknown === 'skip') return { classes, undeclared };
  const others = undeclared.length - 1;
  throw new MaskloopError(
    'UndeclaredCategory',
    `${where} holds ${first.area} pixels of value ${first.value}, which no category declares` +
      `${others === 0 ? '' : ` (and ${others} more such values)`}.`,
    {
      facts: {
        file: where,
        value: first.value,
        count: first.area,
        undeclared: undeclared.slice(0, MAX_LISTED).map(({ value }) => value),
      },
    },
  );
}
