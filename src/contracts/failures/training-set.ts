import { entry } from './entry.ts';

/** Failures around what a model is trained on. */
export const TRAINING_SET_FAILURES = {
  MonaiWatchesCvat: entry(
    'attention',
    'MONAI Label fetches labels from CVAT by itself and trains on them unasked.',
    'Start MONAI Label without MONAI_LABEL_DATASTORE=cvat, on a folder of its own, then retry.',
  ),
  TrainingSetDiffers: entry(
    'attention',
    'What the trainer would train on is not what was sealed.',
    'Retry puts back what is missing. Remove labels that do not belong there, and images that are others by now, in the trainer, then retry; or approve labels that do not belong there.',
  ),
  TrainingSetChanged: entry(
    'attention',
    'Labels or images were changed in the trainer while it trained.',
    'Find out who changed them, then retry to train again; or skip to go on with this model, which the receipt tells of.',
  ),
  HeldOutTrained: entry(
    'attention',
    'A frame that is held out, or of a group that is, is trained on or about to be.',
    'Where `approve` is offered, the frame is not trained on any more; else remove its final label in the trainer, or `maskloop exclude` the frame, and retry. Earlier models have seen it all the same. Or cancel and hold out others.',
  ),
  GroundTruthMissing: entry(
    'attention',
    'There is no ground truth job whose frames could be held out.',
    'Make one in CVAT (task, Actions, Create ground truth job), complete it, then retry; or cancel and start again with other held-out frames.',
  ),
  GroundTruthOpen: entry(
    'attention',
    'The ground truth job whose frames are held out is not completed.',
    'Have it completed in CVAT, then retry.',
  ),
  LabelTableChanged: entry(
    'attention',
    'A model numbers its classes in another way than when earlier labels were written.',
    'Start the trainer with the earlier numbers and retry; or approve to write the earlier labels anew with these.',
  ),
  DatastoreStale: entry(
    'attention',
    'The trainer lists labels that it no longer has.',
    'Restart MONAI Label, since the watcher of its folder is dead, then retry.',
  ),
  ImageLost: entry(
    'attention',
    'An image that the trainer lost is nowhere else as it was.',
    'Put the folder of images back, or the task in CVAT, then retry.',
  ),
  ClassMissingInModel: entry(
    'attention',
    'The model lacks a class that the labels have.',
    "Add the class to the model's labels and retry; or cancel and start again with another --model.",
  ),
  ImageConflict: entry(
    'attention',
    'The trainer holds another image for a frame.',
    'Remove that image and its labels in the trainer, then retry, which puts the right one back.',
  ),
  LabelConflict: entry(
    'attention',
    'The trainer holds another final label for a frame.',
    'Remove that label in the trainer, then retry.',
  ),
  DatastoreMismatch: entry(
    'attention',
    'The trainer does not hold what was submitted.',
    'Restart it (MONAI Label) or look at its folder, then retry.',
  ),
};
