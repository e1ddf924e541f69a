import type { Field, FieldSection } from './field.ts';
import { HELD_OUT_KEYS } from './held-out-ways.ts';
import { duration, number, text, yes } from './plain-fields.ts';
import { FLOORS, MIXTURE, VALUES } from './rows-shapes.ts';
import { NOTICE_SECTION } from './notice-section.ts';
import { DEADLINE, PEOPLE } from './people-sections.ts';
import { STOP_SECTION } from './stop-section.ts';

const BEGINNING: FieldSection = {
  title: 'Loop',
  about: 'Which loop it is, and what its tasks are called.',
  isOpen: true,
  fields: [
    { ...text('name', 'Name', 'instruments'), isFixed: true },
    { ...text('project', 'Project in CVAT', 'SurgVU'), isFixed: true },
    { ...text('connection', 'Connection'), isFixed: true },
    text('taskName', 'Names of tasks'),
    {
      path: 'pace',
      label: 'Pace',
      control: {
        kind: 'word',
        says: {
          continuous: 'One iteration after the other',
          schedule: 'When it is asked to, by a schedule or by hand',
        },
      },
    },
    {
      path: 'existingTasks',
      label: 'Tasks of such names that are there',
      control: {
        kind: 'word',
        says: { adopt: 'Are iterations of the loop', skip: 'Are left alone; their numbers are skipped' },
      },
    },
  ],
};

const FRAMES: FieldSection = {
  title: 'Frames',
  about: 'All frames that the loop may choose from, and what their pixels stand for.',
  isOpen: true,
  fields: [
    {
      path: 'pool.images',
      label: 'Images',
      control: {
        kind: 'or',
        says: { datastore: 'Images of MONAI Label that nobody has labelled' },
        other: 'A folder, or an address in the store',
        example: '/data/frames or store:sha256/…',
      },
    },
    {
      ...yes('pool.grows', 'Read the folder again for each iteration'),
      when: (get) => get('pool.images') !== 'datastore',
    },
    {
      path: 'categories',
      label: 'Categories',
      control: {
        kind: 'or',
        says: { cvat: 'Labels of the project in CVAT, numbered from 1' },
        other: "A file with COCO's list",
        example: '/data/categories.json or store:sha256/…',
      },
    },
    {
      path: 'group',
      label: 'Frames that belong together',
      control: {
        kind: 'or',
        none: 'None: each frame is for itself',
        says: { folder: 'Those of one folder: a video, a patient' },
        other: 'Those of which a pattern takes the same text',
        example: String.raw`^(case\d+)_`,
      },
    },
  ],
};

const BATCH: FieldSection = {
  title: 'Batch',
  about: 'How many frames an iteration has, and how they are chosen.',
  isOpen: true,
  fields: [
    number('batch.size', 'Batch size', 'frames'),
    number('batch.minNewFrames', 'Least number of new frames', 'frames'),
    { path: 'batch.strategy', label: 'Selection', control: { kind: 'rows', shape: MIXTURE } },
    { path: 'batch.uncertainty', label: 'Uncertainty', control: { kind: 'word' } },
    number('batch.candidates', 'Candidates', 'frames'),
    number('batch.thinning', 'Thinning', 'distance'),
    text('batch.seed', 'Seed'),
  ],
};

const isComponents = (get: (path: string) => unknown): boolean => get('masks.instances') === 'components';

const MASKS: FieldSection = {
  title: 'Pre-annotations',
  about: 'What people begin with until a model is published, and how masks are read.',
  fields: [
    {
      path: 'masks.first',
      label: 'At first',
      control: {
        kind: 'or',
        none: 'None: people begin with nothing',
        says: { predict: 'Those of a model, which has to be there' },
        other: 'Masks in a folder, or at an address in the store',
        example: '/data/masks or store:sha256/…',
      },
    },
    {
      path: 'masks.unknown',
      label: 'Pixels of no category',
      control: { kind: 'word', says: { error: 'Are an error', skip: 'Are left out' } },
    },
    { path: 'masks.map', label: 'Values that count as others', control: { kind: 'rows', shape: VALUES } },
    {
      path: 'masks.ignore',
      label: 'Values to leave out',
      control: { kind: 'names', example: '255, 254', isNumbers: true },
    },
    text('masks.labelMap', 'Label map', '/data/labelmap.txt or store:sha256/…'),
    {
      path: 'masks.instances',
      label: 'An annotation is',
      control: { kind: 'word', says: { class: 'A class of a mask', components: 'A connected component' } },
    },
    {
      path: 'masks.connectivity',
      label: 'Pixels of a component share',
      control: { kind: 'word', says: { '8': 'A corner (8)', '4': 'A side (4)' }, usual: '8' },
      when: isComponents,
    },
    { ...number('masks.minArea', 'Least area', 'pixels'), when: isComponents },
    text('masks.suffix', "End of the document's name", '_auto'),
    number('masks.shardSize', 'Masks converted as one piece of work', 'masks'),
  ],
};

const TRAINING: FieldSection = {
  title: 'Training',
  about: 'What is trained, what is held out, and which model is published.',
  isOpen: true,
  fields: [
    text('training.model', 'Model', 'segmentation'),
    number('training.maxEpochs', 'Epochs', 'epochs'),
    text('training.trainWindow', 'Hours in which a training may begin', '20:00-06:00 Europe/Berlin'),
    {
      path: 'training.heldOut',
      label: 'Held out',
      control: { kind: 'held-out' },
      besides: HELD_OUT_KEYS.filter((key) => key !== 'heldOut').map((key) => `training.${key}`),
    },
    {
      path: 'training.gate',
      label: 'A new model is published',
      control: {
        kind: 'word',
        usual: 'if-better',
        says: { 'if-better': 'If it is better', always: 'Always', ask: 'When a person says so' },
      },
    },
    { path: 'training.gateFloor', label: 'Least Dice of a published model', control: { kind: 'rows', shape: FLOORS } },
  ],
};

const PATIENCE: FieldSection = {
  title: 'Patience',
  about: 'How long silence is borne.',
  fields: [
    duration('patience.workerLostAfter', 'A worker counts as lost after'),
    duration('patience.unreachableAfter', 'A server counts as away after'),
    duration('patience.importStuckAfter', 'An import counts as stuck after'),
    duration('patience.stalledAfter', 'A training counts as stalled after'),
  ],
};

/** Everything that a `maskloop.yaml` may say, in the order of the form. */
export const SECTIONS: readonly FieldSection[] = [
  BEGINNING,
  FRAMES,
  BATCH,
  TRAINING,
  MASKS,
  PEOPLE,
  DEADLINE,
  STOP_SECTION,
  NOTICE_SECTION,
  PATIENCE,
];

/** The fields of all sections, also those of parts. */
export const FIELDS: readonly Field[] = flat(SECTIONS.flatMap(({ fields }) => fields));

function flat(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => (field.control.kind === 'part' ? [field, ...flat(field.control.fields)] : [field]));
}
