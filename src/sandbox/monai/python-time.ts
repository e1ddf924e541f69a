/** Local time without a zone, `2026-11-22 14:51:15`, as task records state it. */
export function localStamp(time: Date): string {
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** The same with milliseconds after a comma, as log lines begin. */
export function logStamp(time: Date): string {
  return `${localStamp(time)},${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** A duration as `H:MM:SS`. */
export function clockDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Whole seconds since 1970. @param time milliseconds since 1970 */
export function epochSeconds(time: number): number {
  return Math.floor(time / 1000);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
