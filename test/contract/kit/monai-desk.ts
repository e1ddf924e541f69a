import { setTimeout as sleep } from 'node:timers/promises';
import { createMonaiLabel } from '../../../src/monai/client.ts';
import type { TrainingTask } from '../../../src/contracts/trainer-reports.ts';
import type { ModelInfo, MonaiLabel } from '../../../src/monai/monai.ts';
import { ownName } from './names.ts';
import { picture } from './pictures.ts';
import { talk, type Answer, type Message } from '../../kit/talk.ts';

/** A MONAI Label that is held to the contract. */
export interface MonaiServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface Sample {
  readonly imageId: string;
  readonly image: Uint8Array;
  /** PNG of the model's label indices. */
  readonly label: Uint8Array;
}

/** A place to work in on a MONAI Label: images of its own, of which nothing is left in the end, and the model as it was. */
export interface MonaiDesk {
  readonly server: MonaiServer;
  readonly monai: MonaiLabel;
  /** Least time between two uploads, in milliseconds. */
  readonly writeGapMs: number;
  /** The first model that can be trained. */
  readonly model: string;
  readonly labels: ModelInfo['labels'];
  talk(method: string, path: string, message?: Message): Promise<Answer>;
  /** Pictures with their labels that no other test has, not stored yet; removed in the end if stored. */
  samples(count: number): readonly Sample[];
  /** A single one. */
  sample(): Sample;
  /** Removes an image in the end that something else stores. */
  own(imageId: string): void;
  /** Stores it with a final label. */
  store(sample: Sample): Promise<void>;
  /** Polls until a training is as wanted. @throws Error if it ends otherwise, or not in five minutes */
  until(trainingId: string, wanted: (task: TrainingTask) => boolean): Promise<TrainingTask>;
  close(): Promise<void>;
}

/** Between two looks and two writes of our own, so that the server's file watcher survives. */
const GAP_MS = 300;

export async function openMonaiDesk(server: MonaiServer, writeGapMs = GAP_MS): Promise<MonaiDesk> {
  const monai = createMonaiLabel({ url: server.url, writeGapMs });
  const { trainers, models } = await monai.info();
  const [model] = trainers;
  const labels = model === undefined ? undefined : models[model]?.labels;
  if (model === undefined || labels === undefined) throw new Error('the server has no model that can be trained');
  const before = (await monai.publishedModel(model)) === null ? null : await monai.downloadModel(model);
  const ids = new Set<string>();
  let made = 0;
  const classes = Object.values(labels).filter((index) => index > 0);
  const samples: MonaiDesk['samples'] = (count) =>
    Array.from({ length: count }, () => {
      const imageId = ownName('contract');
      ids.add(imageId);
      made += 1;
      return { imageId, ...picture(made, classes) };
    });
  const sample = (): Sample => {
    const [only] = samples(1);
    if (only === undefined) throw new Error('no picture was generated');
    return only;
  };
  return {
    server,
    monai,
    writeGapMs,
    model,
    labels,
    talk: (method, path, message) => talk(server.url, method, path, { headers: { connection: 'close' }, ...message }),
    samples,
    sample,
    own: (imageId) => void ids.add(imageId),
    async store({ imageId, image, label }) {
      await monai.putImage({ imageId, fileName: `${imageId}.png`, bytes: image });
      await monai.putLabel({ imageId, tag: 'final', fileName: `${imageId}.png`, bytes: label, labelInfo: [] });
    },
    until: (trainingId, wanted) => untilTraining(monai, trainingId, wanted),
    async close() {
      for (const imageId of ids) await remove(server.url, imageId, writeGapMs);
      if (before === null) await talk(server.url, 'DELETE', `/model/${model}`);
      else await publish(server.url, model, before);
      for (const imageId of ids) if (await monai.hasImage(imageId)) throw new Error(`image ${imageId} is left`);
    },
  };
}

async function untilTraining(
  monai: MonaiLabel,
  id: string,
  wanted: (task: TrainingTask) => boolean,
): Promise<TrainingTask> {
  const deadline = performance.now() + 300_000;
  for (;;) {
    const task = (await monai.trainings()).find((one) => one.id === id);
    if (task !== undefined && wanted(task)) return task;
    const isOver = task === undefined || !['SUBMITTED', 'RUNNING'].includes(task.status);
    if (isOver || performance.now() > deadline) throw new Error(`training ${id} is ${JSON.stringify(task)}`);
    await sleep(30);
  }
}

async function remove(url: string, imageId: string, gapMs: number): Promise<void> {
  const here = await talk(url, 'HEAD', `/datastore/image?image=${imageId}`);
  if (here.status !== 200) return;
  for (const tag of ['final', 'original', 'draft', 'mine']) {
    const label = await talk(url, 'HEAD', `/datastore/label?image=${imageId}&tag=${tag}`);
    if (label.status === 200) await talk(url, 'DELETE', `/datastore/label?id=${imageId}&tag=${tag}`);
  }
  await talk(url, 'DELETE', `/datastore/image?id=${imageId}`);
  await sleep(gapMs);
}

/** Puts a model file in the place of the published one. */
export async function publish(url: string, model: string, bytes: Uint8Array): Promise<Answer> {
  const body = new FormData();
  body.set('file', new Blob([Buffer.from(bytes)]), `${model}.pt`);
  return talk(url, 'PUT', `/model/${model}`, { body });
}
