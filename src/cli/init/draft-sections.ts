import type { ChosenModel } from './choose-model.ts';
import type { Entry, Section } from './draft-entry.ts';

const option = (key: string, value: Extract<Entry, { kind: 'option' }>['value'], comment: string): Entry => {
  return { kind: 'option', key, value, comment };
};

/** More people than these are counted, not listed. */
const MOST_PEOPLE = 20;

/** So many frames, where the pool has enough for a loop with that: at most this share of it, and at least one. */
function upTo(most: number, share: number, frames: number | null): number {
  return frames === null ? most : Math.max(1, Math.min(most, Math.floor(frames * share)));
}

/** Sections of a draft that hold advice, and little of what was seen. */
export const fixedSections = {
  batch: (frames: number | null): Section => ({
    name: 'batch',
    entries: [
      { kind: 'set', key: 'size', value: upTo(50, 0.1, frames), comment: 'frames of an iteration' },
      {
        kind: 'set',
        key: 'strategy',
        value: '70% uncertainty, 30% random',
        comment: 'or random, foreground-random, diverse, server',
      },
      option('minNewFrames', upTo(20, 0.04, frames), 'no iteration begins with fewer frames to choose from'),
    ],
  }),
  cvat: (create: Entry, people: readonly string[]): Section => ({
    name: 'cvat',
    entries: [
      create,
      { kind: 'set', key: 'segmentSize', value: 25, comment: 'frames a job' },
      option('assign', people.slice(0, MOST_PEOPLE), peopleComment(people)),
      option('review', people.slice(0, 1), 'who looks at completed jobs'),
      option('syncLabels', true, 'add labels that the project lacks'),
      option('deadline', '14d', 'how long people have; what then: atDeadline: attention, continue or carry'),
      { kind: 'set', key: 'completeWhen', value: 'state', comment: 'or acceptance, or fraction=0.9' },
    ],
  }),
  notify: {
    name: 'notify',
    comment: 'people are told of nothing without it',
    entries: [
      option('channels', ['slack', 'email'], 'addresses of the services come from the environment of the worker'),
      option('leads', [], 'user names in CVAT'),
    ],
  },
} as const;

/** The rules that most loops want. */
export const stopSection: Section = {
  name: 'stop',
  comment: 'when more labels no longer help',
  entries: [
    { kind: 'set', key: 'plateau', value: { iterations: 4, minSlope: 0.002 }, comment: 'then a person is asked' },
    option('target', { dice: 0.9 }, 'held-out Dice that is enough'),
    option('budget', { frames: 5000, iterations: 40 }, 'then the loop stops'),
  ],
};

/** The key `training`, as far as the model is known. @param frames in the pool; null where that is not known */
export function trainingSection(model: ChosenModel, frames: number | null): Section {
  const name: Entry =
    'found' in model
      ? { kind: 'set', key: 'model', value: model.found.name, comment: labelsComment(model.found.labels) }
      : { kind: 'todo', key: 'model', reason: `trainer in MONAI Label: ${model.missing}` };
  return {
    name: 'training',
    entries: [
      name,
      option('maxEpochs', 50, "the trainer's own number without it"),
      {
        kind: 'set',
        key: 'heldOutFrames',
        value: upTo(40, 0.2, frames),
        comment: 'people label these first, in a task of their own; all models are measured on them',
      },
      option('heldOut', 0.2, 'instead: a share of each iteration; plateau and target cannot be judged then'),
      option('gate', 'if-better', 'when a new model is published: if-better, always, ask'),
    ],
  };
}

function labelsComment(labels: readonly string[]): string {
  return labels.length === 0 ? 'names no labels' : `its labels: ${labels.slice(0, MOST_PEOPLE).join(', ')}`;
}

function peopleComment(people: readonly string[]): string {
  const more = people.length > MOST_PEOPLE ? ` (and ${people.length - MOST_PEOPLE} more)` : '';
  return `these users CVAT shows${more}: name those who get jobs`;
}
