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
  /** Videos that the frames belong to, in equal parts and in order; numbers alone if absent. */
  readonly videos?: readonly string[];
  /** In place of every fourth frame. `named`: these frames, with what belongs to their videos. */
  readonly holdsOut?:
    | { readonly named: readonly string[] }
    | Exclude<HeldOutSource, { kind: 'names' | 'folder' }>
    | 'folder';
  /** Videos of the iteration that nobody may learn from, by what it holds out. */
  readonly forbiddenVideos?: readonly string[];
  /** The iteration ends when its labels are sealed. */
  readonly trainsNothing?: boolean;
}

/** A picture that was written: its bytes, its true label by category id, and whether models may learn from it. */
export interface WrittenPicture {
  readonly image: Uint8Array;
  readonly label: Uint8Array;
  readonly isForbidden: boolean;
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
  /** Hears of every picture that an iteration is started with. */
  readonly onWritten?: (picture: WrittenPicture) => void;
}

/** Writes pictures with masks whose values are category ids from 1, under names as videos have them. */
export async function writePictures(
  dir: string,
  classes: number,
  { first, names, wrong = false }: { first: number; names: readonly string[]; wrong?: boolean },
  onWritten: (picture: Omit<WrittenPicture, 'isForbidden'> & { readonly name: string }) => void = () => undefined,
): Promise<{ images: string; masks: string }> {
  const [images, masks] = [join(dir, 'images'), join(dir, 'masks')];
  await Promise.all([images, masks].map(async (folder) => mkdir(folder, { recursive: true })));
  const ids = Array.from({ length: classes }, (_, index) => index + 1);
  for (const [number, name] of names.entries()) {
    const { image, label } = picture(first + number, ids);
    const drawn = wrong ? inverted(label) : label;
    await writeFile(join(images, name), image);
    await writeFile(join(masks, name), drawn);
    onWritten({ name, image, label: drawn });
  }
  return { images, masks };
}

function inverted(label: Uint8Array): Uint8Array {
  const mask = readMask(label, 'label');
  return writeMask({ ...mask, values: Uint8Array.from(mask.values, (value) => (value === 0 ? 1 : 0)) });
}

/** What frames of videos belong to. */
const VIDEO = String.raw`^(.*)_\d+`;

function videoOf(name: string): string {
  return new RegExp(VIDEO).exec(name)?.[1] ?? name;
}

/** The name of a frame of a video. */
export function frameName(number: number): string {
  return `frame_${String(number).padStart(6, '0')}.png`;
}

/** Names of so many frames, in equal parts of the videos. */
export function frameNames(count: number, videos?: readonly string[]): readonly string[] {
  const each = videos === undefined ? count : count / videos.length;
  return Array.from({ length: count }, (_, number) => {
    const video = videos?.[Math.floor(number / each)];
    return video === undefined ? frameName(number) : `${video}_${String(number).padStart(6, '0')}.png`;
  });
}

/** Every fourth of so many frames. A share is met on average only, and the names of projects are drawn. */
export async function quarterOf(store: ArtifactStore, frames: number): Promise<HeldOutSource> {
  const names = Array.from({ length: frames / 4 }, (_, index) => frameName(index * 4));
  return { kind: 'names', list: await store.put(Buffer.from(names.join('\n'))) };
}

let written = 0;

type Wish = Pick<IterationWish, 'holdsOut' | 'wrong' | 'videos'>;

/** Where an iteration's held-out frames come from. Wrong labels can only be found out with frames from outside. */
async function heldOutOf(
  { frames, store, truth }: FineTuneFiles,
  { holdsOut, wrong = false }: Wish,
): Promise<HeldOutSource> {
  if (wrong || holdsOut === 'folder')
    return { kind: 'folder', images: await describeFolder(truth.images), masks: await describeFolder(truth.masks) };
  if (holdsOut === undefined) return quarterOf(store, frames);
  if ('named' in holdsOut) return { kind: 'names', list: await store.put(Buffer.from(holdsOut.named.join('\n'))) };
  return holdsOut;
}

/** Writes the frames of an iteration, each iteration others, and says what it is started with. */
export async function fineTuneInput(
  { model, labels }: Pick<MonaiDesk, 'model' | 'labels'>,
  files: FineTuneFiles,
  wish: IterationWish,
): Promise<IterationInput> {
  const { frames, store, dir, project } = files;
  const { task, maxEpochs, wrong = false, gate, stalledAfterMs, videos, forbiddenVideos = [] } = wish;
  const names = Object.keys(labels);
  written += 1;
  const first = 5000 + written * frames;
  const called = frameNames(frames, videos);
  const isForbidden = (name: string): boolean =>
    wish.holdsOut === undefined && !wrong && wish.trainsNothing !== true
      ? called.indexOf(name) % 4 === 0
      : forbiddenVideos.includes(videoOf(name));
  const { images, masks } = await writePictures(join(dir, task), names.length, { first, names: called, wrong }, (one) =>
    files.onWritten?.({ ...one, isForbidden: isForbidden(one.name) }),
  );
  const training: TrainingOptions = {
    model,
    maxEpochs,
    heldOutFraction: 0,
    heldOut: await heldOutOf(files, wish),
    ...(gate === undefined ? {} : { gate }),
    ...(videos === undefined ? {} : { group: VIDEO }),
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
    training: wish.trainsNothing === true ? null : training,
    timing: {
      heartbeatTimeoutMs: 30_000,
      unreachableAfterMs: 300_000,
      ...(stalledAfterMs === undefined ? {} : { stalledAfterMs }),
    },
  };
}
