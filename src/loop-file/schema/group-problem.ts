import { isMaskloopError } from '../../contracts/error.ts';
import { groupOf } from '../../gate/group-of.ts';

/** Why a text names no groups of frames, as the end of a sentence; null if it does. */
export function groupProblem(group: string): string | null {
  try {
    groupOf(group);
    return null;
  } catch (error) {
    if (!isMaskloopError(error)) throw error;
    return 'must be folder, or a regular expression with one capturing group, such as ^(.*)_\\d+';
  }
}
