import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { capture, startServer, type Server } from '../../scripts/processes/maskloop-process.ts';
import { startFlags, startSandboxProcess, type SandboxProcess } from '../../scripts/processes/sandbox-process.ts';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import type { RequestFilter } from '../../src/sandbox/request-log.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { readRequests } from './read-requests.ts';
import type { DevServer } from './temporal/dev-server.ts';

/** The worker runs this long between two looks, so that no activity of interest passes unseen. */
const PULSE_MS = 25;

/** Everything that a crash happens in: stand-ins, a worker and one iteration, as processes. */
export interface CrashSite {
  readonly id: string;
  readonly client: Client;
  readonly env: NodeJS.ProcessEnv;
  worker(): Promise<Server>;
  /** Starts the iteration by the command line and returns at once. */
  start(): Promise<void>;
  /**
   * Lets the worker run in short pulses until an activity has been handed to it, and leaves it frozen there.
   *
   * @param also what must hold besides
   */
  freezeIn(worker: Server, activity: keyof IterationActivities, also?: () => Promise<boolean>): Promise<void>;
  /** Kills a worker, and has what it left go to any other at once instead of after ten seconds. */
  kill(worker: Server): Promise<void>;
  /** Number of requests that a stand-in has answered. */
  count(filter: RequestFilter): Promise<number>;
  receipts(): Promise<readonly string[]>;
  /** The finished shards: for each name of a document the number of its file, another one if it is written again. */
  shards(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

export interface CrashSiteOptions {
  /** Further words for `start`; they win over the usual ones. */
  readonly words?: readonly string[];
  /** Settings instead of the usual ones, from the folder of the site. */
  readonly settings?: (dir: string) => NodeJS.ProcessEnv;
}

/** Names of the activities that are being done or retried, with the number of their try. */
async function pendingActivities(client: Client, id: string): Promise<ReadonlyMap<string, number>> {
  const { raw } = await client.workflow.getHandle(id).describe();
  const pending = raw.pendingActivities ?? [];
  return new Map(pending.map(({ activityType, attempt }) => [activityType?.name ?? '', attempt ?? 0]));
}

async function freezeIn(
  client: Client,
  id: string,
  worker: Server,
  activity: string,
  also: () => Promise<boolean>,
): Promise<void> {
  for (let pulses = 0; pulses < 2000; pulses++) {
    await worker.signal('SIGSTOP');
    if ((await pendingActivities(client, id)).has(activity) && (await also())) return;
    await worker.signal('SIGCONT');
    await sleep(PULSE_MS);
  }
  throw new Error(`${activity} was never seen`);
}

/** Temporal offers the next steps of an iteration to the worker that did the last ones first, also where that is dead. */
async function forgetWorker({ workflowService, options }: Client, workflowId: string): Promise<void> {
  await workflowService.resetStickyTaskQueue({ namespace: options.namespace, execution: { workflowId } });
}

async function filesIn(folder: string): Promise<ReadonlyMap<string, number>> {
  const names = await readdir(folder).catch(() => []);
  const whole = names.filter((name) => !name.startsWith('.'));
  return new Map(await Promise.all(whole.map(async (name) => [name, (await stat(join(folder, name))).ino] as const)));
}

/** Makes the stand-ins and what belongs to one iteration on a Temporal server. Each mask is a shard. */
export async function openCrashSite(
  temporal: DevServer,
  frames: number,
  { words = [], settings = () => ({}) }: CrashSiteOptions = {},
): Promise<CrashSite> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-crash-'));
  const log = join(dir, 'requests.jsonl');
  const sandbox: SandboxProcess = await startSandboxProcess(dir, ['--frames', String(frames), '--request-log', log]);
  const env = { ...sandbox.env, TEMPORAL_ADDRESS: temporal.address, ...settings(dir) };
  const workers: Server[] = [];
  const { client } = temporal.env;
  const id = 'Crash/Iteration';
  return {
    id,
    client,
    env,
    worker: async () => {
      const worker = await startServer(['worker'], env);
      workers.push(worker);
      return worker;
    },
    start: async () => {
      const names = ['--project', 'Crash', '--create-project', '--task', 'Iteration', '--max-epochs', '6'];
      const patience = ['--poll', '1s', '--quiet', '0s', '--worker-lost-after', '3s', '--shard-size', '1'];
      const { code } = await capture(['start', ...names, ...patience, ...startFlags(sandbox.facts), ...words], env);
      if (code !== 0) throw new Error(`start ended with ${code}`);
      temporal.starts.add({ workflowId: id });
    },
    freezeIn: async (worker, activity, also = async () => true) => freezeIn(client, id, worker, activity, also),
    kill: async (worker) => {
      await worker.signal('SIGKILL');
      await forgetWorker(client, id);
    },
    count: async (filter) => (await readRequests(log)).count(filter),
    receipts: async () => createFolderStore(join(dir, 'store')).listNamed('receipts/'),
    shards: async () => filesIn(join(dir, 'store', 'named', 'conversions')),
    close: async () => {
      for (const worker of workers) {
        await worker.signal('SIGCONT');
        await worker.stop();
      }
      await sandbox.server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
