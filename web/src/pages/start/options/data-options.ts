import type { StartForm } from '../start-form.ts';
import type { OptionField } from './option-field.ts';

const areOwn = ({ source }: StartForm): boolean => source !== 'predict';
const areParted = ({ options }: StartForm): boolean => options.instances === 'components';
const imports = ({ source }: StartForm): boolean => source === 'masks' || source === 'predict';

/** How pixels of masks are read. */
export const MASK_FIELDS: readonly OptionField[] = [
  {
    name: 'unknown',
    label: 'Pixels of no declared class',
    choices: [
      { value: 'error', label: 'Stop, and say where' },
      { value: 'skip', label: 'Leave them out' },
    ],
    isShown: areOwn,
  },
  {
    name: 'map',
    label: 'Values that count as others',
    help: 'Value of the mask, equals sign, value that is meant.',
    placeholder: '255=1, 7=0',
    isShown: areOwn,
  },
  {
    name: 'ignore',
    label: 'Values to leave out',
    help: 'With commas between.',
    placeholder: '254, 255',
    isShown: areOwn,
  },
  {
    name: 'instances',
    label: 'One annotation is',
    choices: [
      { value: 'class', label: 'a class of a frame' },
      { value: 'components', label: 'each connected part of a class' },
    ],
  },
  {
    name: 'connectivity',
    label: 'Pixels are connected by',
    choices: [
      { value: '8', label: 'a side or a corner' },
      { value: '4', label: 'a side' },
    ],
    isShown: areParted,
  },
  { name: 'minArea', label: 'Least pixels of a part', help: 'Smaller ones are left out.', isShown: areParted },
];

/** What is written in CVAT. */
export const INTO_CVAT_FIELDS: readonly OptionField[] = [
  {
    name: 'scope',
    label: 'Pre-annotations go',
    choices: [
      { value: 'task', label: 'into a task that holds nothing' },
      { value: 'new-jobs', label: 'into new and empty jobs alone' },
      { value: 'rebuild', label: 'there, and in place of our own untouched ones' },
      { value: 'overwrite', label: 'in place of all that the task holds' },
    ],
    help: 'What is replaced is backed up first.',
    isShown: imports,
  },
  {
    name: 'syncLabels',
    label: 'Labels that the project lacks',
    choices: [
      { value: '', label: 'Stop, and name them' },
      { value: 'yes', label: 'Add them to the project' },
    ],
    isShown: ({ createProject }) => !createProject,
  },
  {
    name: 'shareFolder',
    label: 'Folder of CVAT’s share',
    help: 'To make the task from, instead of images of yours.',
    isShown: ({ images }) => images === null,
  },
  { name: 'suffix', label: 'Name of the document ends with', help: 'After the name of the task.', isShown: imports },
];
