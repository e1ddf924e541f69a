import { MaskloopError } from '../contracts/error.ts';
import { maskRuns, type ClassRuns } from './mask-runs.ts';
import type { Mask } from './mask.ts';

/** So many undeclared values are listed in the facts of a failure. */
const MAX_LISTED = 20;

/**
 * The runs of a mask, sorted into values that a category declares and others; 0 is neither.
 *
 * @param where name of the file, for messages and the fact `file`
 * @throws MaskloopError `UndeclaredCategory` with the lowest such value and its pixels, if `unknown` is `error`
 */
export function declaredRuns(
  mask: Mask,
  declared: ReadonlySet<number>,
  unknown: 'error' | 'skip',
  where: string,
): { classes: readonly ClassRuns[]; undeclared: readonly ClassRuns[] } {
  const all = maskRuns(mask);
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
