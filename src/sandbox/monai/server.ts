import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { RequestLog } from '../request-log.ts';
import { createApp } from './app.ts';
import { createBatchInferProcess } from './batch-infer/run-batch-infer.ts';
import { Datastore } from './datastore/datastore.ts';
import { Watcher } from './datastore/watcher.ts';
import { Gate } from './gate.ts';
import type { SandboxMonaiOptions } from './options.ts';
import { scoreByItself } from './score-by-itself.ts';
import { createScoringProcess } from './scoring/run-scoring.ts';
import { ServerLog } from './server-log.ts';
import { Sessions } from './sessions.ts';
import type { MonaiState, Switches, TaskKind } from './state.ts';
import type { BackgroundProcess } from './tasks/background-process.ts';
import { type QueueOptions, type RunningProcess, TaskQueue } from './tasks/task-queue.ts';
import { createTrainProcess } from './training/run-training.ts';
import type { World } from './world.ts';

const TEXTS = {
  name: 'Sandbox segmentation',
  description: 'Stand-in with a small pixel classifier',
  model: 'Segments PNG images pixel by pixel',
  trainer: 'Trains the pixel classifier',
};

/** One life of the server, from its start to its end or restart. */
export interface ServerLife {
  readonly app: FastifyInstance;
  /** Ends the server. Background processes go on. */
  end(): Promise<void>;
}

/**
 * Starts a server over what is on the disk. It knows nothing of the tasks of earlier ones.
 *
 * @param processes where running background processes are noted
 */
export async function startServer(
  world: World,
  options: SandboxMonaiOptions,
  place: { readonly folder: string; readonly log: RequestLog; readonly processes: Set<RunningProcess> },
): Promise<ServerLife> {
  const state = createState(world, options, place);
  const notice = (): void => state.datastore.touchedByOthers();
  world.storeListeners.add(notice);
  const app = await createApp(state, place.log);
  logStart(state, options.watchesCvat ?? false);
  scoreByItself(state);
  const end = async (): Promise<void> => {
    world.storeListeners.delete(notice);
    state.closing.abort();
    for (const queue of Object.values(state.queues)) queue.abandon();
    await app.close();
    state.datastore.close();
  };
  return { app, end };
}

function createState(
  world: World,
  options: SandboxMonaiOptions,
  { folder, processes: killers }: { folder: string; processes: Set<RunningProcess> },
): MonaiState {
  const switches: Switches = {
    tracks: options.tracking ?? false,
    scoresByItself: options.autoUpdateScoring ?? false,
    auth: options.auth ?? null,
    firstInferMs: options.firstInferMs ?? 0,
    texts: { ...TEXTS, ...options.texts },
  };
  const processes: Record<TaskKind, BackgroundProcess> = {
    train: createTrainProcess(world, switches.tracks),
    scoring: createScoringProcess(world),
    batch_infer: createBatchInferProcess(world),
  };
  const queueOptions: QueueOptions = { clock: world.clock, spawnMs: options.spawnMs ?? 100, processes: killers };
  const scoring = new TaskQueue(processes.scoring, queueOptions);
  const onEnd = (): void => scoreByItself({ switches, queues });
  const queues: Record<TaskKind, TaskQueue> = {
    train: new TaskQueue(processes.train, { ...queueOptions, onEnd }),
    scoring,
    batch_infer: new TaskQueue(processes.batch_infer, queueOptions),
  };
  return {
    ...world,
    switches,
    processes,
    queues,
    datastore: new Datastore(world.studies, world.clock, createWatcher(world, options)),
    sessions: new Sessions(join(folder, 'sessions'), world.clock),
    serverLog: new ServerLog(join(folder, 'logs', 'app.log')),
    gate: new Gate(),
    closing: new AbortController(),
  };
}

/** What the server logs of its datastore when it starts; with the CVAT one, also the first of its looks. */
function logStart({ serverLog, studies }: MonaiState, watchesCvat: boolean): void {
  if (!watchesCvat) return serverLog.write('monailabel.interfaces.app:135', `Init Datastore for: ${studies}`);
  serverLog.write('main:101', `Using CVAT: ${studies}`);
  serverLog.write('monailabel.datastore.cvat:66', 'CVAT:: UserName: admin');
  const none = 'No Tasks with completed status (current: None) to refresh/download the final labels';
  serverLog.write('monailabel.datastore.cvat:185', none);
}

function createWatcher(world: World, options: SandboxMonaiOptions): Watcher | null {
  if (options.autoReload === false) return null;
  const limit = options.watcherLimit === undefined ? { writes: 5, gapMs: 100 } : options.watcherLimit;
  return new Watcher(world.clock, options.watcherMs ?? 300, limit);
}
