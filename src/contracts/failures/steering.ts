import { entry } from './entry.ts';

/** Failures of starting and steering iterations. */
export const STEERING_FAILURES = {
  InvalidConfiguration: entry('refused', 'The configuration cannot be used.', 'Correct the named settings.'),
  ConnectionUnknown: entry(
    'attention',
    'No connection of this name is configured.',
    'Start again with a known --connection; or add it to the file of MASKLOOP_CONNECTIONS, restart the worker, then retry.',
  ),
  InvalidName: entry('refused', 'A name cannot be part of an iteration id.', 'Use another project or task name.'),
  TemporalUnreachable: entry(
    'refused',
    'Temporal does not answer.',
    'Start it (`maskloop up`) or correct TEMPORAL_ADDRESS.',
  ),
  AnswerTooSlow: entry(
    'refused',
    'A worker has not got an answer together in the time that it may take.',
    'Ask again: much of what was read is remembered. If it stays so, see `maskloop doctor`, and how busy CVAT and the workers are.',
  ),
  WorkerSilent: entry(
    'refused',
    'No worker answers.',
    'Start one (`maskloop worker`), look at `maskloop status`, then ask again.',
  ),
  SearchAttributesMissing: entry(
    'refused',
    'Temporal lacks search attributes that maskloop needs.',
    'Register them as the message says; `maskloop up` does it by itself.',
  ),
  TemporalBinaryMissing: entry(
    'refused',
    "Temporal's binary was not found.",
    'Follow one of the ways that the message names.',
  ),
  IterationNotFound: entry('refused', 'There is no iteration of this id.', 'See `maskloop list`.'),
  IterationAmbiguous: entry('refused', 'Several iterations match.', 'Give more of the id; see `maskloop list`.'),
  IterationDiffers: entry(
    'refused',
    'An iteration of this id runs with other inputs.',
    'Cancel it first, or choose another task name.',
  ),
  IterationDone: entry(
    'refused',
    'An iteration of this id is finished.',
    'Read its receipt, or pass --again for another one.',
  ),
  RestoreRunning: entry(
    'refused',
    'A restore of this iteration is under way already.',
    'Wait for its end, then look at the task in CVAT.',
  ),
  NothingToDecide: entry('refused', 'The iteration does not wait for a decision.', 'See `maskloop status`.'),
  NotSkippable: entry('refused', 'This step cannot be skipped.', 'Retry it, or cancel the iteration.'),
  NothingToSeal: entry(
    'refused',
    'The iteration does not wait to be sealed.',
    'Complete the jobs in CVAT first; see `maskloop status`.',
  ),
  AddressInUse: entry(
    'refused',
    'A port is taken by another program.',
    'Name a free port; `up` takes 0 for any free one, `sandbox` chooses one where none is named.',
  ),
  StateInUse: entry('refused', 'Another server runs on the state folder.', 'End that one, or name another --state.'),
  PayloadTooLarge: entry('attention', 'A result is too large for a history.', 'Report it: it is a defect of maskloop.'),
  WorkerStopped: entry(
    'outage',
    'The worker that did the step was stopped.',
    'Nothing: another worker does it again. If it lasts, check that workers run.',
  ),
  StepTimedOut: entry(
    'outage',
    'No worker finished the step in time.',
    'Nothing: it is tried again. If it lasts, check that workers run.',
  ),
  UnexpectedFailure: entry(
    'attention',
    'A step failed in a way that maskloop does not know.',
    'Read the message and the log of the worker; retry, skip, or report it as a defect.',
  ),
  OnHold: entry(
    'outage',
    'A server is held for maintenance: nothing asks it meanwhile.',
    'Nothing: it goes on by itself when the hold ends. `maskloop unhold` ends it sooner.',
  ),
};
