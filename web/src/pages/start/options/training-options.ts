import type { OptionField } from './option-field.ts';

/** What models are measured on. */
export const HELD_OUT_FIELDS: readonly OptionField[] = [
  {
    name: 'heldOut',
    label: 'Held out are',
    choices: [
      { value: 'share', label: 'a share of the frames' },
      { value: 'names', label: 'frames that a file names' },
      { value: 'folder', label: 'images of a folder, with their masks' },
      { value: 'task', label: 'all frames of another task' },
      { value: 'ground-truth', label: 'frames of a ground truth job in CVAT' },
    ],
  },
  {
    name: 'heldOutShare',
    label: 'Share, in per cent',
    help: '0 measures nothing.',
    isShown: ({ options }) => options.heldOut === 'share',
  },
  {
    name: 'heldOutTask',
    label: 'Task',
    help: 'Of the same project; for ground truth empty means this task.',
    isShown: ({ options }) => options.heldOut === 'task' || options.heldOut === 'ground-truth',
  },
  {
    name: 'group',
    label: 'Frames that stay together',
    help: 'Such frames are held out together, or not at all.',
    choices: [
      { value: 'none', label: 'None: each frame alone' },
      { value: 'folder', label: 'Those of a folder' },
      { value: 'pattern', label: 'Those whose names have a part in common' },
    ],
  },
  {
    name: 'groupPattern',
    label: 'Pattern over the name',
    help: 'Equal in the part in brackets means together.',
    placeholder: '^(.*)_\\d+',
    isShown: ({ options }) => options.group === 'pattern',
  },
];

/** How it is trained, and when the result is published. */
export const GATE_FIELDS: readonly OptionField[] = [
  {
    name: 'gate',
    label: 'A new model is published',
    choices: [
      { value: 'if-better', label: 'if it is better' },
      { value: 'ask', label: 'if a person says so' },
      { value: 'always', label: 'always' },
    ],
  },
  { name: 'floorAll', label: 'Least Dice of every class', help: 'From 0 to 1; empty for none.', placeholder: '0.5' },
  {
    name: 'floors',
    label: 'Least Dice of single classes',
    help: 'With commas between.',
    placeholder: 'grasper=0.6, hook=0.5',
  },
  { name: 'maxEpochs', label: 'Epochs', help: 'Empty leaves it to the trainer.' },
  {
    name: 'window',
    label: 'Hours in which it may begin',
    help: 'Empty for any; without a time zone it is yours.',
    placeholder: '20:00-06:00 Europe/Berlin',
  },
];
