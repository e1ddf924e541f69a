import type { JobRow } from './job-row.ts';

const DAY_MS = 86_400_000;

/** The pace is that of so many days, or of the time since people could begin where that is less. */
export const WINDOW_DAYS = 7;

/** Fewer completed jobs say nothing about a pace; and nor does less time than this, in milliseconds. */
export const LEAST_JOBS = 3;
const LEAST_SPAN_MS = 10 * 60_000;

/** Between `earliest` and `latest` lies the end in four of five cases, if the pace stays: the quantile of the normal distribution. */
const QUANTILE = 1.2816;

/** When people may be done. Times are ISO. */
export type Forecast =
  | { readonly kind: 'done' }
  | { readonly kind: 'not enough'; readonly why: string }
  | {
      readonly kind: 'forecast';
      readonly finishAt: string;
      readonly earliest: string;
      /** Null where the pace may as well be next to nothing. */
      readonly latest: string | null;
      readonly framesPerDay: number;
      readonly framesLeft: number;
      readonly jobsCounted: number;
    };

/**
 * Forecasts the end from the recent pace. With `n` jobs of `F` frames completed in the last `T` (7 days at most), and `L` frames left:
 * the pace is `F / T` and the end `now + L · T / F`. Jobs are completed one after the other, so that their number varies like one of
 * Poisson: the pace lies within `± 1.28 / √n` of itself in four of five cases.
 *
 * @param began ISO time since when people could work
 * @param nowMs milliseconds since 1970
 */
export function forecastOf(
  rows: readonly Pick<JobRow, 'isComplete' | 'frameCount' | 'updatedAt'>[],
  began: string,
  nowMs: number,
): Forecast {
  const open = rows.filter(({ isComplete }) => !isComplete);
  if (rows.length > 0 && open.length === 0) return { kind: 'done' };
  const from = Math.max(nowMs - WINDOW_DAYS * DAY_MS, Date.parse(began));
  const counted = rows.filter(({ isComplete, updatedAt }) => isComplete && Date.parse(updatedAt) >= from);
  const spanMs = nowMs - from;
  if (counted.length < LEAST_JOBS) {
    return { kind: 'not enough', why: `${counted.length} of the ${LEAST_JOBS} completed jobs that a pace needs` };
  }
  if (spanMs < LEAST_SPAN_MS) return { kind: 'not enough', why: 'people have only just begun' };
  const frames = counted.reduce((sum, { frameCount }) => sum + frameCount, 0);
  const framesLeft = open.reduce((sum, { frameCount }) => sum + frameCount, 0);
  const leftMs = (framesLeft * spanMs) / frames;
  const spread = QUANTILE / Math.sqrt(counted.length);
  const after = (ms: number): string => new Date(nowMs + ms).toISOString();
  return {
    kind: 'forecast',
    finishAt: after(leftMs),
    earliest: after(leftMs / (1 + spread)),
    latest: spread < 1 ? after(leftMs / (1 - spread)) : null,
    framesPerDay: (frames * DAY_MS) / spanMs,
    framesLeft,
    jobsCounted: counted.length,
  };
}
