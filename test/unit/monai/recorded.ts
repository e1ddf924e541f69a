/** Answers of MONAI Label 0.8.5, shortened: long lists and what the client does not read are left out. */

const datastore = { total: 24, completed: 13, label_tags: { final: 13, original: 24 } };

const infoBase = {
  name: 'Tiny 2D segmentation',
  description: 'Fixture app: a small UNet on grey PNG images',
  version: '1.0',
  labels: ['blob'],
  models: {
    tinyseg: {
      type: 'segmentation',
      labels: { blob: 1 },
      dimension: 2,
      description: 'Segment grey PNG images with a small UNet',
      config: { device: ['cpu'] },
    },
  },
  trainers: {
    tinyseg: {
      description: 'Train a small 2D UNet',
      config: { name: 'train_01', max_epochs: 20, tracking: ['None', 'mlflow'] },
      labels: ['blob'],
    },
  },
  strategies: { random: { description: 'Random Strategy' } },
  scoring: { dice: { description: 'Compute Dice for predicated label vs submitted' } },
};

export const INFO_EMPTY = {
  ...infoBase,
  train_stats: { tinyseg: {} },
  datastore: { total: 0, completed: 0, label_tags: {} },
};

export const STATS_DONE = {
  rank: 0,
  current_epoch: 40,
  current_iteration: 80,
  total_epochs: 40,
  total_iterations: 2,
  epoch: 40,
  start_ts: 1795359091,
  total_time: '0:00:03',
  best_metric: 0.9810892939567566,
  train: {
    metrics: { train_mean_dice: 0.9730387926101685 },
    key_metric_name: 'train_mean_dice',
    best_metric: 0.9744805097579956,
    best_metric_epoch: 38,
  },
  eval: {
    metrics: { val_mean_dice: 0.9810892939567566 },
    key_metric_name: 'val_mean_dice',
    best_metric: 0.9810892939567566,
    best_metric_epoch: 40,
  },
};

const { total_time: _total, ...unfinished } = STATS_DONE;
export const STATS_RUNNING = { ...unfinished, current_epoch: 13, epoch: 13, current_time: '0:00:01' };

export const INFO_TRAINED = { ...infoBase, train_stats: { tinyseg: STATS_DONE }, datastore };

export const DATASTORE = datastore;

/** `GET /train/?all=true` while one training runs and another is queued. */
export const TRAININGS = [
  {
    id: 'b1673174-c99d-4ab2-8875-a72600046eeb',
    status: 'DONE',
    request: { model: 'tinyseg', max_epochs: 5, gpus: 'all' },
    start_ts: '2026-11-22 14:50:52',
    details: ['2026-11-22 14:51:08,943 - INFO - Epoch[5] Metrics -- val_mean_dice: 0.9038'],
    end_ts: '2026-11-22 14:51:11',
  },
  {
    id: 'cd679ca8-f24b-4a63-b78b-68321ebce025',
    status: 'RUNNING',
    request: { model: 'tinyseg', max_epochs: 40, name: 'iteration_1', val_split: 0.3, gpus: 'all' },
    start_ts: '2026-11-22 14:51:15',
    details: [],
  },
  {
    id: 'b8b1141a-3534-40bb-a884-6b30478da1b9',
    status: 'SUBMITTED',
    request: { model: 'tinyseg', max_epochs: 3, name: 'queued' },
    start_ts: '2026-11-22 14:51:16',
  },
];

export const SUBMITTED = {
  id: 'b8b1141a-3534-40bb-a884-6b30478da1b9',
  status: 'SUBMITTED',
  request: { model: 'tinyseg', max_epochs: 3, name: 'queued' },
  start_ts: '2026-11-22 14:51:16',
};

export const FAILED = {
  id: 'b8464312-ccd7-42f4-91bf-dc7c073597ca',
  status: 'ERROR',
  request: { model: 'tinyseg', gpus: 'all' },
  start_ts: '2026-11-22 14:49:07',
  details: [
    '    raise ValueError(',
    'ValueError: num_samples should be a positive integer value, but got num_samples=0',
  ],
  end_ts: '2026-11-22 14:49:32',
};

export const NO_TRAININGS = { detail: 'No Train Tasks Found' };
export const BUSY = { detail: '++++++++++ Train Task is Already Running' };
export const NO_MODEL_FILE = { detail: 'Model File NOT Found for tinyseg' };
export const NO_LABEL = { detail: 'Label NOT Found' };
export const NO_IMAGE = { detail: 'Image NOT Found' };

export const PUBLISHED = {
  checksum: 'SHA256:a286e597d27523c6fc7967714fcf466689b81a9c97e1f0d92f5c3427b16c9fdc',
  modified_time: 1795360198,
  train_stats: STATS_DONE,
};
