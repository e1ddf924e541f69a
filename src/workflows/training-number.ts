import type { FailureCode } from '../contracts/failures.ts';
import type { Decision, IterationState } from '../contracts/iteration.ts';

/** After these, in its step, a training is known to have ended, so that a further one may start. */
export const ENDED_TRAININGS: readonly (FailureCode | null)[] = [
  'TrainingFailed',
  'TrainingStopped',
  'TrainingVanished',
  'TrainingSetChanged',
  'ModelReplaced',
];

/**
 * The number of the training: 1, and one more for each time a person had a training that has ended done again,
 * or one that has stalled, which is stopped first. A `retry` during an outage is none: the training may still run.
 */
export function trainingNumber(state: Pick<IterationState, 'decisions'>): number {
  return 1 + furtherTrainings(state).length;
}

/** The decisions to train once more. */
function furtherTrainings({ decisions }: Pick<IterationState, 'decisions'>): readonly Decision[] {
  return decisions.filter(({ what, step, about }) => {
    const hasEnded = ENDED_TRAININGS.includes(about) || about === 'TrainingStalled';
    return what === 'retry' && step === 'train' && hasEnded;
  });
}

/** Whether an earlier training than the one that is due may run: it was not known to have ended, and has not been seen to since. */
export function earlierMayRun({
  decisions,
  trainingAsked,
}: Pick<IterationState, 'decisions' | 'trainingAsked'>): boolean {
  const about = trainingAsked === undefined ? null : furtherTrainings({ decisions })[trainingAsked - 1]?.about;
  return about != null && !ENDED_TRAININGS.includes(about);
}

/** Whether the training with this number is known to have ended, whatever its server still knows of it. */
export function isKnownEnded(state: IterationState, tryNumber: number): boolean {
  const { training, model } = state.results;
  if (model !== undefined && training?.tryNumber === tryNumber) return true;
  const asksNow = state.step === 'train' && tryNumber === trainingNumber(state) ? state.trouble?.code : undefined;
  return ENDED_TRAININGS.includes(furtherTrainings(state)[tryNumber - 1]?.about ?? asksNow ?? null);
}
