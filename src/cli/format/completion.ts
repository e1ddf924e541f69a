import { howMany } from '../../contracts/ranges.ts';
import type { CompletionRef } from '../../contracts/refs.ts';
import { passedText } from './deadline.ts';
import { rangesText } from './ranges.ts';

const WHY = { enough: 'enough frames were completed', deadline: 'the deadline had passed' } as const;

/** What the wait for people ended with, as rows of a receipt. */
export function completionRows(completion: CompletionRef): readonly (readonly string[])[] {
  const {
    jobs,
    why,
    unfinished = [],
    unfinishedMore,
    unfinishedFrames: frames,
    carried = false,
    carriedFrames,
    deadlines = [],
    notes = [],
  } = completion;
  const open = unfinishedMore?.total ?? howMany(unfinished);
  const completed = open === 0 ? `${jobs}` : `${jobs - open} of ${jobs}`;
  const rest = open - howMany(unfinished);
  return [
    ...deadlines.map((passed) => ['deadline', passedText(passed)]),
    ['jobs completed', why === undefined ? completed : `${completed}; ${WHY[why]}`],
    ...(unfinished.length === 0
      ? []
      : [['unfinished jobs', `${rangesText(unfinished)}${rest === 0 ? '' : ` and ${rest} more`}`]]),
    ...(frames === undefined || frames.total === 0
      ? []
      : [['frames without label', rangesText(frames.first, frames.total)]]),
    ...(carried
      ? [['carried', `frames in no completed job${carriedFrames === undefined ? '' : `: ${carriedFrames.uri}`}`]]
      : []),
    ...notes.map((note) => ['note', note]),
  ];
}
