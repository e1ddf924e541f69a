import type { StepName } from '../../../src/contracts/iteration.ts';

const STEP_WORDS: Readonly<Record<StepName | 'done', string>> = {
  predict: 'Predict',
  convert: 'Convert',
  upload: 'Upload',
  wait: 'Wait',
  collect: 'Collect',
  train: 'Train',
  evaluate: 'Evaluate',
  receipt: 'Receipt',
  done: 'Done',
};

const isStep = (text: string): text is keyof typeof STEP_WORDS => Object.hasOwn(STEP_WORDS, text);

/** A step as people read it; a name that is not known comes back as it is. */
export function stepWord(step: string): string {
  return isStep(step) ? STEP_WORDS[step] : step;
}
