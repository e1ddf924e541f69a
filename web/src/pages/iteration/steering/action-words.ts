import type { IterationStatus } from '../../../../../src/contracts/iteration.ts';
import type { ActionName } from './offered-actions.ts';

/** What stands on a button, and what it will do. */
export interface ActionWords {
  readonly label: string;
  readonly does: string;
}

type Told = Pick<IterationStatus, 'step' | 'waitingFor' | 'trouble'> | null;

const PLAIN: Readonly<Record<Exclude<ActionName, 'retry' | 'skip' | 'approve'>, ActionWords>> = {
  decline: {
    label: 'Keep the model before',
    does: 'The new model is not published; the one from before is. The receipt names who decided.',
  },
  extend: { label: 'Give more time', does: 'Moves the deadline. Nobody’s job changes.' },
  reassign: {
    label: 'Give jobs to somebody else',
    does: 'Gives the open jobs of one person to another, in CVAT. What is drawn in them stays.',
  },
  seal: {
    label: 'Seal now',
    does: 'Freezes the final labels without the rest of the quiet period. What people change in CVAT afterwards is not part of them.',
  },
  wake: { label: 'Read CVAT now', does: 'Looks at the jobs in CVAT at once, instead of at the next poll.' },
  pause: {
    label: 'Pause',
    does: 'No new step begins. What runs finishes its unit; a training goes on, and its result waits.',
  },
  resume: { label: 'Resume', does: 'Goes on where it was paused.' },
  cancel: {
    label: 'Cancel the iteration',
    does: 'Ends the iteration for good. Nothing in CVAT is deleted. To go on from what is there, start it again.',
  },
};

const SKIPS: Readonly<Record<string, string>> = {
  predict: 'Goes on without predicted masks: people begin without pre-annotations.',
  convert: 'Goes on without pre-annotations: people begin with empty frames.',
  upload: 'Goes on without importing pre-annotations: people begin with what the task holds.',
  train: 'Ends with a receipt without a model.',
  evaluate: 'Goes on without measuring the new model.',
};

/** The words for what can be done now: they depend on what is waited for. */
export function actionWords(name: ActionName, status: Told): ActionWords {
  if (name === 'retry') return retryWords(status);
  if (name === 'skip') {
    const step = status?.step ?? '';
    return { label: 'Go on without it', does: SKIPS[step] ?? 'Goes on without this step.' };
  }
  if (name === 'approve') return approveWords(status);
  return PLAIN[name];
}

function retryWords(status: Told): ActionWords {
  if (status?.waitingFor === 'window') {
    return { label: 'Train now', does: 'Begins the training now, outside of its window.' };
  }
  if (status?.waitingFor === 'server') {
    return { label: 'Try again now', does: 'Asks the server at once, instead of at the next try.' };
  }
  if (status?.trouble?.code === 'TrainingSetDiffers') {
    return { label: 'Put back and try again', does: 'Puts back the labels that are missing, and does the step again.' };
  }
  return {
    label: 'Do the step again',
    does: 'Does the step again, from what is already there. Nothing is done twice.',
  };
}

function approveWords(status: Told): ActionWords {
  switch (status?.trouble?.code) {
    case 'ModelWaits':
      return { label: 'Publish the new model', does: 'The new model is published. The receipt names who decided.' };
    case 'DeadlinePassed':
      return {
        label: 'Go on with what is completed',
        does: 'Collects the completed jobs. Frames of open jobs are not labels; what people do in them later is not collected.',
      };
    default:
      return { label: 'Go on in spite of it', does: 'Lets pass what was found. The receipt names who decided.' };
  }
}
