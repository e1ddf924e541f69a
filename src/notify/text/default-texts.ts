import type { NoticeKind } from '../../contracts/notice.ts';

export interface Template {
  readonly subject: string;
  readonly text: string;
}

/** Our texts. A line whose placeholders are all empty is left out. */
export const DEFAULT_TEXTS: Readonly<Record<NoticeKind, Template>> = {
  'task-ready': {
    subject: '{about} is ready: {jobs}',
    text: '{about} is ready: {jobs} ({frames}) with {who}.\nDue {deadline}, {left}.\n{url}',
  },
  reminder: {
    subject: '{about} is due {left}',
    text: '{about} is due {deadline}, {left}. Open: {open}.\n{url}\nMore time: {command}',
  },
  deadline: {
    subject: 'The deadline of {about} has passed',
    text: 'The deadline of {about}, {deadline}, has passed. Open: {open}.\n{next}\n{url}\n{command}',
  },
  attention: {
    subject: '{about} needs a decision',
    text: '{about} needs a decision at {step}: {trouble}\nWhat to do: {action}\n{url}\n{command}',
  },
  'server-away': {
    subject: '{server} does not answer',
    text: '{server} does not answer: {trouble}\nSince {since}. Iterations wait and go on by themselves; no click is needed.\nTo look: {command}',
  },
  'server-back': {
    subject: '{server} answers again',
    text: '{server} answers again since {until}; it was away for {lasted}. Iterations go on by themselves.',
  },
  'training-done': {
    subject: '{about}: {model} was trained',
    text: '{about}: {model} was trained; {outcome}.\nMean Dice on held-out frames: {before} before, {after} after ({verdict}).\n{command}',
  },
  'loop-stopped': {
    subject: '{about} has stopped',
    text: '{about} has stopped after iteration {number}: {why}\n{command}',
  },
  digest: { subject: 'maskloop, {date}', text: '{date}\n{lines}' },
};
