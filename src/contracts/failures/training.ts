import { entry } from './entry.ts';

/** Failures of trainings and of the programs that train. */
export const TRAINING_FAILURES = {
  TrainingBusy: entry('pending', 'The trainer is training for somebody else.', 'Nothing: it is waited for.'),
  TurnTaken: entry('pending', 'Another iteration has its turn to train.', 'Nothing: it is waited for.'),
  TrainingFailed: entry(
    'attention',
    'The training ended with an error.',
    'Read the traceback; mend what it names, then retry or skip.',
  ),
  TrainingStopped: entry(
    'attention',
    'The training was stopped by somebody.',
    'Retry to train again, or skip to go on without a model.',
  ),
  TrainingVanished: entry(
    'attention',
    'The training was lost several times over: its server forgot it, or its process died without a word.',
    'Find out what ends it (memory, restarts of the server), and whether its process still runs there; then retry.',
  ),
  TrainingStalled: entry(
    'attention',
    'The training shows no sign of life.',
    'Look at its log where it trains. Retry stops it and trains again; skip stops it and goes on without a model.',
  ),
  TrainingRunsOn: entry(
    'attention',
    'A training that was given up could not be ended, and may still publish a model that nobody has decided on.',
    'End its process on the machine where it trains, or wait, then retry; skip goes on all the same, and the receipt says that the published model is not known.',
  ),
  WrongTrainingStopped: entry(
    'attention',
    'Another training than ours was stopped: ours ended in the same moment.',
    'Tell those whose training it was; it has to be started again.',
  ),
  TrainerUnusable: entry(
    'outage',
    "The folder of the connection's trainer cannot be used.",
    'Mend what the message names: the folder must be there, writable and not full. It is tried again.',
  ),
  TrainerElsewhere: entry(
    'attention',
    'A training runs on another machine, where only a worker of that machine can stop it.',
    'Run the workers of this connection on one machine; see docs/trainers.md for what to do once.',
  ),
  PredictionFailed: entry(
    'attention',
    "The trainer's program failed to predict a frame.",
    'Read its output; mend what it names, then retry or skip.',
  ),
};
