import type { OwnTraining } from '../contracts/training-activities.ts';

/** Enough of the id for a person to recognise it; the id of the workflow's first run makes it unique. */
const MAX_READABLE = 60;

/**
 * The iteration's own name for a training, unique and fit for a folder on the server. An iteration that is started
 * anew, and a further try, get other names: MONAI Label goes on from the checkpoint of a run with the same name.
 */
export function runName(id: string, { firstRunId, tryNumber }: OwnTraining): string {
  const readable = decodeURIComponent(id)
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, MAX_READABLE);
  return `maskloop-${readable}-${firstRunId}${tryNumber > 1 ? `-try${tryNumber}` : ''}`;
}
