import type { FieldSection } from './field.ts';
import { duration, number, people, yes } from './plain-fields.ts';

/** The tasks, and who works on them. */
export const PEOPLE: FieldSection = {
  title: 'People',
  about: 'The tasks in CVAT, who works on them, and when they are done.',
  fields: [
    people('cvat.assign', 'Annotators'),
    number('cvat.segmentSize', 'Frames a job', 'frames'),
    { path: 'cvat.completeWhen', label: 'People are done when', control: { kind: 'completion' } },
    people('cvat.review', 'Reviewers'),
    {
      ...number('cvat.reviewShare', 'Share of jobs to review', 'of 1'),
      when: (get) => get('cvat.review') !== undefined,
    },
    {
      ...number('cvat.reviewMostChanged', 'Jobs to review, those most changed', 'jobs'),
      when: (get) => get('cvat.review') !== undefined,
    },
    {
      path: 'cvat.people',
      label: 'Who corrected how much is told',
      control: { kind: 'word', says: { names: 'By name', pseudonyms: 'As person 1, 2, …', none: 'Not at all' } },
    },
    duration('cvat.quiet', 'Quiet period before the seal'),
    duration('cvat.poll', 'Time between two reads of CVAT'),
    yes('cvat.createProject', 'Make the project where there is none'),
    yes('cvat.syncLabels', 'Add labels that the project lacks'),
  ],
};

const isMoved = (get: (path: string) => unknown): boolean =>
  ['extend', 'reassign'].includes(String(get('cvat.atDeadline')));

/** Until when. */
export const DEADLINE: FieldSection = {
  title: 'Deadline',
  about: 'How long people have time, and what happens then.',
  fields: [
    duration('cvat.deadline', 'Time for people'),
    {
      path: 'cvat.atDeadline',
      label: 'At the deadline',
      control: {
        kind: 'word',
        usual: 'attention',
        says: {
          attention: 'A person is asked',
          continue: 'It goes on with completed jobs',
          carry: 'It goes on, and carries the other frames over',
          extend: 'People get more time',
          reassign: 'Others get the open jobs, and more time',
        },
      },
      when: (get) => get('cvat.deadline') !== undefined,
    },
    { ...duration('cvat.extendBy', 'So much more time'), when: isMoved },
    { ...number('cvat.extendTimes', 'How often', 'times'), when: isMoved },
    { ...people('cvat.reassignTo', 'Who gets the open jobs'), when: (get) => get('cvat.atDeadline') === 'reassign' },
    {
      path: 'cvat.atLastDeadline',
      label: 'At the last deadline',
      control: {
        kind: 'word',
        usual: 'attention',
        says: {
          attention: 'A person is asked',
          continue: 'It goes on with completed jobs',
          carry: 'It goes on, and carries the other frames over',
        },
      },
      when: isMoved,
    },
  ],
};
