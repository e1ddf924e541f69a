import type { Tone } from '../../theme/tone.ts';
import type { Job } from './board.ts';

/** What has to be known of a job, the gravest first. */
export function jobMarks(job: Job): readonly (readonly [Tone, string])[] {
  const marks: (readonly [Tone, string])[] = [];
  if (job.isOverdue) marks.push(['bad', 'Overdue']);
  if (job.isReopened) marks.push(['attention', 'Taken up again']);
  if (job.isUntouchedFast === true) marks.push(['attention', 'Untouched, very fast']);
  return marks;
}

const TONES: Readonly<Record<Job['state'], Tone>> = {
  new: 'quiet',
  'in progress': 'people',
  completed: 'people',
  rejected: 'attention',
};

/** Where a job stands, in the words of CVAT: its state, and its stage where that is no longer annotation. */
export function jobStateWords({ stage, state, isComplete }: Job): readonly [Tone, string] {
  const words = stage === 'annotation' ? state : `${stage}, ${state}`;
  const tone: Tone = isComplete ? 'good' : TONES[state];
  return [tone, words.charAt(0).toUpperCase() + words.slice(1)];
}
