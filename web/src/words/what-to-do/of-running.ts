import type { Sentences } from './sentences.ts';

/** What to do about iterations that run, and about what carries them. */
export const OF_RUNNING: Sentences = {
  LabelsNotQuiet: 'Nothing; or “Seal now”, which does not wait for the rest.',
  TemporalUnreachable:
    'Wait: what runs goes on once it is back, and the page Iterations has what is finished meanwhile. If it lasts, tell whoever runs the server; the page System says where it is looked for.',
  AnswerTooSlow:
    'Ask again: much of what was read is remembered. If it stays so, see the page System, and how busy CVAT and the workers are.',
  WorkerSilent:
    'Wait, or tell whoever runs the workers; the page System says who asks for work. They are started on the command line: `maskloop worker`.',
  SearchAttributesMissing: 'An operator registers them on the page System: “Mend what can be mended”.',
  NothingToDecide: 'Look at what the iteration waits for now, on its page.',
  NothingToSeal: 'Complete the jobs in CVAT first; the page Jobs says which are open.',
  AddressInUse: 'On the command line: name a free port, or 0 for any.',
  StateInUse: 'On the command line: end the other server, or name another folder with `--state`.',
  OnHold: 'Nothing: it goes on by itself when the hold ends. An operator can end it sooner on the page System.',
  LoginNeeded: 'Log in again with a token that holds; whoever runs the server gives them out.',
  DeadlinePassed:
    'Give more time, give jobs to somebody else, or go on with what is completed, where the frames of the open jobs can be listed for whoever chooses the next ones. If people complete the rest, it goes on by itself.',
  NoOpenJobs: 'The page Jobs says who has open jobs.',
  NotWaiting: 'Look at what the iteration waits for now, on its page.',
  NotApprovable: 'Look at what may be answered now, on the page of the iteration.',
  TrainerTaken: 'Nothing was removed. Ask again when the training has ended; the page Iterations shows who trains.',
  ScheduleExists: 'Look at it on the page Schedules; delete it before another is made.',
  ScheduleNotFound: 'The page Schedules lists all that there are, and makes new ones.',
};
