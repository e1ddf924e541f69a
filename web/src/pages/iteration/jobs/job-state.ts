import type { JobRow } from './job.ts';
import type { Tone } from '../../../theme/tone.ts';

type Told = Pick<JobRow, 'state' | 'isComplete' | 'isOverdue' | 'isRejected' | 'isReopened'>;

/** The state of a job in a word or two, and how urgent that is. */
export function jobState({ state, isComplete, isOverdue, isRejected, isReopened }: Told): {
  readonly word: string;
  readonly tone: Tone;
} {
  if (isComplete) return { word: 'completed', tone: 'good' };
  if (isRejected) return { word: 'rejected', tone: 'bad' };
  if (isReopened) return { word: 'reopened', tone: 'attention' };
  if (isOverdue) return { word: `${state}, overdue`, tone: 'attention' };
  return { word: state, tone: state === 'in progress' ? 'people' : 'quiet' };
}
