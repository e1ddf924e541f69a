import { entry } from './entry.ts';

/** Failures of taking frames out of training, and of forgetting them. */
export const WITHDRAWAL_FAILURES = {
  FrameUnknown: entry(
    'refused',
    'No frame of this name is known.',
    'Name frames as CVAT does; for one that was never sealed, name project and task too, while CVAT has the task.',
  ),
  FrameAmbiguous: entry(
    'refused',
    'Several tasks have a frame of this name.',
    'Name the task, and project and connection.',
  ),
  FrameForgotten: entry(
    'attention',
    'What was forgotten on purpose would come back.',
    'Take these files out of the folder (`maskloop put` it again if it was put into the store), then start with it; nothing of them was kept.',
  ),
  TrainerTaken: entry(
    'refused',
    'Somebody else has the turn with the trainer.',
    'Nothing was removed. Ask again when the training has ended; `maskloop list` shows who trains.',
  ),
  WithdrawalRunning: entry(
    'refused',
    'Frames are being excluded, included or forgotten already.',
    'Ask again in a moment; what was begun goes on by itself.',
  ),
};
