import type { StartForm } from '../start-form.ts';
import { INTO_CVAT_FIELDS, MASK_FIELDS } from './data-options.ts';
import { NOTICE_FIELDS } from './notice-options.ts';
import type { OptionField } from './option-field.ts';
import { PATIENCE_FIELDS } from './patience-options.ts';
import { DEADLINE_FIELDS, DONE_FIELDS } from './people-options.ts';
import { GATE_FIELDS, HELD_OUT_FIELDS } from './training-options.ts';

/** Options that belong together. */
export interface OptionGroup {
  readonly id: string;
  readonly title: string;
  /** What it is about, below the title. */
  readonly about: string;
  readonly fields: readonly OptionField[];
  readonly isShown?: (form: StartForm) => boolean;
}

const imports = ({ source }: StartForm): boolean => source === 'masks' || source === 'predict';
const trains = ({ trains: does }: StartForm): boolean => does;

/** All options that start as the command line has them, in the order in which an iteration comes to them. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  {
    id: 'masks',
    title: 'Reading the masks',
    about: 'Values that count as others, unknown values, separate instances',
    fields: MASK_FIELDS,
    isShown: (form) => imports(form) || (form.source === 'as-is' && form.masks !== null),
  },
  {
    id: 'cvat',
    title: 'Into CVAT',
    about: 'Tasks that hold something already, missing labels, files of CVAT’s share',
    fields: INTO_CVAT_FIELDS,
    isShown: ({ source }) => source !== 'as-is',
  },
  {
    id: 'deadline',
    title: 'Deadline',
    about: 'Until when people have time, and what happens then',
    fields: DEADLINE_FIELDS,
  },
  {
    id: 'done',
    title: 'Done and reviewed',
    about: 'When people are done, who reviews, who is named',
    fields: DONE_FIELDS,
  },
  {
    id: 'held-out',
    title: 'Held-out frames',
    about: 'What models are measured on and never trained with',
    fields: HELD_OUT_FIELDS,
    isShown: trains,
  },
  {
    id: 'gate',
    title: 'Training and publishing',
    about: 'Epochs, hours, and when a new model is published',
    fields: GATE_FIELDS,
    isShown: trains,
  },
  {
    id: 'notices',
    title: 'Telling people',
    about: 'Slack, e-mail, webhook; reminders',
    fields: NOTICE_FIELDS,
  },
  {
    id: 'patience',
    title: 'Waiting and patience',
    about: 'How often servers are asked, and when something counts as stuck',
    fields: PATIENCE_FIELDS,
  },
];

/** The fields that are shown. */
export function shownFields(group: OptionGroup, form: StartForm): readonly OptionField[] {
  return group.fields.filter(({ isShown }) => isShown?.(form) ?? true);
}
