import type { TrainingTask, TrainStats } from '../../contracts/trainer-reports.ts';
import { whoseStats, type Surroundings, type Whose } from './own-stats.ts';
import { ownTask } from './own-task.ts';
import { livesAgain } from './revive.ts';
import type { RunRecord } from './run-record.ts';
import { hasBegun } from './submit-run.ts';

/** Whether statistics tell of a run of ours that its trainer has forgotten: `perhaps` where they may be of somebody else as well. */
export type Sign = 'ours' | 'perhaps' | 'none';

const SIGN_OF: Readonly<Record<Whose, Sign>> = {
  ours: 'ours',
  'not known': 'perhaps',
  theirs: 'none',
  earlier: 'none',
};

/**
 * Whether what a trainer shows comes from a run of ours that it may have forgotten: by the rule that a watch goes by, so that
 * the two see the same. One that was taken for dead counts as soon as it is further than it was then.
 */
export function signIn(shown: TrainStats | null, surroundings: Surroundings): Sign {
  if (shown === null) return 'none';
  const { record, maxEpochs } = surroundings;
  return livesAgain(record, shown, maxEpochs) === null ? SIGN_OF[whoseStats(shown, surroundings)] : 'ours';
}

/** Whether a training of ours may run although its trainer does not list it: it was accepted, or may have been, and then forgotten. */
export function mayRunForgotten(tasks: readonly TrainingTask[], record: RunRecord): boolean {
  const isListed = ownTask(tasks, record.runName, record.over) !== undefined;
  return !isListed && hasBegun(tasks, record.runName, record);
}
