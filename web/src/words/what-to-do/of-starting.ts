import type { Sentences } from './sentences.ts';

/** What to do about places, labels and models that a start names. */
export const OF_STARTING: Sentences = {
  ProjectNotFound:
    'Make the project in CVAT and do the step again; or cancel, and start again with the right project or with the box that has it made.',
  TaskNotFound:
    'Make the task in CVAT and do the step again; or cancel, and start again with the right task, or with images to make it of.',
  ImagesDiffer:
    'Cancel, and start again without a folder of images (they then come from CVAT) or with the one that the task was made of; or, if nobody has worked in the task, delete it in CVAT and do the step again.',
  LabelMissing:
    'Add the label in CVAT and do the step again; or cancel, and start again with the class renamed, or with labels added that the project lacks.',
  TaskHoldsOtherShapes:
    'Remove them in CVAT and do the step again; go on without the upload; or cancel, and start again with pre-annotations “into new and empty jobs alone”, or “in place of all that the task holds”, which deletes them.',
  JobsStarted:
    'Set the jobs back to new in CVAT and do the step again; go on without the upload; or cancel, and start again with pre-annotations “into new and empty jobs alone”.',
  ModelNotFound:
    'Add the model where it is trained and do the step again; or cancel, and start again with the right model.',
  PredictionFromUntrainedModel:
    'Publish a model (finish an iteration that trains it, or promote one on the page Models) and do the step again; or go on without pre-annotations.',
  ModelChanged:
    'Do the step again to take it as it is; or promote the right one on the page Models and do the step again.',
  ModelUnknown: 'The page Models has all that the register knows.',
  HeldOutMissing:
    'Finish an iteration of that task, which may be one without a training, then do the step again; or cancel, and start again with other held-out frames.',
  HeldOutTrained:
    'Where it is offered to go on in spite of it, that removes our label of the frame; else remove its final label in the trainer, or have an operator take the frame out on the command line (`maskloop exclude`), and do the step again. Earlier models have seen it all the same. Or cancel and hold out others.',
  ClassMissingInModel:
    'Add the class to the labels of the model and do the step again; or cancel, and start again with another model.',
  ConnectionUnknown:
    'Start again with a known connection; or have whoever runs the workers add it to the file of MASKLOOP_CONNECTIONS and restart them, then do the step again.',
  IterationDone:
    'Read its receipt; or say that it is a further iteration of a task that has a finished one, beside the button that starts it.',
  IterationNotFound: 'The page Iterations lists all that there are.',
  IterationAmbiguous: 'Choose the one that is meant on the page Iterations.',
  HeldOutGroups:
    'Say how frames stay together so that it tells videos or patients apart, add frames of others to the pool, or hold out by another way.',
};
