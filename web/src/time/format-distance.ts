const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Two weeks less a minute are two weeks: so much may be missing of a unit. */
const NEARLY = 0.1;

/** The distance of a moment from now, in milliseconds (positive: past), as people say it: `just now`, `3 min ago`, `in 2 d`. */
export function formatDistance(ms: number): string {
  const size = Math.abs(ms);
  if (size < MINUTE) return ms >= 0 ? 'just now' : 'in under a minute';
  const [unit, name] = size < HOUR ? [MINUTE, 'min'] : size < 2 * DAY ? [HOUR, 'h'] : [DAY, 'd'];
  const text = `${Math.floor(size / unit + NEARLY)} ${name}`;
  return ms >= 0 ? `${text} ago` : `in ${text}`;
}
