import type { CompletionRef } from '../../contracts/refs.ts';
import { framesText } from './frames.ts';

const WHY = { enough: 'enough frames were completed', deadline: 'the deadline had passed' } as const;

/** Jobs that are written out; what is beyond is counted. */
const MOST_SHOWN = 10;

/** What the wait for people ended with, as rows of a receipt. */
export function completionRows(completion: CompletionRef): readonly (readonly string[])[] {
  const { jobs, why, unfinished = [], unfinishedFrames = [], carried = [], notes = [] } = completion;
  const completed = unfinished.length === 0 ? `${jobs}` : `${jobs - unfinished.length} of ${jobs}`;
  const more = unfinished.length > MOST_SHOWN ? ` and ${unfinished.length - MOST_SHOWN} more` : '';
  return [
    ['jobs completed', why === undefined ? completed : `${completed}; ${WHY[why]}`],
    ...(unfinished.length === 0 ? [] : [['unfinished jobs', unfinished.slice(0, MOST_SHOWN).join(', ') + more]]),
    ...(unfinishedFrames.length === 0 ? [] : [['frames without label', framesText(unfinishedFrames)]]),
    ...(carried.length === 0 ? [] : [['frames carried', framesText(carried)]]),
    ...notes.map((note) => ['note', note]),
  ];
}
