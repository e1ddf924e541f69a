import type { z } from 'zod';
import type { steerMany } from '../../../../../src/api/endpoints/steering.ts';
import { countWords } from '../../../words/count-words.ts';

/** What can be done to many iterations at once. */
export type BulkAction = z.output<(typeof steerMany)['body']>['what'];

/** In the order of the buttons. */
export const BULK_ACTIONS: readonly BulkAction[] = ['retry', 'pause', 'resume'];

/** How many run that the list is narrowed to. `isLeast`: at least so many. */
export interface BulkCount {
  readonly count: number;
  readonly isLeast: boolean;
}

/** What the button says before and after those that are meant. */
const LABELS: Readonly<Record<BulkAction, readonly [verb: string, rest: string]>> = {
  retry: ['Try', ' again'],
  pause: ['Pause', ''],
  resume: ['Resume', ''],
};

const DOES: Readonly<Record<BulkAction, string>> = {
  retry:
    'The step that waits for a decision, for a server or for its window is begun again, from what is there. What waits for nothing of the kind is left as it is.',
  pause: 'No new step begins in them. What runs finishes its unit; a training goes on, and its result waits.',
  resume: 'Those that are paused go on where they were.',
};

/** What stands on the button: `Pause all 12`, `Try all 4 again`. */
export function bulkLabel(what: BulkAction, count: BulkCount): string {
  const [verb, rest] = LABELS[what];
  return `${verb} ${isOne(count) ? 'the one' : `all ${countText(count)}`}${rest}`;
}

/** What the button will do, and to which. */
export function bulkDoes(what: BulkAction, count: BulkCount, isNarrowed: boolean): string {
  const [one, many] = isNarrowed ? ['matches', 'match'] : ['runs', 'run'];
  const now = `${countText(count)} ${isOne(count) ? `iteration ${one}` : `iterations ${many}`} now`;
  const which = isNarrowed ? now : `The list is not narrowed: ${now}`;
  return `${DOES[what]} ${which}; those that ${many} when you press are meant. What came of each is told.`;
}

function isOne({ count, isLeast }: BulkCount): boolean {
  return count === 1 && !isLeast;
}

/** `12`, or `1,000 or more`. */
export function countText({ count, isLeast }: BulkCount): string {
  return isLeast ? `${countWords(count)} or more` : countWords(count);
}

const DONE: Readonly<Record<BulkAction, string>> = {
  retry: 'asked to try again',
  pause: 'asked to pause',
  resume: 'asked to resume',
};

/** What came of it, of those where it was done. */
export function doneWords(what: BulkAction, done: number): string {
  return `${countWords(done)} ${done === 1 ? 'iteration was' : 'iterations were'} ${DONE[what]}`;
}
