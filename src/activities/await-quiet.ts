import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import { newestChange, remainingQuietMs } from '../collect/quiet.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { finishedJobs } from './finished-jobs.ts';
import { throughOutages } from './through-outages.ts';

/** `14:32:05` of an ISO time. */
function clockOf(iso: string): string {
  return iso.slice(11, 19);
}

/**
 * One look at how long ago somebody changed a complete job; people may go on in the others. Until the quiet period is over
 * it fails, and Temporal tries again when it would be, without writing history. CVAT's own clock counts.
 */
export function createAwaitQuiet({ connect, store }: ActivityDependencies): IterationActivities['awaitQuiet'] {
  return durable((args, running) => {
    const { input, task } = args;
    const { cvat } = connect(input.connection);
    return throughOutages(running, input.timing, async () => {
      const jobs = await finishedJobs({ cvat, store }, args, running.signal);
      const lastEditAt = newestChange(jobs.filter(({ complete }) => complete));
      const { quietMs } = input.seal;
      const waitMs = quietMs === 0 ? 0 : remainingQuietMs(lastEditAt, await cvat.clock(running.signal), quietMs);
      if (waitMs === 0) return { lastEditAt };
      const sealsAt = new Date(Date.now() + waitMs).toISOString();
      throw new MaskloopError('LabelsNotQuiet', `seals at ${clockOf(sealsAt)} UTC unless edited: ${task.url}`, {
        facts: { sealsAt, lastEditAt, url: task.url },
        retryAfterMs: waitMs,
      });
    });
  });
}
