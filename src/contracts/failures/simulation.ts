import { entry } from './entry.ts';

/** Failures of simulations. */
export const SIMULATION_FAILURES = {
  NothingToSimulate: entry(
    'refused',
    'There are too few labelled frames to compare anything on.',
    'Name masks like the images of the pool, folders included; several groups are needed, some of which are held out.',
  ),
  CannotSimulate: entry(
    'refused',
    'A loop with these settings cannot be simulated.',
    'Follow the message; docs/simulate.md says what a simulation needs.',
  ),
  TrainerNotFree: entry(
    'refused',
    'The trainer cannot be lent to a simulation.',
    'Configure a trainer that is a program (MASKLOOP_TRAINER), or an empty MONAI Label with a published model to return to.',
  ),
  SimulationStuck: entry('refused', 'A simulated loop would need a person.', 'Mend what it says, then simulate again.'),
};
