import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities, type Activities } from '../../src/activities/create-activities.ts';
import type { Connection } from '../../src/activities/dependencies.ts';
import { inThisThread } from '../../src/coco/mask-batches.ts';
import { readMask } from '../../src/coco/read-mask.ts';
import { writeMask } from '../../src/coco/write-mask.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { SubmissionManifest } from '../../src/contracts/manifests.ts';
import type { ArtifactRef, TaskRef } from '../../src/contracts/refs.ts';
import type { ModelRef, SubmissionRef, TrainingOptions } from '../../src/contracts/training.ts';
import { createCvat } from '../../src/cvat/client.ts';
import { createMonaiLabel } from '../../src/monai/client.ts';
import type { MonaiLabel } from '../../src/monai/monai.ts';
import { SYSTEM_CLOCK } from '../../src/sandbox/monai/clock.ts';
import { startSandboxMonai, type SandboxMonai } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { createRequestLog, type RequestLog } from '../../src/sandbox/request-log.ts';
import { SCENE_MODEL_LABELS } from '../../src/sandbox/scenes/categories.ts';
import { writeScenes, type WrittenScenes } from '../../src/sandbox/scenes/write-scenes.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { quietEnvironment } from './activity-site.ts';
import { iterationInput } from './iteration-input.ts';
import { weakModel } from './weak-model.ts';

export const MODEL_INDEX_OF = { 1: 2, 2: 3, 4: 1 };
const HELD_OUT = 3;

/** MONAI Label with frames, some of them labelled, and a store: what the gate works on. Each model name is a trainer. */
export interface GateSite {
  readonly monai: MonaiLabel;
  readonly server: SandboxMonai;
  readonly store: ArtifactStore;
  readonly log: RequestLog;
  readonly categories: ArtifactRef;
  readonly submission: SubmissionRef;
  readonly task: TaskRef;
  readonly connection: Connection;
  readonly scenes: WrittenScenes;
  input(model: string, changes?: Partial<TrainingOptions>): IterationInput;
  /** Runs an activity as a worker would. */
  run<N extends keyof Activities>(name: N, args: Parameters<Activities[N]>[0]): ReturnType<Activities[N]>;
  /** Publishes a model that was never trained; another one for each seed. */
  publishWeak(model: string, seed?: number): Promise<string>;
  /** Trains for real under a name of somebody's and waits for the end. */
  train(model: string, name: string, epochs?: number): Promise<ModelRef>;
  published(model: string): Promise<string | null>;
  close(): Promise<void>;
}

/** Opens a stand-in with the trainers of these names. */
export async function openGateSite(models: readonly string[], spawnMs = 5, clock = SYSTEM_CLOCK): Promise<GateSite> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-gate-'));
  const scenes = writeScenes(join(dir, 'frames'), { seed: 5, frames: 8, width: 48, height: 40 });
  const log = createRequestLog();
  const names = Object.fromEntries(models.map((model) => [model, SCENE_MODEL_LABELS]));
  const pace = { spawnMs, startMs: 10, epochMs: 5, exitMs: 5, watcherLimit: null };
  const server = await startSandboxMonai({ log, models: names, clock, ...pace });
  const store = createFolderStore(join(dir, 'store'));
  const monai = createMonaiLabel({ url: server.url, writeGapMs: 0 });
  const cvat = createCvat({
    url: 'http://127.0.0.1:1',
    organization: null,
    credentials: async () => ({ kind: 'token', token: 't' }),
  });
  const connection: Connection = { cvat, monai, trainer: monaiTrainer(monai) };
  const activities = createActivities({
    connect: () => connection,
    store,
    masks: inThisThread,
    installation: null,
    version: '0.0.0-test',
  });
  const categories = await store.put(await readFile(scenes.categoriesFile));
  const published = async (model: string) => (await monai.publishedModel(model))?.checksum ?? null;
  return {
    monai,
    server,
    store,
    log,
    categories,
    connection,
    scenes,
    submission: await submit(monai, store, scenes),
    task: {
      projectId: 1,
      taskId: 1,
      url: 'http://cvat.test/tasks/1',
      created: true,
      frames: 8,
      jobs: 1,
      cvatVersion: '2.73.0',
    },
    input: (model, changes = {}) =>
      iterationInput({ categories, training: { model, maxEpochs: 3, heldOutFraction: 0.4, ...changes } }),
    run: (name, args) => {
      const activity = activities[name] as unknown as (all: unknown) => ReturnType<Activities[typeof name]>;
      const env: MockActivityEnvironment = quietEnvironment();
      return env.run<[unknown], unknown, typeof activity>(activity, args) as ReturnType<typeof activity>;
    },
    publishWeak: async (model, seed) => monai.uploadModel(model, weakModel(seed)),
    train: async (model, name, epochs = 12) => {
      const { id } = await monai.startTraining(model, { name, maxEpochs: epochs });
      for (;;) {
        const task = (await monai.trainings()).find((one) => one.id === id);
        if (task?.status === 'DONE') break;
        if (task?.status === 'ERROR') throw new Error(task.details.join('\n'));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return { model, checksum: (await published(model)) ?? '', epochs, trainerMetric: null };
    },
    published,
    close: async () => {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Puts all frames into the datastore, and the true labels of those that are trained on. */
async function submit(
  monai: MonaiLabel,
  store: ArtifactStore,
  scenes: { readonly imagesDir: string; readonly truthDir: string },
): Promise<SubmissionRef> {
  const frames: SubmissionManifest['frames'][number][] = [];
  for (const [index, name] of (await readdir(scenes.imagesDir)).toSorted().entries()) {
    const [imageId, truth] = [`frame_${index}`, await readFile(join(scenes.truthDir, name))];
    const image = await readFile(join(scenes.imagesDir, name));
    await monai.putImage({ imageId, fileName: `${imageId}.png`, bytes: image });
    const part = index < HELD_OUT ? 'heldOut' : 'training';
    if (part === 'training') {
      const mask = readMask(truth, name);
      const values = mask.values.map((value) => (value === 0 ? 0 : (MODEL_INDEX_OF[value as 1 | 2 | 4] ?? 0)));
      const bytes = writeMask({ ...mask, values });
      await monai.putLabel({ imageId, tag: 'final', fileName: `${imageId}.png`, bytes, labelInfo: [] });
    }
    frames.push({
      name,
      imageId,
      part,
      label: await store.put(truth),
      submittedSha256: null,
      imageSha256: hashBytes(image),
    });
  }
  const manifest: SubmissionManifest = { model: 'any', modelIndexOf: MODEL_INDEX_OF, frames };
  const ref = await store.put(Buffer.from(JSON.stringify(manifest)));
  return { manifest: ref, training: frames.length - HELD_OUT, heldOut: HELD_OUT };
}
