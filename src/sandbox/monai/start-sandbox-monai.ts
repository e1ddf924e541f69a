import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import { createRequestLog, type RequestLog } from '../request-log.ts';
import type { RunningServer } from '../running-server.ts';
import { SCENE_MODEL_LABELS } from '../scenes/categories.ts';
import { addServerHabits } from './answers/server-habits.ts';
import { answerUnmatched } from './answers/unmatched.ts';
import { Datastore } from './datastore.ts';
import { PublishedModels } from './published-models.ts';
import { addImageRoutes } from './routes/images.ts';
import { addInferRoutes } from './routes/infer.ts';
import { addInfoRoutes } from './routes/info.ts';
import { addLabelRoutes } from './routes/labels.ts';
import { addModelRoutes } from './routes/model.ts';
import { addTrainRoutes } from './routes/train.ts';
import type { ModelLabels, MonaiState } from './state.ts';
import { TrainQueue } from './training/queue.ts';
import { createTrainProcess, type Pace } from './training/run-training.ts';

/** The trainer and model that the stand-in has unless told otherwise. */
export const SANDBOX_MODEL = 'segmentation';

export interface SandboxMonaiOptions extends Partial<Readonly<Record<keyof Pace, number | undefined>>> {
  /** A free port by default. */
  readonly port?: number | undefined;
  /** Decides initial weights and the course of trainings; 1 by default. */
  readonly seed?: number | undefined;
  readonly log?: RequestLog | undefined;
  /** Labels of the default model; those of the generated scenes by default. */
  readonly labels?: ModelLabels | undefined;
  /** Models and trainers by name, instead of the default one. */
  readonly models?: Readonly<Record<string, ModelLabels>> | undefined;
  /** Where images, labels and models are kept; by default a temporary folder that `close` removes. */
  readonly folder?: string | undefined;
  /** Time from a submission until its training runs, in milliseconds; 100 by default. */
  readonly spawnMs?: number | undefined;
  /** Time until a deletion shows in the counts, in milliseconds; 300 by default. */
  readonly watcherMs?: number | undefined;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Starts a stand-in for MONAI Label 0.8.5 on the loopback address. It keeps images and labels, really trains a small
 * pixel classifier on them, publishes it and predicts with it.
 *
 * @throws the socket's error (`EADDRINUSE`) if the port is taken
 */
export async function startSandboxMonai(options: SandboxMonaiOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createRequestLog();
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'maskloop-monai-'));
  const state = createState(options, folder);
  const app = await createApp(state, log);
  const close = async (): Promise<void> => {
    await state.queue.close();
    await app.close();
    state.datastore.close();
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await app.listen({ host: '127.0.0.1', port: options.port ?? 0 }), log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function createState(options: SandboxMonaiOptions, folder: string): MonaiState {
  const models = options.models ?? { [SANDBOX_MODEL]: options.labels ?? SCENE_MODEL_LABELS };
  const pace: Pace = {
    startMs: options.startMs ?? 300,
    epochMs: options.epochMs ?? 100,
    exitMs: options.exitMs ?? 100,
  };
  const state: MonaiState = {
    seed: options.seed ?? 1,
    models: new Map(Object.entries(models)),
    datastore: new Datastore(join(folder, 'studies'), options.watcherMs ?? 300),
    published: new PublishedModels(join(folder, 'model')),
    queue: new TrainQueue(async (request, process) => {
      await createTrainProcess(state, pace)(request, process);
    }, options.spawnMs ?? 100),
    trainStats: new Map(),
  };
  return state;
}

async function createApp(state: MonaiState, log: RequestLog): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // As uvicorn: an idle connection is closed after 5 s.
    keepAliveTimeout: 5000,
    routerOptions: { maxParamLength: 1000 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  await app.register(multipart, { limits: { fileSize: MAX_BODY_BYTES, fieldSize: MAX_BODY_BYTES } });
  addServerHabits(app, log);
  answerUnmatched(app);
  for (const addRoutes of [
    addInfoRoutes,
    addImageRoutes,
    addLabelRoutes,
    addTrainRoutes,
    addModelRoutes,
    addInferRoutes,
  ]) {
    addRoutes(app, state);
  }
  return app;
}
