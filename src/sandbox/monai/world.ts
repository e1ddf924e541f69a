import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { Datastore } from './datastore/datastore.ts';
import { PublishedModels } from './published-models.ts';

/** Label name → index in masks, from 1. */
export type ModelLabels = Readonly<Record<string, number>>;

export interface Pace {
  /** Time that a background process takes for its imports before it does anything. */
  readonly startMs: number;
  /** Shortest duration of an epoch. */
  readonly epochMs: number;
  /** Time from the end of the work until the process has ended. */
  readonly exitMs: number;
}

/** What a server and its background processes have in common: the disk, the models and the pace. It outlives a server. */
export interface World {
  readonly seed: number;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly models: ReadonlyMap<string, ModelLabels>;
  /** Folder of images and labels. */
  readonly studies: string;
  readonly published: PublishedModels;
  /** Called by a background process after it has changed the studies. */
  readonly storeListeners: Set<() => void>;
  /** What the trainings so far have read, in their order. */
  readonly trainedOn: TrainedOn[];
}

/** The images and labels that one training has read, for training and for its own validation. */
export interface TrainedOn {
  /** Name of the run. */
  readonly run: string;
  /** SHA-256 of its label by image id. */
  readonly labels: ReadonlyMap<string, string>;
}

export function createWorld(
  { tornReads, ...options }: Pick<World, 'seed' | 'clock' | 'pace' | 'models'> & { readonly tornReads: number },
  folder: string,
): World {
  return {
    ...options,
    studies: join(folder, 'studies'),
    published: new PublishedModels(join(folder, 'model'), options.clock, tornReads),
    storeListeners: new Set(),
    trainedOn: [],
  };
}

/** The studies as a background process sees them: an index of its own, read from the disk when it starts. */
export function openStudies(world: World): Datastore {
  return new Datastore(world.studies, world.clock, null);
}

/** Number of label indices that a model predicts, background included. */
export function outputsOf(labels: ModelLabels): number {
  return Math.max(0, ...Object.values(labels)) + 1;
}
