import { CancelledFailure, Context } from '@temporalio/activity';
import { MaskloopError } from '../contracts/error.ts';
import type { Progress } from '../contracts/progress.ts';
import { toFailure } from './to-failure.ts';

/** Temporal carries references; a larger result is a defect. */
const MAX_RESULT_BYTES = 16 * 1024;

/** A pause or cancellation comes with the answer to a heartbeat: within 5 s, however patient the timeout is. */
const LONGEST_BEAT_MS = 2000;

/** What an activity is given besides its arguments. */
export interface Running {
  /** Aborts when the activity is cancelled or its worker shuts down; to be passed to everything that waits. */
  readonly signal: AbortSignal;
  /** Says what is being done; sent with the next heartbeat. */
  readonly report: (progress: Progress) => void;
  /** What the try before this one reported last; it may come from an older version and has to be checked. */
  readonly lastReport: unknown;
  readonly attempt: number;
  /** Id of the workflow's run, which all tries of the activity share; null outside of a workflow. */
  readonly runId: string | null;
}

/** Keeps an activity's heart beating for as long as `work` takes. */
async function withHeartbeat<R>(context: Context, work: (running: Running) => Promise<R>): Promise<R> {
  const { info, cancellationSignal } = context;
  let latest: unknown = info.heartbeatDetails;
  const beat = (): void => context.heartbeat(latest);
  const timer = setInterval(beat, Math.min((info.heartbeatTimeoutMs ?? Infinity) / 3, LONGEST_BEAT_MS));
  beat();
  try {
    return await work({
      signal: cancellationSignal,
      lastReport: info.heartbeatDetails,
      attempt: info.attempt,
      runId: info.workflowExecution?.runId ?? null,
      report: (progress) => {
        latest = progress;
        beat();
      },
    });
  } finally {
    clearInterval(timer);
  }
}

/**
 * Makes an activity of a function: it heartbeats, stops when cancelled, fails in the words of the catalogue, and
 * returns less than 16 kB.
 */
export function durable<A, R>(work: (args: A, running: Running) => Promise<R>): (args: A) => Promise<R> {
  return async (args) => {
    const context = Context.current();
    try {
      const result = await withHeartbeat(context, (running) => work(args, running));
      const bytes = Buffer.byteLength(JSON.stringify(result ?? null));
      if (bytes > MAX_RESULT_BYTES) {
        throw new MaskloopError('PayloadTooLarge', `The result of ${context.info.activityType} has ${bytes} bytes.`, {
          facts: { activity: context.info.activityType, bytes, limit: MAX_RESULT_BYTES },
        });
      }
      return result;
    } catch (error) {
      // What a library throws when its signal aborts differs; the reason is always the cancellation.
      if (context.cancellationSignal.aborted) throw new CancelledFailure('The activity was cancelled.');
      throw toFailure(error);
    }
  };
}
