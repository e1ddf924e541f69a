import type { TrainingSetRef } from '../../src/contracts/training-set.ts';
import { ARTIFACT, TRAINING_SET } from './fake-activities.ts';

/** The training set as it is found after a training during which a label was changed. */
export const CHANGED_SET = {
  ...TRAINING_SET,
  differs: { count: 1, first: ['changed: f1.png (by P/T)'], list: ARTIFACT },
} satisfies TrainingSetRef;
