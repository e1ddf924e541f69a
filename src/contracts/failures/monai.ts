import { entry } from './entry.ts';

/** Failures around MONAI Label. */
export const MONAI_FAILURES = {
  MonaiUnreachable: entry(
    'outage',
    'MONAI Label does not answer.',
    'Nothing: it is tried again. If it lasts, check MONAI Label and MONAI_LABEL_URL.',
  ),
  MonaiRejected: entry('attention', 'MONAI Label rejects a request.', 'Read its answer and its log, then retry.'),
  MonaiUnexpectedAnswer: entry(
    'attention',
    'MONAI Label answers in a form that maskloop does not know.',
    'Check that MONAI_LABEL_URL leads to MONAI Label itself.',
  ),
  ModelNotFound: entry(
    'attention',
    'MONAI Label has no trainer of this name.',
    'Add the trainer to MONAI Label and retry; or cancel and start again with the right --model.',
  ),
  ClassMissingInModel: entry(
    'attention',
    'The model lacks a class that the labels have.',
    "Add the class to the model's labels and retry; or cancel and start again with another --model.",
  ),
  ImageConflict: entry(
    'attention',
    'MONAI Label holds another image for a frame.',
    'Remove that image and its labels in MONAI Label, then retry.',
  ),
  LabelConflict: entry(
    'attention',
    'MONAI Label holds another final label for a frame.',
    'Remove that label in MONAI Label, then retry.',
  ),
  DatastoreMismatch: entry(
    'attention',
    'MONAI Label does not hold what was submitted.',
    'Restart MONAI Label and retry.',
  ),
  TrainingBusy: entry('pending', 'MONAI Label is training for somebody else.', 'Nothing: it is waited for.'),
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
  PredictionFromUntrainedModel: entry(
    'attention',
    'The model that is to predict was never trained: MONAI Label would answer with random weights.',
    'Publish a model (finish an iteration that trains it, or `maskloop model promote`) and retry; or skip to go on without pre-annotations.',
  ),
  ModelReplaced: entry(
    'attention',
    'The published model is no longer the one that this iteration trained or predicts with.',
    'Publish the right model again and retry, or skip the step.',
  ),
  ModelChanged: entry(
    'attention',
    'The published model is not the one that maskloop published or measured last.',
    'Retry to take it as it is; or publish the right one (`maskloop model promote`) and retry.',
  ),
  ModelWaits: entry(
    'attention',
    'A new model waits for a decision.',
    'Look at the numbers; approve to publish it, or decline to keep the one before.',
  ),
  ModelNotPublished: entry(
    'outage',
    'MONAI Label does not publish the model that was put there.',
    'Nothing: it is tried again. If it lasts, look for somebody else who publishes models there.',
  ),
  HeldOutMissing: entry(
    'attention',
    'There is nothing sealed that could be held out.',
    'Finish an iteration of that task (`start --no-train`), then retry; or cancel and start again with other held-out frames.',
  ),
  ModelInUse: entry(
    'refused',
    'The model is being trained.',
    'Wait for the end of the training, or stop it, then ask again.',
  ),
  ModelUnknown: entry('refused', 'The register has no such model.', 'See `maskloop model list`.'),
};
