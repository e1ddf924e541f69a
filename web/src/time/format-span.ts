const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in milliseconds by its two largest units: `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. Negative counts as 0. */
export function formatSpan(ms: number): string {
  const rest = Math.max(0, Math.floor(ms));
  if (rest < SECOND) return `${rest} ms`;
  if (rest < MINUTE) return `${Math.floor(rest / SECOND)} s`;
  if (rest < HOUR) return inTwo(rest, [MINUTE, 'min'], [SECOND, 's']);
  if (rest < DAY) return inTwo(rest, [HOUR, 'h'], [MINUTE, 'min']);
  return inTwo(rest, [DAY, 'd'], [HOUR, 'h']);
}

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

function inTwo(rest: number, [large, largeName]: [number, string], [small, smallName]: [number, string]): string {
  const smalls = Math.floor((rest % large) / small);
  return `${Math.floor(rest / large)} ${largeName}${smalls === 0 ? '' : ` ${smalls} ${smallName}`}`;
}
