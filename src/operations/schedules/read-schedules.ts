import type { Client, ScheduleDescription } from '@temporalio/client';
import { z } from 'zod';
import { loopId, scheduleId } from '../../contracts/ids.ts';
import { OVERLAPS, type ScheduledOutcome } from '../../contracts/schedule.ts';
import { mapScheduleErrors } from './schedule-errors.ts';
import type { LoopPlace, ScheduleTerms } from './schedule-of-loop.ts';

/** A schedule in a list. */
export interface ScheduleRow {
  readonly terms: ScheduleTerms;
  readonly paused: boolean;
  readonly note: string;
  /** ISO times, the next first. */
  readonly next: readonly string[];
}

/** A schedule with what came of its last times, the newest first. */
export interface ScheduleView extends ScheduleRow {
  readonly runs: readonly ScheduleRun[];
  /** Times that passed while Temporal was away, too long ago to be made up for. */
  readonly missed: number;
}

export interface ScheduleRun {
  readonly at: string;
  /** `waits`: the iteration that runs has to end first. `forgotten`: it is so long ago that Temporal no longer knows. */
  readonly outcome: ScheduledOutcome['outcome'] | 'waits' | 'forgotten';
  readonly why: string;
}

const ms = z.number();
const termsSchema: z.ZodType<ScheduleTerms> = z.object({
  loop: z.object({ connection: z.string(), project: z.string(), name: z.string() }),
  times: z.object({
    everyMs: ms.nullable(),
    offsetMs: ms,
    cron: z.array(z.string()),
    timeZone: z.string(),
    jitterMs: ms,
    catchUpMs: ms,
  }),
  overlap: z.enum(OVERLAPS),
  by: z.string(),
});
const outcomeSchema: z.ZodType<ScheduledOutcome> = z.object({ outcome: z.enum(['begun', 'skipped']), why: z.string() });

/** All schedules of loops. Temporal's list may be some seconds old. @throws MaskloopError `TemporalUnreachable` */
export async function listSchedules(client: Client): Promise<readonly ScheduleRow[]> {
  return mapScheduleErrors('', async () => {
    const rows: ScheduleRow[] = [];
    for await (const { scheduleId: id, memo, state, info } of client.schedule.list()) {
      const terms = termsSchema.safeParse(memo?.['maskloop']).data;
      if (terms === undefined || scheduleId(terms.loop) !== id) continue;
      rows.push({ terms, paused: state.paused, note: state.note ?? '', next: isoTimes(info.nextActionTimes) });
    }
    return rows.toSorted((a, b) => (loopId(a.terms.loop) < loopId(b.terms.loop) ? -1 : 1));
  });
}

/** The schedule of a loop. @throws MaskloopError `ScheduleNotFound`, `TemporalUnreachable` */
export async function describeSchedule(client: Client, loop: LoopPlace): Promise<ScheduleView> {
  const id = loopId(loop);
  return mapScheduleErrors(id, async () => {
    const found = await client.schedule.getHandle(scheduleId(loop)).describe();
    const { state, info, memo } = found;
    return {
      terms: termsSchema.parse(memo?.['maskloop']),
      paused: state.paused,
      note: state.note ?? '',
      next: isoTimes(info.nextActionTimes),
      runs: await runsOf(client, found),
      missed: info.numActionsMissedCatchupWindow,
    };
  });
}

async function runsOf(client: Client, { info }: ScheduleDescription): Promise<readonly ScheduleRun[]> {
  return Promise.all(
    info.recentActions.toReversed().map(async ({ takenAt, action }) => {
      const { workflowId, firstExecutionRunId } = action.workflow;
      return { at: takenAt.toISOString(), ...(await outcomeOf(client, workflowId, firstExecutionRunId)) };
    }),
  );
}

async function outcomeOf(client: Client, workflowId: string, runId: string): Promise<Omit<ScheduleRun, 'at'>> {
  const handle = client.workflow.getHandle(workflowId, runId);
  try {
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') return { outcome: 'waits', why: 'the loop has not answered yet' };
    return outcomeSchema.parse(await handle.result());
  } catch {
    return { outcome: 'forgotten', why: 'Temporal no longer knows what came of it' };
  }
}

function isoTimes(times: readonly Date[]): readonly string[] {
  return times.slice(0, 5).map((time) => time.toISOString());
}
