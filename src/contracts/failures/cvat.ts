import { entry } from './entry.ts';

/** Failures around CVAT. */
export const CVAT_FAILURES = {
  CvatUnreachable: entry(
    'outage',
    'CVAT does not answer.',
    'Nothing: it is tried again. If it lasts, check CVAT and CVAT_URL.',
  ),
  CvatLoginRefused: entry(
    'attention',
    'CVAT refuses the login.',
    'Correct the login; from a changed file the worker takes it over by itself, else restart the worker. Or mend it in CVAT, then retry.',
  ),
  LoginPending: entry(
    'pending',
    'CVAT has refused the login, which has not changed since.',
    'Nothing: when it has changed, it is tried.',
  ),
  CvatForbidden: entry(
    'attention',
    'CVAT does not allow this to the user of maskloop.',
    'Give the user the permission in CVAT, or check CVAT_ORG, then retry.',
  ),
  CvatRejected: entry('attention', 'CVAT rejects a request.', "Read CVAT's answer; mend what it names, then retry."),
  CvatUnexpectedAnswer: entry(
    'attention',
    'CVAT answers in a form that maskloop does not know.',
    'Check that CVAT_URL leads to CVAT itself and which version it runs.',
  ),
  ProjectNotFound: entry(
    'attention',
    'CVAT has no project of this name.',
    'Make the project in CVAT and retry; or cancel and start again with the right --project, or with --create-project.',
  ),
  ProjectAmbiguous: entry(
    'attention',
    'CVAT has several projects of this name.',
    'Rename all but one of them in CVAT, or name the organization of the right one with CVAT_ORG.',
  ),
  TaskNotFound: entry(
    'attention',
    'The project has no task of this name.',
    'Make the task in CVAT and retry; or cancel and start again with the right --task, or with --images to have it made.',
  ),
  TaskAmbiguous: entry(
    'attention',
    'The project has several tasks of this name, or another one with the key of the iteration.',
    'Rename all but one of them in CVAT, and clear the issue tracker field of one that has the key but is not meant.',
  ),
  TaskGone: entry('attention', 'The task no longer exists in CVAT.', 'Restore the task, or cancel the iteration.'),
  TaskCreationFailed: entry(
    'attention',
    'CVAT could not make the task from the images.',
    "Read CVAT's message; mend the images, then retry.",
  ),
  ImagesDiffer: entry(
    'attention',
    'The task in CVAT shows other images than the folder holds.',
    'Cancel and start again without --images (images then come from CVAT), or with the folder that the task was made of; or, if nobody has worked in the task, delete it in CVAT and retry.',
  ),
  NoImages: entry(
    'attention',
    'The image folder holds no image that CVAT accepts.',
    'Name the folder that holds the images of the task.',
  ),
  LabelMissing: entry(
    'attention',
    'A category has no label of the same name in CVAT.',
    'Add the label in CVAT and retry; or cancel and start again with the category renamed, or with --sync-labels to have it added.',
  ),
  FrameMismatch: entry(
    'attention',
    'A mask has no frame of the same name in the task.',
    'Name masks like the frames (folders count, the extension does not; frames of a video are frame_000005, by the number in the file), then cancel and start again.',
  ),
  FramesShared: entry(
    'attention',
    'Two jobs of the task share frames that have masks, so each mask would be stored twice.',
    'Make the task again without overlap and retry, or skip the upload and go on without pre-annotations.',
  ),
  PersonNotFound: entry(
    'attention',
    'CVAT knows nobody of this name whom jobs can be given to.',
    'Invite the person to the organization in CVAT and retry; or cancel and start again with the right name.',
  ),
  TaskHoldsOtherShapes: entry(
    'attention',
    'The task already holds shapes that this iteration did not put there.',
    'Remove them in CVAT and retry; skip the upload; or cancel and start again with --only-new-jobs, or with --overwrite to delete them.',
  ),
  JobsStarted: entry(
    'attention',
    'Jobs of the task are no longer new, though the task holds no shapes.',
    'Set the jobs back to new in CVAT and retry; skip the upload; or cancel and start again with --only-new-jobs.',
  ),
  ImportRejected: entry(
    'attention',
    'CVAT could not import the pre-annotations.',
    "Read CVAT's message; mend what it names, then retry.",
  ),
  ImportBusy: entry('pending', 'Another import into the task is under way.', 'Nothing: it is waited for.'),
  ImportStuck: entry(
    'attention',
    'An import into the task has not ended in time.',
    "Restart CVAT's import workers (a request that lost its worker fails within ten minutes, or when a worker starts 90 s after its death), then retry.",
  ),
  ImportRaced: entry(
    'attention',
    'Somebody saved into the task while its import was beginning.',
    'Ask those who work on the named jobs to look at their last save and to do it again if it is gone, then retry.',
  ),
  TaskChangedSince: entry(
    'attention',
    'The task is no longer as it was when it was decided what may be overwritten.',
    'Look at the task in CVAT; cancel, and start again if its new content may be overwritten, too.',
  ),
  NoFreeJobs: entry(
    'attention',
    'No job of the task is free for pre-annotations.',
    'Skip the upload and go on without pre-annotations, or cancel.',
  ),
  BackupMissing: entry(
    'attention',
    'There is no such backup, or part of it is gone.',
    'Name another one with --backup; the store keeps them under backups/ID.',
  ),
  RestoreRefused: entry(
    'attention',
    'People have worked on the task since the import, or since the restore began.',
    'Look at the task in CVAT; pass --overwrite to put the backup back all the same. What is there is backed up first.',
  ),
  RestoreIncomplete: entry(
    'attention',
    'After a restore the jobs do not hold exactly what the backup holds.',
    'Look at the named jobs in CVAT: what people saved meanwhile was kept. Restore again, or the backup made before.',
  ),
  ImportNotVerified: entry(
    'attention',
    'After the import the task does not hold what was sent.',
    'Look at the task in CVAT, then retry or skip.',
  ),
  AnnotationPending: entry('pending', 'Jobs are not completed yet.', 'Complete the jobs in CVAT.'),
  JobsMissing: entry(
    'attention',
    'The task has fewer annotation jobs than at upload, or none.',
    'Look at the task and the permissions in CVAT, then retry.',
  ),
  TaskReopened: entry('pending', 'A job was reopened before its labels were sealed.', 'Complete the job again.'),
  LabelsNotQuiet: entry(
    'pending',
    'Somebody has just changed a job; labels are sealed when nobody has for a while.',
    'Nothing; or `maskloop seal` to seal at once.',
  ),
  LabelsChanging: entry('pending', 'Labels changed while they were read.', 'Nothing: they are read again.'),
  ExportFailed: entry(
    'attention',
    'CVAT could not export the annotations.',
    "Read CVAT's message; or collect with `--via native`, which needs no export.",
  ),
  ArchiveRefused: entry(
    'attention',
    'An export of CVAT is no archive that is safe to read.',
    'Look at the export in CVAT; or collect with `--via native`, which needs no export.',
  ),
  UnsupportedShape: entry(
    'attention',
    'A final label is of a type that cannot become a mask.',
    'Convert the shape to a mask or polygon in CVAT, then retry.',
  ),
  CategoryMissing: entry(
    'attention',
    'A label that was used in CVAT has no category of the same name.',
    'Change the label of these shapes in CVAT and retry, or start again with the category declared.',
  ),
};
