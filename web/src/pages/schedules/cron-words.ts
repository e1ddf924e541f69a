const DAYS: readonly string[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const SHORT: readonly string[] = DAYS.map((day) => day.slice(0, 3).toUpperCase());

/** Times of day on days of the week, as people say them: `08:00 on Monday to Friday`; null for a line that says more than that. */
export function cronWords(line: string): string | null {
  const [minute = '', hour = '', dayOfMonth, month, days = '', ...rest] = line.trim().split(/\s+/);
  if (rest.length > 0 || dayOfMonth !== '*' || month !== '*') return null;
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}(?:,\d{1,2})*$/.test(hour)) return null;
  const times = hour.split(',').map((one) => `${one.padStart(2, '0')}:${minute.padStart(2, '0')}`);
  const on = daysWords(days);
  return on === null ? null : `${times.join(' and ')} ${on}`;
}

function daysWords(days: string): string | null {
  if (days === '*') return 'every day';
  const spans = days.split(',').map((part) => {
    const ends = part.split('-').map(dayWord);
    return ends.length > 2 || ends.some((end) => end === null) ? null : ends.join(' to ');
  });
  return spans.some((span) => span === null) ? null : `on ${spans.join(', ')}`;
}

/** Sunday is 0 and 7. */
function dayWord(day: string): string | null {
  const named = SHORT.indexOf(day.toUpperCase());
  return DAYS[named >= 0 ? named : /^[0-7]$/.test(day) ? Number(day) % 7 : -1] ?? null;
}
