import { parseTrainingWindow as readTrainingWindow } from '../notation/training-window.ts';
import { argument } from './arguments.ts';

/** `20:00-06:00 Europe/Berlin`; without a time zone it is that of this machine. @throws InvalidArgumentError */
export const parseTrainingWindow = argument(readTrainingWindow);
