/** No deadline is before that; a year that is still being typed is. */
const FIRST_YEAR = 2000;

const two = (number: number): string => String(number).padStart(2, '0');

/** The day of a moment in the viewer's zone, as a field for dates has it: `2026-03-01`. Empty for none and for what is no time. */
export function dayOf(iso: string | null): string {
  const time = new Date(iso ?? NaN);
  if (Number.isNaN(time.getTime())) return '';
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** The beginning of a day in the viewer's zone as an ISO time; null for what is no day (yet). */
export function beginningOf(day: string): string | null {
  const time = new Date(`${day}T00:00:00`);
  return Number.isNaN(time.getTime()) || time.getFullYear() < FIRST_YEAR ? null : time.toISOString();
}
