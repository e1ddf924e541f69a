import { z } from 'zod';
import { interval } from './fields.ts';

/** Section `patience`: how long silence is borne. */
export const patienceSchema = z
  .strictObject({
    workerLostAfter: interval('silence after which the work of a worker is given to another').prefault('30s'),
    unreachableAfter: interval('time without an answer after which a server is shown as away').prefault('15m'),
    importStuckAfter: interval('time after which an import that CVAT does not end counts as stuck').prefault('30m'),
    stalledAfter: interval('longest silence of a training that lives: its start, or one epoch').prefault('30m'),
  })
  .describe('how long silence is borne');
