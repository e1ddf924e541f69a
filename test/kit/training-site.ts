import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MockActivityEnvironment } from '@temporalio/testing';
import type { ActivityDependencies } from '../../src/activities/dependencies.ts';
import { runName } from '../../src/activities/run-name.ts';
import { createStartTraining } from '../../src/activities/start-training.ts';
import { createStopTraining } from '../../src/activities/stop-training.ts';
import { createWatchTraining } from '../../src/activities/watch-training.ts';
import type { TimingOptions } from '../../src/contracts/timing.ts';
import type { MetricPoint, ModelRef, TrainingRef } from '../../src/contracts/training.ts';
import { metricsName } from '../../src/contracts/ids.ts';
import { createCvat } from '../../src/cvat/client.ts';
import { createMonaiLabel } from '../../src/monai/client.ts';
import type { MonaiLabel } from '../../src/monai/monai.ts';
import { createRequestLog, type RequestLog } from '../../src/sandbox/request-log.ts';
import type { SandboxMonaiOptions } from '../../src/sandbox/monai/options.ts';
import type { SandboxMonai } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import type { Trainer } from '../../src/trainer/trainer.ts';
import { startFast, uploadScenes } from '../unit/sandbox/monai/talk.ts';
import { quietEnvironment } from './activity-site.ts';
import { iterationInput } from './iteration-input.ts';

/** The processes of the stand-in are a hundred times as fast as real ones. */
const PACE = { lookMs: 60, publishedAfterMs: 300 };
const STOP_PACE = { looks: 400, lookEveryMs: 20, begin: { looks: 30, everyMs: 20 } };
const FIRST_RUN = '01a20465-76ec-7c5e-a828-eb31972b201c';
const ARTIFACT = { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 };

/** The activities of one iteration that train, alone. */
export interface TrainingDesk {
  readonly id: string;
  /** The name of its run at the first try. */
  readonly runName: string;
  start(env?: MockActivityEnvironment, tryNumber?: number): Promise<TrainingRef>;
  watch(training: TrainingRef, env?: MockActivityEnvironment): Promise<ModelRef>;
  stop(env?: MockActivityEnvironment, hasEnded?: boolean): Promise<void>;
  metrics(): Promise<readonly MetricPoint[]>;
}

/** A stand-in of MONAI Label with labelled images, a store, and desks of iterations that train there. */
export interface TrainingSite {
  readonly server: SandboxMonai;
  readonly monai: MonaiLabel;
  readonly store: ArtifactStore;
  readonly log: RequestLog;
  desk(options?: DeskOptions): TrainingDesk;
  /** Number of requests for a training that were accepted. */
  accepted(): number;
  close(): Promise<void>;
}

export interface DeskOptions {
  readonly task?: string;
  readonly model?: string;
  /** Three by default; null leaves it to the trainer. */
  readonly maxEpochs?: number | null;
  /** Checksum of the model that was measured before; a desk that says none has measured none. */
  readonly before?: string | null;
  readonly timing?: Partial<TimingOptions>;
  /** Instead of a client of the stand-in. */
  readonly trainer?: Trainer;
  readonly firstRunId?: string;
  /** A stop waits so long for a training that its server has forgotten. */
  readonly stopMostMs?: number;
}

/** Starts a stand-in with so many labelled images. */
export async function openTrainingSite(options: SandboxMonaiOptions = {}, images = 4): Promise<TrainingSite> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-training-'));
  const log = createRequestLog();
  const server = await startFast({ log, spawnMs: 20, epochMs: 30, ...options });
  await uploadScenes(server.url, images);
  const monai = createMonaiLabel({ url: server.url, writeGapMs: 0 });
  const store = createFolderStore(join(dir, 'store'));
  const cvat = createCvat({
    url: 'http://127.0.0.1:9',
    organization: null,
    credentials: async () => ({ kind: 'token', token: 'none' }),
  });
  return {
    server,
    monai,
    store,
    log,
    desk: (wanted = {}) =>
      openDesk({ store, connect: () => ({ cvat, monai, trainer: wanted.trainer ?? monaiTrainer(monai) }) }, wanted),
    accepted: () => log.count({ server: 'monai', method: 'POST', path: /^\/train\//, status: 200 }),
    close: async () => {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function openDesk(
  dependencies: Pick<ActivityDependencies, 'store' | 'connect'>,
  { task = 'Iteration_1', model = 'segmentation', maxEpochs = 3, timing = {}, ...options }: DeskOptions,
): TrainingDesk {
  const { firstRunId = FIRST_RUN, before, stopMostMs: mostMs = 20_000 } = options;
  const startTraining = createStartTraining(dependencies);
  const watchTraining = createWatchTraining(dependencies, PACE);
  const stopTraining = createStopTraining(dependencies, { ...STOP_PACE, forgotten: { ...PACE, mostMs } });
  const id = `SurgVU/${task}`;
  const base = iterationInput({ task, training: { model, maxEpochs, heldOutFraction: 0.2 } });
  const input = { ...base, timing: { ...base.timing, ...timing } };
  const submission = { manifest: ARTIFACT, training: 3, heldOut: 1 };
  const name = runName(id, { firstRunId, tryNumber: 1 });
  return {
    id,
    runName: name,
    start: async (env = quietEnvironment(), tryNumber = 1) =>
      env.run(startTraining, { id, input, submission, firstRunId, tryNumber, before }),
    watch: async (training, env = quietEnvironment()) => env.run(watchTraining, { id, input, training, before }),
    stop: async (env = quietEnvironment(), hasEnded = false) =>
      env.run(stopTraining, { id, input, firstRunId, tryNumber: 1, hasEnded }),
    metrics: async () => {
      const bytes = await dependencies.store.getNamed(metricsName(id, name));
      const lines = new TextDecoder().decode(bytes ?? new Uint8Array()).split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as MetricPoint);
    },
  };
}

/** Polls until something holds. @throws Error if it does not within 20 s */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < 2000; looks++) {
    if (await holds()) return;
    await sleep(10);
  }
  throw new Error('it never came to that');
}
