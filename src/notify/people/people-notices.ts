import { countOf } from '../../contracts/count-of.ts';
import type { NoticeOptions, Rung } from '../../contracts/notice.ts';
import type { Notice } from '../notice.ts';
import type { Values } from '../text/placeholders.ts';
import { fromNow, momentText } from '../text/words.ts';
import { dueRungs } from '../time/due-rungs.ts';
import { sharesOf, type OpenJob, type PeopleAtWork, type Share } from './people-at-work.ts';

/** People that are listed one by one. */
const MOST_LISTED = 12;

/** `SurgVU / Iteration_1`, on one line whatever the names are. */
export function aboutTask({ project, task }: Pick<PeopleAtWork, 'project' | 'task'>): string {
  return `${project} / ${task}`.replaceAll(/\p{Cc}+/gu, ' ');
}

function taskValues(work: PeopleAtWork, nowMs: number, timeZone: string): Values {
  const { id, url, deadline } = work;
  const due =
    deadline === null
      ? {}
      : { deadline: momentText(deadline.at, timeZone), left: fromNow(Date.parse(deadline.at), nowMs) };
  return { about: aboutTask(work), id, url, ...due };
}

function sizeText({ jobs, frames }: Share): string {
  return `${countOf(jobs, 'job')}, ${countOf(frames, 'frame')}`;
}

function openText(open: readonly OpenJob[]): string {
  const shares = sharesOf(open);
  const named = shares.slice(0, MOST_LISTED).map((share) => `${share.who ?? 'nobody'} ${sizeText(share)}`);
  const rest = shares.length - named.length;
  if (named.length === 0) return 'nothing';
  return [...named, ...(rest === 0 ? [] : [`${rest} more people`])].join('; ');
}

/** Everybody who has open jobs is told of them once, whenever they got them; and once that nobody has some. */
export function readyNotices(work: PeopleAtWork, nowMs: number): readonly Notice[] {
  return sharesOf(work.open).map((share) => ({
    kind: 'task-ready',
    whom: share.who === null ? [] : [share.who],
    episode: `${work.id} ${work.url}`,
    whenClosed: 'ask again',
    values: (timeZone) => ({
      ...taskValues(work, nowMs, timeZone),
      who: share.who ?? 'nobody yet',
      jobs: countOf(share.jobs, 'job'),
      frames: countOf(share.frames, 'frame'),
    }),
  }));
}

function reminder(
  work: PeopleAtWork,
  rung: Rung,
  nowMs: number,
  told: Omit<Notice, 'kind' | 'episode' | 'whenClosed'>,
): Notice {
  const { whom, beforeMs } = rung;
  return {
    kind: 'reminder',
    whom: told.whom,
    episode: `${work.id} ${work.deadline?.at} ${whom} ${beforeMs}`,
    whenClosed: 'ask again',
    values: (timeZone) => ({ ...taskValues(work, nowMs, timeZone), ...told.values(timeZone) }),
  };
}

/** Reminders whose time has come: of each kind of people the last rung that they have reached. None without a deadline or open jobs. */
export function reminderNotices(
  work: PeopleAtWork,
  { ladder, leads }: NoticeOptions,
  nowMs: number,
): readonly Notice[] {
  const { deadline, startedAt, open } = work;
  if (deadline === null || open.length === 0) return [];
  const countdown = { deadlineMs: Date.parse(deadline.at), startedMs: Date.parse(startedAt), nowMs };
  return dueRungs(ladder, countdown).flatMap((rung) => {
    if (rung.whom === 'lead') {
      const values = { who: leads.join(', '), open: openText(open), command: `maskloop extend ${work.id} --by 2d` };
      return [reminder(work, rung, nowMs, { whom: leads, values: () => values })];
    }
    const theirs = open.filter(({ isReview }) => isReview === (rung.whom === 'reviewer'));
    return sharesOf(theirs).flatMap((share) => {
      const { who } = share;
      if (who === null) return [];
      return [reminder(work, rung, nowMs, { whom: [who], values: () => ({ who, open: sizeText(share) }) })];
    });
  });
}

const NEXT = {
  attention: 'It waits for a decision; people may still complete their jobs.',
  continue: 'It goes on with the completed jobs.',
  carry: 'It goes on with the completed jobs and lists the other frames.',
  extend: 'People have more time now.',
  reassign: 'The open jobs go to others, who have more time.',
} as const;

/** The deadline has passed with jobs open. Null where there is no deadline. */
export function deadlineNotice(work: PeopleAtWork, { leads }: NoticeOptions, nowMs: number): Notice | null {
  const { id, deadline, open } = work;
  if (deadline === null) return null;
  const command = `maskloop extend ${id} --by 2d | maskloop approve ${id}`;
  return {
    kind: 'deadline',
    whom: leads,
    episode: `${id} ${deadline.at}`,
    whenClosed: 'wait',
    values: (timeZone) => ({
      ...taskValues(work, nowMs, timeZone),
      who: leads.join(', '),
      open: openText(open),
      next: NEXT[deadline.policy],
      ...(deadline.policy === 'attention' ? { command } : {}),
    }),
  };
}
