import type { Choice } from '../../../src/contracts/iteration.ts';
import type { LoopAnswer } from '../../../src/contracts/loop.ts';

const CHOICE_WORDS: Readonly<Record<Choice | LoopAnswer, string>> = {
  retry: 'try again',
  skip: 'skip the step',
  approve: 'approve',
  decline: 'decline',
  extend: 'give more time',
  cancel: 'cancel',
  'go on': 'go on',
  stop: 'stop',
};

/** What a person may answer, in a word or two. */
export function choiceWord(choice: Choice | LoopAnswer): string {
  return CHOICE_WORDS[choice];
}
