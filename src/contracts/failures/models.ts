import { entry } from './entry.ts';

/** Failures around the models of a trainer: which is published, and what becomes of a new one. */
export const MODEL_FAILURES = {
  ModelNotFound: entry(
    'attention',
    'The trainer has no model of this name.',
    'Add the model to it and retry; or cancel and start again with the right --model.',
  ),
  PredictionFromUntrainedModel: entry(
    'attention',
    'The model that is to predict was never trained: its answers would be random.',
    'Publish a model (finish an iteration that trains it, or `maskloop model promote`) and retry; or skip to go on without pre-annotations.',
  ),
  ModelReplaced: entry(
    'attention',
    'The published model is no longer the one that this iteration trained or predicts with.',
    'Publish the right model again and retry, which trains anew where another one came over the training itself; or skip the step.',
  ),
  ModelChanged: entry(
    'attention',
    'The published model is not the one that maskloop published or measured last.',
    'Retry to take it as it is; or publish the right one (`maskloop model promote`) and retry. A file that a lost training would have published over is kept in the register as found.',
  ),
  ModelWaits: entry(
    'attention',
    'A new model waits for a decision.',
    'Look at the numbers; approve to publish it, or decline to keep the one before.',
  ),
  ModelNotPublished: entry(
    'outage',
    'The trainer does not publish the model that was put there.',
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
