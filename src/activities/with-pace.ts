import type { ForIteration } from '../contracts/iteration.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { Running } from './durable.ts';
import { longestAge, pollInterval, untilNextPoll } from './poll-pace.ts';
import type { SharedJobs } from './shared-jobs.ts';
import type { WebhookWatch } from './webhook-watch.ts';

interface Pace {
  readonly shared: SharedJobs;
  readonly watch: WebhookWatch;
}

/** One poll: `read` is given what to read from, and the arguments with the time until the next poll as `pollMs`. */
interface Polled<A, R> {
  readonly cvat: Cvat;
  readonly args: A;
  readonly running: Running;
  readonly read: (cvat: Cvat, args: A) => Promise<R>;
}

/**
 * One poll at the right pace. A first try reads the task for itself: somebody has woken the iteration, or it has only just
 * begun to wait. A later one takes what the project's polls share, as long as that says that people are not done; anything
 * else is never believed of a shared list and read afresh.
 */
export async function withPace<A extends ForIteration & { readonly task: TaskRef }, R>(
  { shared, watch }: Pace,
  { cvat, args, running, read }: Polled<A, R>,
): Promise<R> {
  const { connection, completion } = args.input;
  const { projectId, taskId } = args.task;
  const place = { connection, cvat, projectId, taskId };
  const { signal } = running;
  const intervalMs = pollInterval(completion.pollMs, await unlessAborted(signal, watch.isAlive(place)));
  const paced = (pollMs: number): A => ({ ...args, input: { ...args.input, completion: { ...completion, pollMs } } });
  const readAfresh = async (): Promise<R> => read(cvat, paced(intervalMs));
  if (running.attempt === 1) {
    shared.enrol(place);
    return readAfresh();
  }
  const known = await unlessAborted(signal, shared.read({ ...place, maxAgeMs: longestAge(intervalMs) }));
  if (known === null) return readAfresh();
  const listed: Cvat = { ...cvat, jobs: async () => known.jobs };
  const pending = await failureOf(read(listed, paced(untilNextPoll(intervalMs, known.ageMs))));
  if (isMaskloopError(pending, 'AnnotationPending')) throw pending;
  return readAfresh();
}

async function failureOf(reading: Promise<unknown>): Promise<unknown> {
  return reading.then(
    () => null,
    (error: unknown) => error,
  );
}

/** What is shared is not given up because one of those who wait for it is cancelled. */
async function unlessAborted<T>(signal: AbortSignal, shared: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    shared.then(resolve, reject);
  });
}
