import { z } from 'zod';
import { stemOf } from '../../contracts/file-stem.ts';
import { isMaskloopError, type MaskloopError } from '../../contracts/error.ts';
import { FAILURES } from '../../contracts/failures.ts';
import type { PlannedTrouble } from '../../contracts/plan.ts';

/** What CVAT would do with an import that has this trouble, in its own words where it has some. */
function cvatSays({ code, facts }: MaskloopError): string | null {
  const first = (name: string): string => {
    const list = facts[name];
    return Array.isArray(list) ? String(list[0]) : '';
  };
  switch (code) {
    case 'LabelMissing':
      return `refuse the whole import: "Label '${first('missing')}' is not registered for this task"`;
    case 'FrameMismatch':
      return cvatOnFrame(facts['names']);
    case 'FrameSizeMismatch':
      return 'finish the import with a mask of wrong pixels, without a word';
    case 'TaskHoldsOtherShapes':
      return 'delete them without a word and finish the import';
    case 'JobsStarted':
      return 'import into these jobs and leave their state as it is';
    default:
      return null;
  }
}

const misplaced = z
  .array(z.object({ mask: z.string(), cvatWouldTake: z.object({ frame: z.number(), name: z.string() }).nullable() }))
  .min(1);

/** What CVAT does with the first name that has no frame of its own. */
function cvatOnFrame(names: unknown): string | null {
  const [first] = misplaced.safeParse(names).data ?? [];
  if (first === undefined) return null;
  const { mask, cvatWouldTake: taken } = first;
  if (taken !== null) return `put the shapes of ${mask} on frame ${taken.frame}, "${taken.name}", without a word`;
  return `refuse the whole import: "Could not match item id: '${stemOf(mask)}' with any task frame"`;
}

/**
 * A failure as a plan shows it.
 *
 * @throws the error itself if it is an outage or none of ours: that is no trouble of the plan
 */
export function troubleOf(error: unknown): PlannedTrouble {
  if (!isMaskloopError(error) || FAILURES[error.code].handling === 'outage') throw error;
  const { code, message, action, facts } = error;
  const short = Buffer.byteLength(JSON.stringify(facts)) > 1000 ? {} : facts;
  return { code, message, action, facts: short, cvat: cvatSays(error) };
}
