import type { StartForm } from '../start-form.ts';
import type { OptionField } from './option-field.ts';

const hasDeadline = ({ options }: StartForm): boolean => options.deadline !== 'none';
const moves = (form: StartForm): boolean =>
  hasDeadline(form) && (form.options.atDeadline === 'extend' || form.options.atDeadline === 'reassign');
const isReviewed = ({ options, source }: StartForm): boolean => source !== 'as-is' && options.review.trim() !== '';

/** Until when people have time. */
export const DEADLINE_FIELDS: readonly OptionField[] = [
  {
    name: 'deadline',
    label: 'Deadline',
    choices: [
      { value: 'none', label: 'None' },
      { value: 'after', label: 'Some time after the start' },
      { value: 'at', label: 'A day and time' },
    ],
  },
  {
    name: 'deadlineAfter',
    label: 'Time that people have',
    help: 'A number and a unit: 14d, 36h.',
    isShown: ({ options }) => options.deadline === 'after',
  },
  { name: 'deadlineAt', label: 'Day and time', kind: 'time', isShown: ({ options }) => options.deadline === 'at' },
  {
    name: 'atDeadline',
    label: 'When it passes with jobs open',
    choices: [
      { value: 'attention', label: 'A person decides' },
      { value: 'continue', label: 'Go on with the completed jobs' },
      { value: 'carry', label: 'Go on, and carry the open frames over' },
      { value: 'extend', label: 'Give more time first' },
      { value: 'reassign', label: 'Give the open jobs to others first' },
    ],
    isShown: hasDeadline,
  },
  { name: 'extendBy', label: 'So much later it is then', help: 'A number and a unit: 7d, 12h.', isShown: moves },
  { name: 'extendTimes', label: 'How often', help: 'From 1 to 20 times.', isShown: moves },
  {
    name: 'reassignTo',
    label: 'Who is given the open jobs',
    help: 'User names in CVAT, with commas between.',
    isShown: (form) => moves(form) && form.options.atDeadline === 'reassign',
  },
  {
    name: 'atLastDeadline',
    label: 'And when the last one passes',
    choices: [
      { value: 'attention', label: 'A person decides' },
      { value: 'continue', label: 'Go on with the completed jobs' },
      { value: 'carry', label: 'Go on, and carry the open frames over' },
    ],
    isShown: moves,
  },
];

/** When they are done, and who looks again. */
export const DONE_FIELDS: readonly OptionField[] = [
  {
    name: 'completeWhen',
    label: 'People are done when',
    choices: [
      { value: 'state', label: 'every job is completed' },
      { value: 'acceptance', label: 'every job is accepted' },
      { value: 'fraction', label: 'enough frames are in completed jobs' },
    ],
  },
  {
    name: 'completeShare',
    label: 'Enough is, in per cent',
    isShown: ({ options }) => options.completeWhen === 'fraction',
  },
  {
    name: 'review',
    label: 'Reviewers',
    help: 'User names in CVAT, with commas between; completed jobs go to them.',
    isShown: ({ source }) => source !== 'as-is',
  },
  {
    name: 'reviewPick',
    label: 'They review',
    choices: [
      { value: 'all', label: 'all jobs' },
      { value: 'share', label: 'a share of the jobs' },
      { value: 'mostChanged', label: 'the jobs that people changed most' },
    ],
    isShown: isReviewed,
  },
  {
    name: 'reviewShare',
    label: 'Share, in per cent',
    isShown: (form) => isReviewed(form) && form.options.reviewPick === 'share',
  },
  {
    name: 'reviewJobs',
    label: 'Number of jobs',
    isShown: (form) => isReviewed(form) && form.options.reviewPick === 'mostChanged',
  },
  {
    name: 'tellPeople',
    label: 'Who corrected how much is told',
    choices: [
      { value: 'names', label: 'by name' },
      { value: 'pseudonyms', label: 'as person 1, 2, …' },
      { value: 'none', label: 'not at all' },
    ],
  },
];
