import type { ScheduleSpec } from '@temporalio/client';
import { MaskloopError } from '../../contracts/error.ts';
import { loopId } from '../../contracts/ids.ts';
import type { Overlap, ScheduleTimes } from '../../contracts/schedule.ts';
import { isTimeZone } from '../../contracts/time-zone.ts';

/** Of what loop a schedule is. */
export interface LoopPlace {
  readonly connection: string;
  readonly project: string;
  readonly name: string;
}

/** What a schedule was made with; kept with it in Temporal, which only has it in other words. */
export interface ScheduleTerms {
  readonly loop: LoopPlace;
  readonly times: ScheduleTimes;
  readonly overlap: Overlap;
  readonly by: string;
}

const MINUTE_MS = 60_000;

/** Times in Temporal's words. @throws MaskloopError `ScheduleInvalid` */
export function specOf({ times, loop }: Pick<ScheduleTerms, 'times' | 'loop'>): ScheduleSpec {
  const { everyMs, offsetMs, cron, timeZone, jitterMs } = times;
  const refuse = (why: string): never => {
    throw new MaskloopError('ScheduleInvalid', `The schedule of ${loopId(loop)} cannot be made: ${why}.`, {
      facts: { loop: loopId(loop) },
    });
  };
  if (everyMs === null && cron.length === 0) refuse('no time is given');
  if (everyMs !== null && everyMs < MINUTE_MS) refuse('it has to be a minute or more from one time to the next');
  if (everyMs !== null && offsetMs >= everyMs) refuse('the offset has to be shorter than the interval');
  if (!isTimeZone(timeZone)) refuse(`there is no time zone ${timeZone}`);
  return {
    ...(everyMs === null ? {} : { intervals: [{ every: everyMs, offset: offsetMs }] }),
    ...(cron.length === 0 ? {} : { cronExpressions: [...cron] }),
    timezone: timeZone,
    ...(jitterMs === 0 ? {} : { jitter: jitterMs }),
  };
}
