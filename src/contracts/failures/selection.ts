import { entry } from './entry.ts';

/** Failures of choosing frames. */
export const SELECTION_FAILURES = {
  BrokenImage: entry(
    'attention',
    'The image of a frame cannot be decoded.',
    'Replace the file, or take it out of the pool.',
  ),
  HeldOutGroups: entry(
    'attention',
    'All frames of the pool belong to one group, of which none could be held out without the others.',
    'Set `group` so that it tells videos or patients apart, add frames of others to the pool, or hold out by another way.',
  ),
  InvalidPolicy: entry(
    'attention',
    'What a loop is told to do cannot be read.',
    'Start the loop again with the file that describes it, with this version.',
  ),
};
