import { InvalidArgumentError } from 'commander';
import type { TrainingWindow } from '../contracts/training.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * `20:00-06:00 Europe/Berlin`; without a time zone it is that of this machine.
 *
 * @throws InvalidArgumentError
 */
export function parseTrainingWindow(text: string): TrainingWindow {
  const [times = '', timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone] = text.trim().split(/\s+/, 2);
  const [from = '', to = '', ...rest] = times.split('-');
  if (rest.length > 0 || !TIME.test(from) || !TIME.test(to) || from === to) {
    throw new InvalidArgumentError(
      'Write two times that differ, and a time zone if it is another: "20:00-06:00 Europe/Berlin".',
    );
  }
  if (!isTimeZone(timeZone)) {
    throw new InvalidArgumentError(`There is no time zone ${timeZone}; write one like Europe/Berlin, or UTC.`);
  }
  return { from, to, timeZone };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
