import { entry } from './entry.ts';

/** Failures of waiting for people. */
export const WAITING_FAILURES = {
  DeadlinePassed: entry(
    'attention',
    'The deadline passed before enough jobs were completed.',
    'Move it (`maskloop extend`), give jobs to others (`maskloop reassign`), or go on with what is completed (`maskloop approve`, with --carry to list the other frames for whoever chooses the next ones). If people complete the rest, it goes on by itself.',
  ),
  TaskMoved: entry(
    'attention',
    'The task is in another project or organization than at upload.',
    'Move it back in CVAT and retry; or cancel and start again under its new project.',
  ),
  TaskEmptied: entry(
    'attention',
    'All jobs are completed, but the task holds nothing any more.',
    'Restore the annotations in CVAT, reopen its jobs and retry; or approve that there is nothing to label.',
  ),
  LabelsChanged: entry(
    'attention',
    'A class that had a label at upload has none of its name any more.',
    'Give the label its name back, or add it again, in CVAT and retry; or approve, and shapes with other labels stop the collection.',
  ),
  HandOverDue: entry('pending', 'Jobs are to be handed from one person to the next.', 'Nothing: it is done.'),
  SharingDue: entry(
    'pending',
    'Jobs that somebody worked in at the deadline are to be looked at again.',
    'Nothing: it is done.',
  ),
  NoReviewer: entry(
    'attention',
    'Nobody may review a job: its only reviewer has annotated it.',
    'Give the job to another annotator in CVAT and retry; or set its stage to acceptance in CVAT by hand; or cancel and start again with more reviewers.',
  ),
  NoOpenJobs: entry(
    'refused',
    'The person has no open job in the task.',
    'See the names that `maskloop status` shows.',
  ),
  NotWaiting: entry('refused', 'The iteration no longer waits for people.', 'See `maskloop status`.'),
  OnlyObserved: entry(
    'refused',
    'The iteration only observes its task and changes nothing in CVAT.',
    'Give the jobs to others in CVAT itself.',
  ),
  NotApprovable: entry(
    'refused',
    'There is nothing that could be approved.',
    'See `maskloop status` for what may be answered.',
  ),
  DeadlineNotLater: entry('refused', 'The new deadline is not in the future.', 'Name a later time.'),
};
