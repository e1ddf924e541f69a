import { isTimeZone, ownTimeZone } from '../contracts/time-zone.ts';
import type { TrainingWindow } from '../contracts/training.ts';
import { NotationError } from './notation-error.ts';

/** A time of day, `HH:MM` from 00:00 to 23:59. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * `20:00-06:00 Europe/Berlin`; without a time zone it is that of this machine.
 *
 * @throws NotationError
 */
export function parseTrainingWindow(text: string): TrainingWindow {
  const [times = '', timeZone = ownTimeZone()] = text.trim().split(/\s+/, 2);
  const [from = '', to = '', ...rest] = times.split('-');
  if (rest.length > 0 || !TIME_OF_DAY.test(from) || !TIME_OF_DAY.test(to) || from === to) {
    throw new NotationError(
      'Write two times that differ, and a time zone if it is another: "20:00-06:00 Europe/Berlin".',
    );
  }
  if (!isTimeZone(timeZone)) {
    throw new NotationError('There is no such time zone; write one like Europe/Berlin, or UTC.');
  }
  return { from, to, timeZone };
}
