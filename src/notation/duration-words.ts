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
