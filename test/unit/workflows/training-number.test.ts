import { describe, expect, it } from '@jest/globals';
import { FAILURES, type FailureCode } from '../../../src/contracts/failures.ts';
import type { IterationState } from '../../../src/contracts/iteration.ts';
import { meetTrouble } from '../../../src/workflows/away.ts';
import type { StepFailure } from '../../../src/workflows/failure-of.ts';
import { decide, keep, openState } from '../../../src/workflows/state.ts';
import { earlierMayRun, isKnownEnded, trainingNumber } from '../../../src/workflows/training-number.ts';

const [T0, T1, T2] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:01:00.000Z', '2026-01-01T00:02:00.000Z'];

function failure(code: FailureCode, handling: StepFailure['handling'] = FAILURES[code].handling): StepFailure {
  return { code, handling, message: 'what happened', action: 'what to do', facts: {}, activity: 'watchTraining' };
}

function at(step: IterationState['step']): IterationState {
  return { ...openState(T0), step };
}

const met = (code: FailureCode, state = at('train')): IterationState => meetTrouble(state, failure(code), T1);
const retried = (code: FailureCode, state = at('train')): IterationState => ({
  ...decide(met(code, state), 'retry', 'ines', T2),
  trouble: null,
});

const ENDED: readonly FailureCode[] = [
  'TrainingFailed',
  'TrainingStopped',
  'TrainingVanished',
  'TrainingSetChanged',
  'ModelReplaced',
];

describe('the number of a training', () => {
  it('numbers trainings by decisions about trainings that have ended, never by a retry during an outage', () => {
    const away = decide(meetTrouble(at('train'), failure('MonaiUnreachable', 'outage'), T1), 'retry', 'ines', T2);
    expect(trainingNumber(away)).toBe(1);
    const failed = decide(meetTrouble(away, failure('TrainingFailed', 'attention'), T1), 'retry', 'ines', T2);
    expect(trainingNumber(failed)).toBe(2);
    expect(trainingNumber(decide(failed, 'pause', 'ines', T2))).toBe(2);
  });

  it('numbers a training after one whose model was replaced, and none after a failure of the same name elsewhere', () => {
    const replaced = failure('ModelReplaced', 'attention');
    const inTraining = decide(meetTrouble(at('train'), replaced, T1), 'retry', 'ines', T2);
    const inEvaluation = decide(meetTrouble(at('evaluate'), replaced, T1), 'retry', 'ines', T2);
    expect([inTraining, inEvaluation].map(trainingNumber)).toEqual([2, 1]);
  });
});

describe('a training', () => {
  it.each(ENDED)('is known to have ended after %s, before and after a person has decided on it', (code) => {
    expect([isKnownEnded(met(code), 1), isKnownEnded(retried(code), 1)]).toEqual([true, true]);
    expect(isKnownEnded(met(code, at('evaluate')), 1)).toBe(false);
    expect(isKnownEnded(retried(code), 2)).toBe(false);
  });

  it.each<FailureCode>(['TrainingStalled', 'TrainingRunsOn', 'MonaiUnreachable', 'UnexpectedFailure'])(
    'is not known to have ended after %s',
    (code) => {
      expect([isKnownEnded(met(code), 1), isKnownEnded(retried(code), 1)]).toEqual([false, false]);
    },
  );

  it('is known to have ended once its model is known, and not by the model of another one', () => {
    const training = {
      model: 'm',
      taskId: 'a',
      runName: 'run-1',
      submittedAt: T0,
      previousRunStart: null,
      joined: false,
    };
    const model = { model: 'm', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null };
    const state = keep(at('train'), { training: { ...training, tryNumber: 1 }, model }, T1);
    expect([isKnownEnded(state, 1), isKnownEnded(state, 2)]).toEqual([true, false]);
  });

  it('that was asked for earlier may run only where it had stalled, and until it is seen ended', () => {
    const asked = { trainingAsked: 1 };
    expect(earlierMayRun({ ...retried('TrainingStalled'), ...asked })).toBe(true);
    expect(earlierMayRun({ ...met('TrainingStalled'), ...asked })).toBe(false);
    expect(earlierMayRun(retried('TrainingStalled'))).toBe(false);
    expect(ENDED.map((code) => earlierMayRun({ ...retried(code), ...asked }))).toEqual(ENDED.map(() => false));
    expect(earlierMayRun({ ...retried('TrainingFailed', retried('TrainingStalled')), trainingAsked: 2 })).toBe(false);
  });
});
