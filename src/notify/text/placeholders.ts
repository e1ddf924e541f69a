import type { NoticeKind } from '../../contracts/notice.ts';

/** What each placeholder stands for; `docs/notices.md` lists the same. */
export const PLACEHOLDERS = {
  who: 'those whom it is for, by user name',
  about: 'project and task, or the loop',
  id: 'id of the iteration or loop',
  url: 'address of the task in CVAT',
  command: 'what to type',
  jobs: 'number of their jobs',
  frames: 'number of the frames in them',
  open: 'what is open, and with whom',
  deadline: 'until when people have time',
  left: 'how long that is from now, or ago',
  next: 'what happens next',
  step: 'step of the iteration',
  code: 'code of the failure',
  trouble: 'what happened',
  action: 'what to do about it',
  server: 'CVAT, MONAI Label, …, and the connection',
  since: 'since when',
  until: 'when it answered again',
  lasted: 'how long it was away',
  model: 'name of the model',
  outcome: 'what became of the new model',
  before: 'mean Dice of the model from before',
  after: 'mean Dice of the new model',
  verdict: 'what the gate found',
  number: 'number of the last iteration',
  why: 'why the loop has stopped',
  date: 'the day',
  lines: 'what the digest says',
} as const;

export type Placeholder = keyof typeof PLACEHOLDERS;

/** Values by placeholder; one that is left out is empty. */
export type Values = Partial<Readonly<Record<Placeholder, string>>>;

const TASK = ['who', 'about', 'id', 'url', 'command'] as const;

/** The placeholders of each kind of notice. */
export const KNOWN_PLACEHOLDERS: Readonly<Record<NoticeKind, readonly Placeholder[]>> = {
  'task-ready': [...TASK, 'jobs', 'frames', 'deadline', 'left'],
  reminder: [...TASK, 'open', 'deadline', 'left'],
  deadline: [...TASK, 'open', 'deadline', 'left', 'next'],
  attention: [...TASK, 'step', 'code', 'trouble', 'action'],
  'server-away': ['who', 'server', 'since', 'code', 'trouble', 'command'],
  'server-back': ['who', 'server', 'since', 'until', 'lasted'],
  'training-done': [...TASK, 'model', 'outcome', 'before', 'after', 'verdict'],
  'loop-stopped': ['who', 'about', 'id', 'command', 'number', 'why'],
  digest: ['who', 'date', 'lines'],
};
