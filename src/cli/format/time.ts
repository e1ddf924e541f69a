const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in its two largest units: `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. Negative counts as 0. */
export function formatDuration(milliseconds: number): string {
  const rest = Math.max(0, Math.floor(milliseconds));
  if (rest < SECOND) return `${rest} ms`;
  if (rest < MINUTE) return `${Math.floor(rest / SECOND)} s`;
  if (rest < HOUR) return pair(rest, [MINUTE, 'min'], [SECOND, 's']);
  if (rest < DAY) return pair(rest, [HOUR, 'h'], [MINUTE, 'min']);
  return pair(rest, [DAY, 'd'], [HOUR, 'h']);
}

function pair(rest: number, [large, largeName]: [number, string], [small, smallName]: [number, string]): string {
  const smalls = Math.floor((rest % large) / small);
  return `${Math.floor(rest / large)} ${largeName}${smalls === 0 ? '' : ` ${smalls} ${smallName}`}`;
}

/** An ISO time as people read it, to the minute: `2026-03-01 14:05 UTC`. What is no time comes back as it is. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The time of day to the second: `14:05:09`. */
export function formatClock(time: Date): string {
  return time.toISOString().slice(11, 19);
}

/** A past ISO time to the second, with its day where that is not today's: `14:05:09`, `2026-02-27 14:05:09`. */
export function formatMoment(iso: string, now: Date): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const day = time.toISOString().slice(0, 10);
  return now.toISOString().startsWith(day) ? formatClock(time) : `${day} ${formatClock(time)}`;
}

/** How long ago an ISO time was. */
export function formatAge(iso: string, now: Date): string {
  return formatDuration(now.getTime() - Date.parse(iso));
}
