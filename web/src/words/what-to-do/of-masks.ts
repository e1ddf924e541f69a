import type { Sentences } from './sentences.ts';

/** What to do about masks, files and folders. */
export const OF_MASKS: Sentences = {
  TooManyComponents:
    'Cancel, and start again with more as “Least pixels of a part” under More options, or with one annotation for each class of a frame.',
  ColourImage:
    'Save masks with one channel, grey or palette. Masks in colour are started on the command line: `maskloop start --label-map FILE`.',
  UnknownColour:
    'Save the mask without blended edges, or cancel and start again with “Pixels of no declared class” left out. Label maps are given on the command line.',
  UndeclaredCategory:
    'Add the class to the categories; or say under More options what the value counts as, or that it is left out. An iteration that has begun is cancelled and started again with it.',
  InvalidValueMap:
    'Name each value once in “Values that count as others” and “Values to leave out”; what it counts as is 0 or the id of a class.',
  OutputExists: 'On the command line: choose another folder, or pass `--overwrite` to replace it.',
  UnsafeFileName:
    'Correct the file name: within the folder, without two dots, and through no link that leads out of it.',
  DocumentTooLarge:
    'Split the masks over several folders, tasks and starts; where each connected part is one annotation, “Least pixels of a part” leaves small ones out.',
  ArtifactMissing:
    'If it is a file of a folder that was uploaded, upload the same folder again on the page Start, then do the step again. Else whoever runs the server restores the store; or start the iteration again.',
  ArtifactCorrupt:
    'If it is a file of a folder that was uploaded, upload the same folder again on the page Start, which mends it, then do the step again. Else whoever runs the server restores it from a backup; or start the iteration again.',
  InvalidFileList: 'Choose the folder anew: upload it, or give the address in the store that an upload of it has.',
  FrameForgotten: 'Take these files out of the folder, upload it again, then start with it; nothing of them was kept.',
  ExportFailed:
    'Read CVAT’s message, mend what it names and do the step again. Labels alone can be had without an export, on the command line: `maskloop collect --via native`.',
  ArchiveRefused:
    'Look at the export in CVAT, then do the step again. Labels alone can be had without an export, on the command line: `maskloop collect --via native`.',
  BackupMissing:
    'On the command line: name another backup with `maskloop restore --backup`; the store keeps them under backups/ID.',
  RestoreRefused:
    'Look at the task in CVAT. On the command line: `maskloop restore --overwrite` puts the backup back all the same; what is there is backed up first.',
};
