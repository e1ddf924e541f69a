import type { ForIteration } from '../../contracts/iteration.ts';
import type { NoticeOptions } from '../../contracts/notice.ts';
import { isOnlyObserved } from '../../contracts/only-observed.ts';
import type { TaskRef } from '../../contracts/refs.ts';
import type { WaitTerms } from '../../contracts/waiting.ts';
import type { Job } from '../../cvat/cvat.ts';
import { subscribe } from '../../notify/digest/subscription.ts';
import type { Notice } from '../../notify/notice.ts';
import type { PeopleAtWork } from '../../notify/people/people-at-work.ts';
import { deadlineNotice, readyNotices, reminderNotices } from '../../notify/people/people-notices.ts';
import { isSnoozed } from '../../notify/people/snooze.ts';
import { tellBack } from '../../notify/servers/tell-back.ts';
import { isComplete } from '../../waiting/complete-job.ts';
import type { Verdict } from '../../waiting/decide-completion.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { quietly } from './quietly.ts';

/** What a look at the jobs has found. */
export interface PeopleSeen extends ForIteration {
  readonly task: TaskRef;
  readonly terms: WaitTerms;
  readonly jobs: readonly Job[];
  readonly verdict: Verdict;
}

/** Tells people what a look at their jobs means for them. Never fails. */
export type WatchPeople = (seen: PeopleSeen, signal: AbortSignal) => Promise<void>;

/** So long a server that answers is not looked up again, in milliseconds. */
const LOOK_UP_MS = 30_000;

function workOf({ id, input, task, terms, jobs }: PeopleSeen): PeopleAtWork {
  const { deadline, policy } = terms;
  const atDeadline = terms.atDeadline ?? (policy === 'wait' ? 'attention' : policy);
  const open = jobs.filter((job) => !isComplete(job, input.completion.rule));
  return {
    id,
    project: input.project,
    task: input.task,
    url: task.url,
    startedAt: terms.startedAt ?? new Date(0).toISOString(),
    deadline: deadline === null ? null : { at: deadline, policy: atDeadline },
    open: open.map(({ assignee, stage, startFrame, stopFrame }) => ({
      assignee,
      isReview: stage !== 'annotation',
      frames: stopFrame - startFrame + 1,
    })),
  };
}

/** Nobody who works on a task that is only observed hears that it is ready. */
function noticesOf(seen: PeopleSeen, options: NoticeOptions, nowMs: number): readonly Notice[] {
  const { verdict, input } = seen;
  const work = workOf(seen);
  if (verdict.kind === 'pending') {
    const ready = isOnlyObserved(input) ? [] : readyNotices(work, nowMs);
    return [...ready, ...reminderNotices(work, options, nowMs)];
  }
  const hasPassed = verdict.kind === 'attention' || verdict.why === 'deadline';
  const passed = hasPassed ? deadlineNotice(work, options, nowMs) : null;
  return passed === null ? [] : [passed];
}

/**
 * What every look at the jobs does for people: whoever has jobs hears of them, the ladder of reminders is climbed, a deadline that
 * has passed is told, and so is a CVAT that answers again. All of it without a line of history.
 */
export function createWatchPeople({ store, office }: Pick<ActivityDependencies, 'store' | 'office'>): WatchPeople {
  const lookedUp = new Map<string, number>();
  const subscribed = new Set<string>();

  async function noteBack(connection: string, signal: AbortSignal): Promise<void> {
    if (office === undefined || Date.now() - (lookedUp.get(connection) ?? 0) < LOOK_UP_MS) return;
    lookedUp.set(connection, Date.now());
    await tellBack({ store, office }, { connection, name: 'CVAT' }, { at: new Date().toISOString(), signal });
  }

  return async (seen, signal) => {
    const { id, input } = seen;
    const { notices: options } = input;
    if (options === undefined || office === undefined) return;
    await quietly('reminders', async () => {
      if (!subscribed.has(id)) await subscribe(store, id, options);
      subscribed.add(id);
      await noteBack(input.connection, signal);
      const notices = noticesOf(seen, options, Date.now());
      const hasReminders = notices.some(({ kind }) => kind === 'reminder');
      const isQuiet = hasReminders && (await isSnoozed(store, id, Date.now()));
      const said = notices.filter(({ kind }) => kind !== 'reminder' || !isQuiet);
      await Promise.all(said.map((notice) => office.tell(notice, options, signal)));
    });
  };
}
