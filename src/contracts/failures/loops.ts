import { entry } from './entry.ts';

/** Failures of loops. */
export const LOOP_FAILURES = {
  LoopNotFound: entry('refused', 'There is no loop of this name.', 'See `maskloop loop list`.'),
  LoopAmbiguous: entry('refused', 'Several loops match.', 'Give more of the id; see `maskloop loop list`.'),
  LoopDiffers: entry(
    'refused',
    'A loop of this name runs with another policy.',
    'Change it with `maskloop loop edit`, or stop it first with `maskloop loop stop`.',
  ),
  LoopEnds: entry(
    'refused',
    'The loop has ended, or ends after the iteration that runs.',
    'See `maskloop loop status`; begin it again with `maskloop loop start` once it has ended.',
  ),
  NothingAsked: entry('refused', 'The loop does not ask for this.', 'See `maskloop loop status`.'),
  PolicyDiffers: entry(
    'refused',
    'The policy is of another loop, project or connection, or adds heldOutFrames to a loop that has begun.',
    'Give it the name, project and connection of the loop, and heldOutImages or heldOutTask instead of heldOutFrames; or start another loop with it.',
  ),
  IterationPending: entry('pending', 'The iteration has not ended yet.', 'Nothing: it is looked at again.'),
  IterationCancelled: entry(
    'attention',
    'An iteration of the loop was cancelled.',
    'Answer retry to start it again from what is there, skip to go on with the next number, or stop.',
  ),
  IterationBroken: entry(
    'attention',
    'An iteration of the loop has ended without a receipt.',
    'Look at `maskloop status` and the log of the worker; then answer retry to start it again from what is there, skip, or stop.',
  ),
  StopProposed: entry(
    'attention',
    'A rule proposes to end the loop, or none could be judged.',
    'Look at `maskloop loop status`, then answer `go on` or `stop` with `maskloop loop answer`.',
  ),
};
