/**
 * Which room may import which. A room is a folder of `src` (or a file there that is no composition root);
 * it may always import itself. This table is the rule; CONTRIBUTING.md explains it.
 */
export interface Room {
  /** Other rooms of ours. */
  readonly rooms: readonly string[];
  /** Single files of rooms that it may not import as a whole. */
  readonly files?: readonly string[];
  /** Packages of Temporal, and deep paths by name; the other rooms know nothing of it. */
  readonly temporal: readonly string[];
  /** True if nothing but what is named here may be imported: no other package and no module of Node. */
  readonly pure?: true;
  /** True if it writes to the terminal. */
  readonly terminal?: true;
}

export const ROOMS: Readonly<Record<string, Room>> = {
  // The pages run in a browser: of ours they know what the server is asked and answers, how masks are decoded, how things are written in
  // fields, and what a maskloop.yaml may say.
  web: {
    rooms: ['contracts', 'api', 'notation'],
    files: ['src/coco/rle.ts', 'src/loop-file/json-schema.ts', 'src/loop-file/parse-loop-file.ts'],
    temporal: [],
  },

  contracts: { rooms: [], temporal: ['common', 'workflow'], pure: true },
  workflows: { rooms: ['contracts'], temporal: ['workflow'], pure: true },

  http: { rooms: ['contracts'], temporal: [] },
  labels: { rooms: ['contracts'], temporal: [], pure: true },
  notation: { rooms: ['contracts'], temporal: [], pure: true },
  coco: { rooms: ['contracts'], temporal: [] },
  storage: { rooms: ['contracts'], temporal: [] },
  cvat: { rooms: ['contracts', 'http'], temporal: [] },
  monai: { rooms: ['contracts', 'http', 'labels'], temporal: [] },
  trainer: { rooms: ['contracts', 'monai'], temporal: [] },
  models: { rooms: ['contracts'], temporal: [] },
  gate: { rooms: ['contracts', 'coco'], temporal: [], pure: true },
  plots: { rooms: [], temporal: [] },
  stopping: { rooms: ['contracts', 'gate', 'receipts', 'storage'], temporal: [] },
  selection: { rooms: ['contracts', 'coco'], temporal: [], pure: true },
  pictures: { rooms: ['contracts', 'selection'], temporal: [] },
  'temporal-binaries': { rooms: ['contracts'], temporal: [] },
  sandbox: { rooms: ['contracts', 'coco'], temporal: [] },

  checks: { rooms: ['contracts', 'cvat', 'labels', 'monai', 'storage'], temporal: [] },

  collect: { rooms: ['contracts', 'coco', 'cvat', 'labels', 'storage'], temporal: [] },

  waiting: { rooms: ['contracts', 'cvat'], temporal: [] },
  notify: { rooms: ['contracts', 'storage'], temporal: [] },

  receipts: { rooms: ['contracts', 'coco', 'collect', 'cvat', 'gate', 'storage'], temporal: [] },
  dataset: { rooms: ['contracts', 'coco', 'collect', 'cvat', 'receipts', 'storage'], temporal: [] },
  jobs: { rooms: ['contracts', 'collect', 'waiting'], temporal: [] },
  holds: { rooms: ['contracts', 'storage'], temporal: [] },
  gallery: { rooms: ['contracts', 'coco', 'collect', 'storage'], temporal: [] },

  activities: {
    rooms: [
      'contracts',
      'coco',
      'collect',
      'cvat',
      'labels',
      'monai',
      'receipts',
      'storage',
      'checks',
      'waiting',
      'trainer',
      'gate',
      'models',
      'stopping',
      'selection',
      'pictures',
      'loop-file',
      'notify',
    ],
    temporal: ['activity', 'common'],
  },

  'loop-file': { rooms: ['contracts', 'notation', 'labels', 'coco', 'gate', 'notify', 'storage'], temporal: [] },

  simulation: {
    rooms: [
      'contracts',
      'notation',
      'coco',
      'dataset',
      'gate',
      'monai',
      'operations',
      'plots',
      'receipts',
      'selection',
      'storage',
      'trainer',
    ],
    temporal: [],
  },

  config: { rooms: ['contracts'], temporal: ['envconfig'] },
  operations: {
    rooms: ['contracts', 'storage', 'config', 'checks', 'holds', 'receipts', 'models'],
    temporal: ['client', 'common', 'common/lib/time.js', 'envconfig'],
  },
  worker: {
    rooms: [
      'contracts',
      'config',
      'operations',
      'activities',
      'cvat',
      'holds',
      'monai',
      'storage',
      'trainer',
      'notify',
    ],
    temporal: ['worker', 'common'],
  },
  api: {
    rooms: ['contracts', 'gallery', 'holds', 'jobs', 'models', 'notify', 'operations', 'receipts', 'storage'],
    temporal: [],
  },
  'api-client': {
    rooms: ['contracts', 'api', 'dataset', 'http', 'notify', 'operations', 'receipts', 'storage'],
    files: ['src/collect/label-folder.ts'],
    temporal: [],
  },
  server: {
    rooms: [
      'contracts',
      'api',
      'operations',
      'config',
      'cvat',
      'gallery',
      'holds',
      'jobs',
      'labels',
      'loop-file',
      'models',
      'notify',
      'receipts',
      'stopping',
      'storage',
    ],
    files: ['src/collect/list-labels.ts'],
    temporal: [],
  },
  inspection: {
    rooms: ['contracts', 'config', 'storage', 'checks', 'holds', 'operations', 'worker', 'notify'],
    temporal: ['client'],
  },
  cli: {
    rooms: [
      'contracts',
      'notation',
      'loop-file',
      'simulation',
      'operations',
      'inspection',
      'coco',
      'storage',
      'temporal-binaries',
      'config',
      'receipts',
      'dataset',
      'models',
      'gate',
      'holds',
      'notify',
    ],
    temporal: [],
    terminal: true,
  },
};

/** The files that read the environment and build dependencies; they may import every room and each other. */
export const COMPOSITION_ROOTS: readonly string[] = [
  'src/worker.ts',
  'src/server.ts',
  'src/cli.ts',
  'src/sandbox.ts',
  'src/simulate.ts',
];
