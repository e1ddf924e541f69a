import { join } from 'node:path';
import { startAnnotator } from './sandbox/annotator/start-annotator.ts';
import { SANDBOX_ADMIN, startSandboxCvat } from './sandbox/cvat/start-sandbox-cvat.ts';
import type { CvatVersion } from './sandbox/cvat/state/version.ts';
import { youngModel } from './sandbox/monai/learner/young-model.ts';
import { SANDBOX_MODEL, startSandboxMonai } from './sandbox/monai/start-sandbox-monai.ts';
import { createRequestLog } from './sandbox/request-log.ts';
import { SCENE_CATEGORIES, SCENE_MODEL_LABELS } from './sandbox/scenes/categories.ts';
import { correctTowards } from './sandbox/scenes/correct-towards.ts';
import { type WrittenScenes, writeScenes } from './sandbox/scenes/write-scenes.ts';

export interface SandboxOptions {
  /** Folder for frames, masks and their truth; made if need be. */
  readonly dir: string;
  /** Decides frames, masks, corrections and models. */
  readonly seed: number;
  readonly frames: number;
  /** Pixels; 320 by default. */
  readonly width?: number;
  /** Pixels; 240 by default. */
  readonly height?: number;
  /** The release of CVAT to play; 2.73.0 by default. */
  readonly cvatVersion?: CvatVersion;
  /** Folder in which both stand-ins keep their state across restarts; in memory only by default. */
  readonly stateDir?: string;
  /** Free ports by default. */
  readonly cvatPort?: number;
  readonly monaiPort?: number;
  /** File to which every request to a stand-in is appended as a JSON line. */
  readonly requestLog?: string;
  /** Whether a robot annotates every task. */
  readonly annotator: boolean;
  /** Time the robot takes a frame, in milliseconds; 150 by default. */
  readonly annotatorDelayMs?: number;
  /** Whether a model is published from the start that has learnt little; false by default. */
  readonly youngModel?: boolean;
  /** Shortest duration of a training epoch in milliseconds. */
  readonly epochMs?: number;
}

/** Both stand-ins at work. Nothing in here but `close` is more than a text. */
export interface RunningSandbox {
  readonly cvatUrl: string;
  readonly monaiUrl: string;
  readonly cvatLogin: { readonly username: string; readonly password: string };
  readonly imagesDir: string;
  /** Preliminary masks under the names of the frames. */
  readonly masksDir: string;
  readonly truthDir: string;
  readonly categoriesFile: string;
  /** Name of the trainer in the stand-in of MONAI Label. */
  readonly model: string;
  /** Ends the robot and both servers; the folder stays. */
  close(): Promise<void>;
}

const ANNOTATOR_DELAY_MS = 150;
/** Nobody works on a task in the very moment of its import: who imported has time to look at what arrived. */
const START_DELAY_MS = 3000;

/**
 * Generates frames and starts the stand-ins of CVAT and MONAI Label, with a robot that corrects pre-annotations
 * towards the truth of the frames if wanted.
 *
 * @throws the socket's error (`EADDRINUSE`) if a port is taken, or the file system's if the folder cannot be written
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { truthOf, ...folders } = writeScenes(options.dir, options);
  const log = createRequestLog(options.requestLog);
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };
  try {
    const { seed, cvatPort, monaiPort, epochMs, cvatVersion, stateDir } = options;
    const cvat = await startSandboxCvat({
      seed,
      log,
      ...(cvatPort === undefined ? {} : { port: cvatPort }),
      ...(cvatVersion === undefined ? {} : { version: cvatVersion }),
      ...(stateDir === undefined ? {} : { folder: join(stateDir, 'cvat') }),
    });
    closers.push(() => cvat.close());
    const folder = stateDir === undefined ? undefined : join(stateDir, 'monai');
    const published =
      options.youngModel === true ? await youngModel(seed, SCENE_MODEL_LABELS, SCENE_CATEGORIES) : undefined;
    const monai = await startSandboxMonai({ seed, log, port: monaiPort, epochMs, folder, published });
    closers.push(() => monai.close());
    if (options.annotator) closers.push(employAnnotator(options, cvat.url, truthOf));
    const urls = { cvatUrl: cvat.url, monaiUrl: monai.url };
    return { ...urls, cvatLogin: { ...SANDBOX_ADMIN }, ...folders, model: SANDBOX_MODEL, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts the robot and returns how to stop it. */
function employAnnotator(
  options: SandboxOptions,
  cvatUrl: string,
  truthOf: WrittenScenes['truthOf'],
): () => Promise<void> {
  const annotator = startAnnotator({
    cvatUrl,
    ...SANDBOX_ADMIN,
    seed: options.seed,
    startDelayMs: START_DELAY_MS,
    delayPerFrameMs: options.annotatorDelayMs ?? ANNOTATOR_DELAY_MS,
    categories: SCENE_CATEGORIES,
    correct: correctTowards(truthOf, options.seed),
  });
  return () => annotator.stop();
}
