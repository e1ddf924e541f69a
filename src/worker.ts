import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NativeConnection, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { Client } from '@temporalio/client';
import { createActivities } from './activities/create-activities.ts';
import { createDoctorActivities } from './activities/inspect-worker.ts';
import { createLoopActivities } from './activities/loop/create-loop-activities.ts';
import { createLeftServers } from './activities/notices/left-servers.ts';
import { createTurnActivities } from './activities/training-turns.ts';
import { createWithdrawalActivities } from './activities/withdrawals.ts';
import { createMaskThreads } from './coco/mask-threads.ts';
import type { ConnectionConfig } from './config/connections.ts';
import { packageVersion } from './config/package-version.ts';
import { loadWorkerConfig } from './config.ts';
import type { Trainee } from './contracts/training-turns.ts';
import { TASK_QUEUES } from './contracts/task-queues.ts';
import { digestRows } from './operations/digest-rows.ts';
import { iterationStanding } from './operations/loops/iteration-standing.ts';
import { readInstallation } from './operations/read-installation.ts';
import { checkSearchAttributes } from './operations/search-attributes.ts';
import { mapTemporalErrors } from './operations/temporal-errors.ts';
import { runningResults } from './operations/running-results.ts';
import { hasEnded, requestTurn } from './operations/training-turns.ts';
import { createDigests } from './notify/digest/send-digests.ts';
import { createPostOffice } from './notify/post-office.ts';
import { createSenders } from './notify/senders.ts';
import { openStore } from './storage/open-store.ts';
import { connectionClients } from './worker/connections.ts';
import { runPostman } from './worker/postman.ts';
import { createTemporalLogger } from './worker/temporal-logger.ts';
import { builtCommit } from './worker/built-commit.ts';
import { bundleDigest, bundlePath } from './worker/workflow-bundle.ts';

/** A pause or cancellation reaches an activity with the answer to a heartbeat: within 5 s, whatever its timeout. */
const HEARTBEAT_THROTTLE = '2 seconds';

/** Activities stop within a poll or a request; the rest is given up and tried again by another worker. */
const SHUTDOWN_GRACE = '10 seconds';

/** What a running worker says of itself. */
export interface WorkerFacts {
  readonly temporal: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** `default: https://cvat.example, http://monai.example:8000` for each connection, joined by `; `. */
  readonly connections: string;
  readonly store: string;
}

export interface WorkerOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The worker drains and ends when this aborts. */
  readonly signal: AbortSignal;
  readonly onReady?: (facts: WorkerFacts) => void;
}

function connectionText([name, { cvat, monai, trainer }]: [string, ConnectionConfig]): string {
  const trains = [
    ...(monai === null ? [] : [monai.url]),
    ...(trainer === null ? [] : [`trainer in ${trainer.folder}`]),
  ];
  return `${name}: ${[cvat.url, ...trains].join(', ')}`;
}

/** The bundle that the build made, else the sources beside this file. */
function workflows(): { workflowBundle: WorkflowBundleOption } | { workflowsPath: string } {
  const codePath = bundlePath();
  if (codePath !== null) return { workflowBundle: { codePath } };
  return { workflowsPath: fileURLToPath(new URL(`./workflows/index${extname(import.meta.url)}`, import.meta.url)) };
}

/**
 * Runs a worker until `signal` aborts. It refuses to start without the search attributes that iterations write.
 *
 * @throws MaskloopError `InvalidConfiguration`, `TemporalUnreachable`, `SearchAttributesMissing`
 */
export async function runWorker({ env, signal, onReady }: WorkerOptions): Promise<void> {
  const config = loadWorkerConfig(env);
  const { address, namespace, connectionOptions } = config.temporal;
  const store = openStore(config.store);
  const masks = createMaskThreads(availableParallelism());
  const { names, connect } = connectionClients(config.connections, process.env, store);
  const version = packageVersion();
  const office = createPostOffice({ store, senders: createSenders(config.notices) });
  Runtime.install({ logger: createTemporalLogger(env['MASKLOOP_LOG_LEVEL'] ?? 'warn') });
  const connection = await mapTemporalErrors({ address }, () =>
    NativeConnection.connect({ ...connectionOptions, address }),
  );
  try {
    await checkSearchAttributes({ connection, namespace });
    const installation = await readInstallation({ connection, namespace });
    const client = new Client({ connection, namespace });
    const turns = {
      request: async (trainer: string, trainee: Trainee) => requestTurn(client, trainer, trainee),
      hasEnded: async (trainee: Trainee) => hasEnded(client, trainee),
    };
    const standingOf = async (id: string) => iterationStanding(client, id);
    const isRunning = async (id: string) => (await standingOf(id)) === 'running';
    const dependencies = { connect, store, office, masks, installation, isRunning, version, commit: builtCommit() };
    const activities = {
      ...createTurnActivities({ connect, turns }),
      ...createActivities(dependencies),
      ...createWithdrawalActivities({ connect, store, turns, running: async () => runningResults(client) }),
      ...createLoopActivities({ ...dependencies, standingOf }),
      ...createDoctorActivities({ connectionNames: names, connect, store, version, bundle: bundleDigest() }),
    };
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: TASK_QUEUES.iterations,
      activities,
      ...workflows(),
      maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
      defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
      shutdownGraceTime: SHUTDOWN_GRACE,
    });
    const facts = {
      temporal: address,
      namespace,
      taskQueue: TASK_QUEUES.iterations,
      connections: [...config.connections].map(connectionText).join('; '),
      store: store.address,
    };
    const rows = async () => digestRows({ client, store });
    const digests = createDigests({ store, office, rows, now: Date.now });
    await worker.runUntil(async () => {
      const servers = createLeftServers({ connect, store, office, now: Date.now });
      const postman = runPostman([async (end) => office.sendDue(end), servers, digests], signal);
      await ended(signal, () => onReady?.(facts));
      await postman;
    });
  } finally {
    await masks.close();
    await connection.close();
  }
}

/** Resolves when the signal aborts; `ready` is called once it is being waited for. */
async function ended(signal: AbortSignal, ready: () => void): Promise<void> {
  ready();
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
