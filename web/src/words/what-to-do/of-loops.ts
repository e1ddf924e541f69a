import type { Sentences } from './sentences.ts';

/** What to do about loops. */
export const OF_LOOPS: Sentences = {
  InvalidLoopFile: 'Correct the named lines; it is checked again while you write.',
  LoopFileExists: 'On the command line: move it away, or name another folder with `--dir`.',
  InvalidLoopPolicy:
    'Have whoever runs them bring workers and server to the same release, then edit the loop on its page: that gives it its policy again.',
  LoopNotFound: 'The page Loops lists all that there are.',
  LoopAmbiguous: 'Choose the one that is meant on the page Loops.',
  LoopDiffers: 'Edit the loop that runs, or stop it first, on its page.',
  LoopEnds: 'Look at the page of the loop; it can be started again there once it has ended.',
  NothingAsked: 'Look at what the loop does now, on its page.',
  IterationBroken:
    'Look at the page of the iteration, and have whoever runs them look at the log of the workers; then try again, which goes on from what is there, skip the iteration, or stop the loop.',
  StopProposed: 'Look at the learning curve of the loop; then answer that it goes on, or stop it.',
};
