import { PythonError } from './log-lines.ts';

/** The trainer's configuration as `/info/` shows it; a request is laid over it. */
export const TRAINER_CONFIG = {
  name: 'train_01',
  pretrained: true,
  device: ['cpu'],
  max_epochs: 20,
  early_stop_patience: -1,
  val_split: 0.2,
  train_batch_size: 4,
  val_batch_size: 4,
  multi_gpu: false,
  gpus: 'all',
  dataset: 'CacheDataset',
  dataloader: 'DataLoader',
  tracking: ['None', 'mlflow'],
  tracking_uri: '',
  tracking_experiment_name: '',
} as const;

export interface RunSettings {
  /** Name of the run's folder. */
  readonly name: string;
  readonly pretrained: boolean;
  readonly epochs: number;
  /** Share of the labelled images, from the end of the list, that is not trained on. */
  readonly valSplit: number;
  readonly batchSize: number;
}

/** @throws PythonError for values that only the run itself notices */
export function readSettings(request: Readonly<Record<string, unknown>>): RunSettings {
  const merged: Readonly<Record<string, unknown>> = { ...TRAINER_CONFIG, ...request };
  const epochs = number(merged['max_epochs']);
  if (epochs < 1)
    throw new PythonError(
      'ValueError',
      'Argument max_epochs is invalid. Please, set a correct max_epochs positive value',
    );
  const name = merged['name'];
  return {
    name: typeof name === 'string' && name !== '' ? name : TRAINER_CONFIG.name,
    pretrained: merged['pretrained'] !== false,
    epochs: Math.floor(epochs),
    valSplit: Math.max(0, Math.min(1, number(merged['val_split']))),
    batchSize: Math.max(1, Math.floor(number(merged['train_batch_size']))),
  };
}

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new PythonError('TypeError', "'<' not supported between instances of 'str' and 'int'");
}

/**
 * Cuts a list into what is trained on and what is validated on. Sizes are rounded half up, so that two images leave
 * nothing to validate on and three leave one.
 */
export function partition<T>(list: readonly T[], valSplit: number): { training: T[]; validation: T[] } {
  const size = Math.min(list.length, Math.floor((1 - valSplit) * list.length + 0.5));
  return { training: list.slice(0, size), validation: valSplit > 0 ? list.slice(size) : [] };
}
