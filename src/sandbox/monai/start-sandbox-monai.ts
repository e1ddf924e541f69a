import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequestLog } from '../request-log.ts';
import type { RunningServer } from '../running-server.ts';
import { SCENE_MODEL_LABELS } from '../scenes/categories.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import type { SandboxMonaiOptions, ServerOptions } from './options.ts';
import { startServer } from './server.ts';
import type { RunningProcess } from './tasks/task-queue.ts';
import { createWorld, type TrainedOn, type World } from './world.ts';

/** The trainer and model that the stand-in has unless told otherwise. */
export const SANDBOX_MODEL = 'segmentation';

/** A running stand-in for MONAI Label, to be shut down and started again as the server would be. */
export interface SandboxMonai extends RunningServer {
  /**
   * Ends the server and starts another one on the same address and folder. Tasks are forgotten; a background process
   * that runs goes on to its end, unknown to the new server.
   *
   * @param changes options that the new server has instead of those of the one before
   */
  restart(changes?: ServerOptions): Promise<void>;
  /** What the trainings so far have read, in their order. */
  readonly trainedOn: readonly TrainedOn[];
  /** Kills all background processes, those of earlier servers as well. */
  killProcesses(): void;
}

/**
 * Starts a stand-in for MONAI Label 0.8.5 on the loopback address. It keeps images and labels, really trains a small
 * pixel classifier on them, publishes it and predicts with it.
 *
 * @throws the socket's error (`EADDRINUSE`) if the port is taken
 */
export async function startSandboxMonai(options: SandboxMonaiOptions = {}): Promise<SandboxMonai> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'maskloop-monai-'));
  const world = worldOf(options, folder);
  publishFirst(world, options.published);
  const place = { folder, log: options.log ?? createRequestLog(), processes: new Set<RunningProcess>() };
  let current = options;
  let life = await startServer(world, current, place);
  const killProcesses = (): void => {
    for (const running of place.processes) running.kill();
  };
  const close = async (): Promise<void> => {
    await life.end();
    killProcesses();
    await Promise.all([...place.processes].map(({ ended }) => ended));
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await life.app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
    const restart = async (changes: ServerOptions = {}): Promise<void> => {
      current = { ...current, ...changes };
      await life.end();
      life = await startServer(world, current, place);
      await life.app.listen({ host: '127.0.0.1', port: Number(new URL(url).port) });
    };
    return { url, log: place.log, close, restart, killProcesses, trainedOn: world.trainedOn };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A folder that was used before has its own model. */
function publishFirst({ published }: World, file: Uint8Array | undefined): void {
  const path = published.path(SANDBOX_MODEL);
  if (file !== undefined && published.read(path) === null) published.write(path, file);
}

function worldOf(options: SandboxMonaiOptions, folder: string): World {
  const models = options.models ?? { [SANDBOX_MODEL]: options.labels ?? SCENE_MODEL_LABELS };
  const pace = { startMs: options.startMs ?? 300, epochMs: options.epochMs ?? 100, exitMs: options.exitMs ?? 100 };
  const { seed = 1, clock = SYSTEM_CLOCK, tornReads = 0 } = options;
  return createWorld({ seed, clock, pace, tornReads, models: new Map(Object.entries(models)) }, folder);
}
