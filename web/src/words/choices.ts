import type { Choice } from '../../../src/contracts/iteration.ts';

const CHOICE_WORDS: Readonly<Record<Choice, string>> = {
  retry: 'try again',
  skip: 'skip the step',
  approve: 'approve',
  decline: 'decline',
  extend: 'give more time',
  cancel: 'cancel',
};

/** What a person may answer, in a word or two. */
export function choiceWord(choice: Choice): string {
  return CHOICE_WORDS[choice];
}
