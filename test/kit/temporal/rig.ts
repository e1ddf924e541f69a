import { type WorkerOptions, Worker } from '@temporalio/worker';
import type { Client } from '@temporalio/client';
import { WORKFLOWS_PATH, workflowBundle } from './bundle.ts';
import { fetchRunHistories } from './run-histories.ts';
import type { StartedRun } from './start-recorder.ts';
import type { TestTemporal } from './test-temporal.ts';
import { type VerifiedRun, verifyRuns } from './verify-runs.ts';

export interface RigOptions {
  /** Implementations by registered name. */
  readonly activities?: object;
  /** Module that exports the workflows; maskloop's own without. */
  readonly workflowsPath?: string;
  /** Task queue to work on; one of its own without, so that tests on one server do not meet. */
  readonly taskQueue?: string;
  /** Further options of the worker, such as `maxCachedWorkflows: 0` to have every workflow task replayed. */
  readonly worker?: Partial<WorkerOptions>;
}

/** A worker under test. Whatever is started while it lives is replayed when it is finished. */
export interface Rig {
  readonly client: Client;
  readonly taskQueue: string;
  /** Has a run that another client or process started verified too; the latest of the id without `runId`. */
  watch(run: StartedRun): void;
  /** Ends the worker as a deployment does, and starts a new one that knows nothing of the old. */
  restartWorker(): Promise<void>;
  /** Ends the worker, terminates what still runs, and verifies every run; see {@link verifyRuns}. */
  finish(): Promise<readonly VerifiedRun[]>;
  /** Ends the worker, terminates what still runs, and verifies nothing: for a test that has failed already. */
  abandon(): Promise<void>;
}

let rigs = 0;

/** Starts a worker. Prefer {@link withRig}, which cannot forget to finish. */
export async function startRig(temporal: TestTemporal, options: RigOptions = {}): Promise<Rig> {
  const { env, starts } = temporal;
  const taskQueue = options.taskQueue ?? `rig-${(rigs += 1)}`;
  const bundle = await workflowBundle(options.workflowsPath ?? WORKFLOWS_PATH);
  const begin = starts.runs.length;
  const startWorker = async (): Promise<{ stop: () => Promise<void> }> => {
    const worker = await Worker.create({
      connection: env.nativeConnection,
      namespace: env.namespace ?? 'default',
      taskQueue,
      workflowBundle: bundle,
      activities: options.activities ?? {},
      ...options.worker,
    });
    const ended = worker.run();
    // A worker that dies early is reported by `stop`, not as an unhandled rejection.
    ended.catch(() => undefined);
    return {
      stop: async () => {
        if (worker.getState() === 'RUNNING') worker.shutdown();
        await ended;
      },
    };
  };
  let worker = await startWorker();
  return {
    client: env.client,
    taskQueue,
    watch: (run) => starts.add(run),
    restartWorker: async () => {
      await worker.stop();
      worker = await startWorker();
    },
    abandon: async () => {
      await worker.stop();
      const started = starts.runs.slice(begin);
      await Promise.allSettled(started.map(async ({ workflowId }) => terminate(env.client, { workflowId })));
    },
    finish: async () => {
      await worker.stop();
      const runs = await fetchRunHistories(env.client, starts.runs.slice(begin));
      await Promise.all(runs.map(async (run) => terminate(env.client, run)));
      return verifyRuns(runs, bundle);
    },
  };
}

/**
 * Runs a test body with a worker. Afterwards every run that was started meanwhile is replayed, through its whole
 * chain of continue-as-new and with its children; a run that cannot be replayed, or a payload above 16 kB, fails
 * the test. An error of the body comes first.
 *
 * @returns what the body returned, and the verified runs
 */
export async function withRig<T>(
  temporal: TestTemporal,
  options: RigOptions,
  body: (rig: Rig) => Promise<T>,
): Promise<{ readonly result: T; readonly runs: readonly VerifiedRun[] }> {
  const rig = await startRig(temporal, options);
  let result: T;
  try {
    result = await body(rig);
  } catch (error) {
    await rig.abandon();
    throw error;
  }
  return { result, runs: await rig.finish() };
}

/** What is left running would take part in later tests on the same server. */
async function terminate(client: Client, { workflowId, runId }: StartedRun): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId, runId).terminate('the test has ended');
  } catch (error) {
    const isClosed =
      typeof error === 'object' && error !== null && 'name' in error && error.name === 'WorkflowNotFoundError';
    if (!isClosed) throw error;
  }
}
