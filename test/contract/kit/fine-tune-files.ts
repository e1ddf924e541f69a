import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMask } from '../../../src/coco/write-mask.ts';
import { readMask } from '../../../src/coco/read-mask.ts';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import type { GateOptions, HeldOutSource } from '../../../src/contracts/gate.ts';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import type { TrainingOptions } from '../../../src/contracts/training.ts';
import { describeFolder } from '../../../src/storage/folder-digest.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import type { MonaiDesk } from './monai-desk.ts';
import { picture } from './pictures.ts';

/** What an iteration is to be like. */
export interface IterationWish {
  readonly task: string;
  readonly maxEpochs: number;
  /** True if people gave every object to the background and the background to a class. */
  readonly wrong?: boolean;
  readonly gate?: GateOptions;
  readonly stalledAfterMs?: number;
}

export interface FineTuneFiles {
  /** Frames of each iteration, a quarter of which is held out. */
  readonly frames: number;
  readonly store: ArtifactStore;
  /** Where frames and masks are written to. */
  readonly dir: string;
  readonly project: string;
  /** Images that no iteration has, with true masks; wrong labels can only be found out with them. */
  readonly truth: { readonly images: string; readonly masks: string };
}

/** Writes pictures with masks whose values are category ids from 1, under names as videos have them. */
export async function writePictures(
  dir: string,
  classes: number,
  { first, count, wrong = false }: { first: number; count: number; wrong?: boolean },
): Promise<{ images: string; masks: string }> {
  const [images, masks] = [join(dir, 'images'), join(dir, 'masks')];
  await Promise.all([images, masks].map(async (folder) => mkdir(folder, { recursive: true })));
  const ids = Array.from({ length: classes }, (_, index) => index + 1);
  for (let number = 0; number < count; number += 1) {
    const name = frameName(number);
    const { image, label } = picture(first + number, ids);
    await writeFile(join(images, name), image);
    await writeFile(join(masks, name), wrong ? inverted(label) : label);
  }
  return { images, masks };
}

function inverted(label: Uint8Array): Uint8Array {
  const mask = readMask(label, 'label');
  return writeMask({ ...mask, values: Uint8Array.from(mask.values, (value) => (value === 0 ? 1 : 0)) });
}

/** The name of a frame of a video. */
export function frameName(number: number): string {
  return `frame_${String(number).padStart(6, '0')}.png`;
}

/** Every fourth of so many frames. A share is met on average only, and the names of projects are drawn. */
export async function quarterOf(store: ArtifactStore, frames: number): Promise<HeldOutSource> {
  const names = Array.from({ length: frames / 4 }, (_, index) => frameName(index * 4));
  return { kind: 'names', list: await store.put(Buffer.from(names.join('\n'))) };
}

let written = 0;

/** Writes the frames of an iteration, each iteration others, and says what it is started with. */
export async function fineTuneInput(
  { model, labels }: Pick<MonaiDesk, 'model' | 'labels'>,
  { frames, store, dir, project, truth }: FineTuneFiles,
  { task, maxEpochs, wrong = false, gate, stalledAfterMs }: IterationWish,
): Promise<IterationInput> {
  const names = Object.keys(labels);
  written += 1;
  const first = 5000 + written * frames;
  const { images, masks } = await writePictures(join(dir, task), names.length, { first, count: frames, wrong });
  const outside = { images: await describeFolder(truth.images), masks: await describeFolder(truth.masks) };
  const training: TrainingOptions = {
    model,
    maxEpochs,
    heldOutFraction: 0,
    heldOut: wrong ? { kind: 'folder', ...outside } : await quarterOf(store, frames),
    ...(gate === undefined ? {} : { gate }),
  };
  const categories = names.map((name, index) => ({ id: index + 1, name, supercategory: '' }));
  return {
    connection: 'default',
    project,
    task,
    masks: await describeFolder(masks),
    images: await describeFolder(images),
    categories: await store.put(Buffer.from(JSON.stringify(categories))),
    suffix: '',
    conversion: { rules: DEFAULT_RULES, shardSize: frames },
    createProject: true,
    syncLabels: false,
    people: [],
    share: null,
    segmentSize: null,
    completion: { rule: 'state', pollMs: 1000 },
    seal: { quietMs: 0 },
    tellPeople: 'names',
    training,
    timing: {
      heartbeatTimeoutMs: 30_000,
      unreachableAfterMs: 300_000,
      ...(stalledAfterMs === undefined ? {} : { stalledAfterMs }),
    },
  };
}
