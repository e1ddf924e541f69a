import { MaskloopError } from '../contracts/error.ts';
import type { SkippedValue } from './converted-mask.ts';
import type { ClassRuns } from './run-collector.ts';
import { IGNORED } from './value-lookup.ts';

/** So many undeclared values are listed in the facts of a failure. */
const MAX_LISTED = 20;
/** What binary masks of other tools hold beside 0. */
const BINARY = 255;

/**
 * Sorts the runs of a mask into values that a category declares and others, which are left out; 0 is neither.
 *
 * @param all runs by what values count as: values above {@link IGNORED} are left out whoever declares them
 * @param where name of the file, for messages and the fact `file`
 * @throws MaskloopError `UndeclaredCategory` with the lowest undeclared value and its pixels, if `unknown` is `error`
 */
export function declaredRuns(
  all: readonly ClassRuns[],
  declared: ReadonlySet<number>,
  unknown: 'error' | 'skip',
  where: string,
): { classes: readonly ClassRuns[]; skipped: readonly SkippedValue[] } {
  const classes = all.filter(({ value }) => declared.has(value));
  if (classes.length === all.length) return { classes, skipped: [] };
  const undeclared = all.filter(({ value }) => value < IGNORED && !declared.has(value));
  if (undeclared.length > 0 && unknown === 'error') throw undeclaredCategory(undeclared, all, declared, where);
  const skipped = all
    .filter(({ value }) => !declared.has(value))
    .map(({ value, area }) => ({ value: value < IGNORED ? value : value - IGNORED, pixels: area }));
  return { classes, skipped: skipped.toSorted((a, b) => a.value - b.value) };
}

function undeclaredCategory(
  undeclared: readonly ClassRuns[],
  all: readonly ClassRuns[],
  declared: ReadonlySet<number>,
  where: string,
): MaskloopError {
  const [value = 0, count = 0] = [undeclared[0]?.value, undeclared[0]?.area];
  const others = undeclared.length - 1;
  const flag = value === BINARY && all.length === 1 ? `--map ${BINARY}=${Math.min(...declared)}` : null;
  const hint =
    flag === null ? '' : ` It looks like a binary mask, which holds 0 and ${BINARY} alone; ${flag} would convert it.`;
  return new MaskloopError(
    'UndeclaredCategory',
    `${where} holds ${count} pixels of value ${value}, which no category declares` +
      `${others === 0 ? '' : ` (and ${others} more such values)`}.${hint}`,
    {
      facts: {
        file: where,
        value,
        count,
        undeclared: undeclared.slice(0, MAX_LISTED).map((runs) => runs.value),
        ...(flag === null ? {} : { hint: flag }),
      },
    },
  );
}
