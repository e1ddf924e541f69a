import { z } from 'zod';
import { PEOPLE_SETTINGS } from '../../contracts/comparison.ts';
import { AT_DEADLINE, LAST_POLICIES, MOST_EXTENSIONS, type AtDeadline } from '../../contracts/deadline.ts';
import { parseCompleteWhen } from '../../notation/completion-rule.ts';
import { choice, contradiction, duration, interval, names, share, wholeNumber, written, yesNo } from './fields.ts';

const MOVED_ONLY = 'has no meaning without atDeadline: extend or reassign';

/** True for what gives people more time first. */
function isMoved(policy: AtDeadline | undefined): boolean {
  return policy === 'extend' || policy === 'reassign';
}

/** Section `cvat`: the tasks, who works on them, and when they are done. */
export const cvatSchema = z
  .strictObject({
    createProject: yesNo('make the project where there is none').default(false),
    syncLabels: yesNo('add labels that the project lacks').default(false),
    segmentSize: wholeNumber(1, 'frames a job (default: one job)').optional(),
    assign: names('user name', 'user names in CVAT: they get the jobs that nobody has').default([]),
    review: names('user name', 'user names in CVAT of those who look at completed jobs')
      .refine((list) => list.length > 0, 'must name somebody')
      .optional(),
    reviewShare: share('review this share of the jobs (default: all)').optional(),
    reviewMostChanged: wholeNumber(1, 'instead: review so many jobs, whose shapes people changed most', 100).optional(),
    completeWhen: written(
      parseCompleteWhen,
      'when people are done: state, acceptance, or fraction=0.9 of the frames in completed jobs',
    ).prefault('state'),
    deadline: duration('how long people have time, from the start of an iteration on: 14d').optional(),
    atDeadline: choice(
      AT_DEADLINE,
      'what happens then: attention asks, continue goes on with completed jobs, carry also carries the others, extend and reassign give more time first (default: attention)',
    ).optional(),
    extendBy: duration('with atDeadline extend or reassign: so much later it is then')
      .refine((ms) => ms > 0, 'must be more than nothing')
      .optional(),
    extendTimes: wholeNumber(1, 'how often the deadline is moved (default: 1)', MOST_EXTENSIONS).optional(),
    reassignTo: names('user name', 'with atDeadline reassign: who is given the open jobs of others')
      .refine((list) => list.length > 0, 'must name somebody')
      .optional(),
    atLastDeadline: choice(LAST_POLICIES, 'what happens after these (default: attention)').optional(),
    poll: interval('time between two reads of CVAT').prefault('60s'),
    quiet: duration('so long nobody must have changed a job before it is sealed').prefault('60s'),
    people: choice(PEOPLE_SETTINGS, 'who corrected how much is told by name, as person 1, 2, …, or not at all').default(
      'names',
    ),
  })
  .refine(
    ({ deadline, atDeadline }) => deadline !== undefined || atDeadline === undefined,
    contradiction('atDeadline', 'has no meaning without deadline'),
  )
  .refine(
    ({ atDeadline, extendBy }) => !isMoved(atDeadline) || extendBy !== undefined,
    contradiction('atDeadline', 'needs extendBy, the time that people get'),
  )
  .refine(
    ({ atDeadline, reassignTo }) => atDeadline !== 'reassign' || reassignTo !== undefined,
    contradiction('atDeadline', 'needs reassignTo, who are given the open jobs of others'),
  )
  .refine(
    ({ atDeadline, reassignTo }) => atDeadline === 'reassign' || reassignTo === undefined,
    contradiction('reassignTo', 'has no meaning without atDeadline: reassign'),
  )
  .refine(
    ({ atDeadline, extendBy }) => isMoved(atDeadline) || extendBy === undefined,
    contradiction('extendBy', MOVED_ONLY),
  )
  .refine(
    ({ atDeadline, extendTimes }) => isMoved(atDeadline) || extendTimes === undefined,
    contradiction('extendTimes', MOVED_ONLY),
  )
  .refine(
    ({ atDeadline, atLastDeadline }) => isMoved(atDeadline) || atLastDeadline === undefined,
    contradiction('atLastDeadline', MOVED_ONLY),
  )
  .refine(
    ({ review, reviewShare }) => review !== undefined || reviewShare === undefined,
    contradiction('reviewShare', 'has no meaning without review'),
  )
  .refine(
    ({ review, reviewMostChanged }) => review !== undefined || reviewMostChanged === undefined,
    contradiction('reviewMostChanged', 'has no meaning without review'),
  )
  .refine(
    ({ reviewShare, reviewMostChanged }) => reviewShare === undefined || reviewMostChanged === undefined,
    contradiction('reviewMostChanged', 'and reviewShare exclude each other'),
  )
  .describe('the tasks in CVAT, who works on them, and when they are done');
