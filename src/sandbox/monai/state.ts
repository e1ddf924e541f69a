import type { Datastore } from './datastore.ts';
import type { PublishedModels } from './published-models.ts';
import type { RunFacts } from './training/run-facts.ts';
import type { TrainQueue } from './training/queue.ts';

/** Label name → index in masks, from 1. */
export type ModelLabels = Readonly<Record<string, number>>;

/** Everything the stand-in knows. */
export interface MonaiState {
  readonly seed: number;
  readonly models: ReadonlyMap<string, ModelLabels>;
  readonly datastore: Datastore;
  readonly published: PublishedModels;
  readonly queue: TrainQueue;
  /** The last facts that a run of each model has written. */
  readonly trainStats: Map<string, RunFacts>;
}

/** Number of label indices that a model predicts, background included. */
export function outputsOf(labels: ModelLabels): number {
  return Math.max(0, ...Object.values(labels)) + 1;
}
