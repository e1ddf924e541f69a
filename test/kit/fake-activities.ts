import { Context } from '@temporalio/activity';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import type { ComparisonRef } from '../../src/contracts/comparison.ts';
import type { ModelBeforeRef, PromotionRef } from '../../src/contracts/gate.ts';
import type { OriginsRef } from '../../src/contracts/origins.ts';
import type { PlanRef } from '../../src/contracts/conversion-plan.ts';
import type { DatasetRef, LabelsRef, TaskRef } from '../../src/contracts/refs.ts';
import { turnSignal, type TurnActivities } from '../../src/contracts/training-turns.ts';
import type { TrainingSetRef } from '../../src/contracts/training-set.ts';
import type { SealRef } from '../../src/contracts/seal.ts';
import type { EvaluationRef } from '../../src/contracts/training.ts';
import { ARTIFACT, LABEL_TABLE, PREDICTIONS } from './fake-refs.ts';

export { ARTIFACT } from './fake-refs.ts';

/** Three masks in two shards. */
export const PLAN: PlanRef = { plan: ARTIFACT, shards: 2, masks: 3 };

export const DATASET: DatasetRef = {
  document: ARTIFACT,
  preannotations: ARTIFACT,
  images: 3,
  annotations: 4,
  skippedPixels: {},
  dropped: { components: 0, pixels: 0 },
};

export const TASK: TaskRef = {
  projectId: 1,
  taskId: 7,
  url: 'http://cvat.test/tasks/7',
  created: true,
  frames: 3,
  jobs: 2,
  cvatVersion: '2.73.0',
};

export const LABELS: LabelsRef = {
  manifest: ARTIFACT,
  frames: 3,
  labelledFrames: 3,
  shapes: 4,
  tags: 0,
  sealedAt: '2026-01-01T00:00:00.000Z',
};

export const SEAL: SealRef = {
  artifact: ARTIFACT,
  jobs: 2,
  frames: 3,
  deletedFrames: 0,
  unfinishedFrames: 0,
  shapes: 4,
  tracks: 0,
  tags: 0,
  lastEditAt: '2026-01-01T00:00:00.000Z',
  sealedAt: '2026-01-01T00:01:00.000Z',
};

export const TRAINING_SET: TrainingSetRef = {
  name: 'training-sets/monai-label-aa/00000001',
  document: ARTIFACT,
  version: 1,
  own: 2,
  earlier: 0,
  approved: 0,
  checkedAt: '2026-01-01T00:02:00.000Z',
};

const CORRECTIONS = {
  frames: 3,
  untouchedFrames: 2,
  changedPixels: 10,
  unionPixels: 200,
  shapes: { untouched: 3, edited: 1, relabelled: 0, added: 0, removed: 0 },
};

export const COMPARISON: ComparisonRef = {
  manifest: ARTIFACT,
  ...CORRECTIONS,
  notCompared: { deleted: 0, unfinished: 0, 'not imported': 0, 'no pre-annotations': 0 },
  meanIou: 0.95,
  meanDice: 0.97,
  classes: {
    first: [
      {
        category: 1,
        name: 'instrument',
        pixels: { both: 190, before: 195, after: 195 },
        shapes: CORRECTIONS.shapes,
      },
    ],
    total: 1,
  },
  jobs: { first: [{ job: 5, ...CORRECTIONS }], total: 1 },
  people: { first: [{ person: 'anna', ...CORRECTIONS }], total: 1 },
  worstFrames: [{ name: 'f1.png', frame: 1, changedPixels: 10, unionPixels: 70 }],
};

const COUNTS = { auto: 2, file: 1, semiAuto: 1, manual: 3, other: 0 };

export const ORIGINS: OriginsRef = {
  manifest: ARTIFACT,
  frames: 3,
  shapes: COUNTS,
  asImported: { total: 1, first: [[0, 0]] },
  touched: { total: 2, first: [[1, 2]] },
  classes: { first: [{ name: 'instrument', shapes: COUNTS }], total: 1 },
  jobs: { first: [{ job: 5, frames: 3, shapes: COUNTS }], total: 1 },
  people: { first: [{ person: 'anna', frames: 3, shapes: COUNTS }], total: 1 },
};

type All = IterationActivities & Pick<TurnActivities, 'checkTrainingWindow' | 'requestTurn'>;

export const MODEL_BEFORE: ModelBeforeRef = {
  model: 'segmentation',
  checksum: 'SHA256:bb',
  file: ARTIFACT,
  manifest: ARTIFACT,
  heldOut: ARTIFACT,
  frames: 1,
};

/** A new model that is better. */
export const MEASURES: NonNullable<EvaluationRef['gate']> = {
  before: { checksum: 'SHA256:bb', dice: 0.8, iou: 0.7 },
  after: { checksum: 'SHA256:cc', dice: 0.9, iou: 0.8 },
  difference: 0.1,
  interval: { low: 0.05, high: 0.15, draws: 2000, lossShare: 0 },
  groups: 2,
  classes: {
    first: [{ name: 'instrument', before: { dice: 0.8, iou: 0.7 }, after: { dice: 0.9, iou: 0.8 }, floor: null }],
    total: 1,
  },
  verdict: 'better',
  reasons: ['mean Dice +0.1000 on the held-out frames'],
};

const PROMOTION: PromotionRef = {
  policy: 'if-better',
  verdict: 'better',
  reasons: MEASURES.reasons,
  outcome: 'promoted',
  checksum: 'SHA256:cc',
  published: 'SHA256:cc',
  by: null,
  at: '2026-01-01T00:00:00.000Z',
};

/** What every activity answers when all goes well. */
const WELL: All = {
  predictMasks: async () => PREDICTIONS,
  planConversion: async () => PLAN,
  convertShard: async ({ index }) => ({ masks: index === 1 ? 1 : 2, annotations: 2, found: false }),
  assembleDataset: async () => DATASET,
  checkModel: async () => ({ checked: true }),
  awaitLogin: async () => undefined,
  ensureTask: async () => TASK,
  readProjectCategories: async () => ({ categories: ARTIFACT, rows: [{ value: 1, name: 'instrument' }], classes: 1 }),
  matchLabels: async () => LABEL_TABLE,
  findPeople: async ({ input }) => input.people.map((username, index) => ({ id: index + 1, username })),
  assignJobs: async ({ people }) => ({
    people: people.map(({ username }) => ({ username, jobs: 1, frames: 2 })),
    others: 0,
  }),
  guardTask: async () => ({ holds: 'nothing', previousImport: null, leftOut: { frames: 0, shapes: 0 } }),
  importPreannotations: async () => ({ shapes: 4, sha256: 'bb', adopted: false }),
  verifyImport: async ({ imported }) => imported,
  checkCompletion: async () => ({ jobs: 2, completedAt: '2026-01-01T00:00:00.000Z' }),
  awaitQuiet: async () => ({ lastEditAt: SEAL.lastEditAt }),
  sealLabels: async () => SEAL,
  planHandOver: async () => ({ handOvers: [], review: { annotators: {}, reviewers: {}, picked: null } }),
  handOver: async ({ plan }) => ({ done: plan.handOvers.map(({ job }) => job), left: [] }),
  reassignJobs: async () => ({ jobs: [1] }),
  shareOpenJobs: async () => ({ jobs: 1, frames: 3, others: 0 }),
  exportLabels: async () => LABELS,
  countOrigins: async () => ORIGINS,
  compareLabels: async () => COMPARISON,
  checkSeal: async () => ({ checkedAt: SEAL.sealedAt, edits: 0, first: [], list: null, unchecked: null }),
  submitCorrections: async () => ({
    looked: 0,
    amendments: { count: 0, first: [], list: null },
    left: { count: 0, first: [] },
  }),
  submitLabels: async () => ({ manifest: ARTIFACT, training: 2, heldOut: 1 }),
  checkTrainingSet: async () => TRAINING_SET,
  startTraining: async ({ tryNumber }) => ({
    model: 'segmentation',
    taskId: `training-${tryNumber}`,
    runName: `run-${tryNumber}`,
    tryNumber,
    submittedAt: '2026-01-01T00:00:00.000Z',
    previousRunStart: null,
    joined: false,
  }),
  watchTraining: async () => ({ model: 'segmentation', checksum: 'SHA256:cc', epochs: 3, trainerMetric: null }),
  probeTrainer: async () => undefined,
  stopTraining: async () => undefined,
  checkTrainingWindow: async () => ({ opensAt: null }),
  // Nobody else wants to train.
  requestTurn: async ({ id, firstRunId }) => {
    await Context.current().client.workflow.getHandle(id).signal(turnSignal, { turns: 'turns', firstRunId });
    return { turns: 'turns' };
  },
  measureModel: async () => MODEL_BEFORE,
  promoteModel: async ({ model, by }) => ({ ...PROMOTION, checksum: model.checksum, published: model.checksum, by }),
  putBackModel: async ({ before, by }) => ({ ...PROMOTION, outcome: 'put back', published: before.checksum, by }),
  evaluateModel: async () => ({
    manifest: ARTIFACT,
    frames: 1,
    meanDice: 0.9,
    perClass: { instrument: 0.9 },
    gate: MEASURES,
  }),
  recordReceipt: async () => ({ receipt: ARTIFACT }),
};

type Name = keyof All;

export interface FakeActivities {
  readonly activities: All;
  /** Names of the activities in the order of their calls, retries included. */
  readonly calls: readonly Name[];
  count(name: Name): number;
}

/** Activities that succeed, except for those that a test gives; every call is recorded. */
export function fakeActivities(changes: Partial<All> = {}): FakeActivities {
  const calls: Name[] = [];
  const all: All = { ...WELL, ...changes };
  const recorded = <N extends Name>(name: N): All[N] => {
    const call = all[name] as (args: never) => Promise<never>;
    const wrapped = async (args: never): Promise<never> => {
      calls.push(name);
      return call(args);
    };
    return wrapped;
  };
  const activities = Object.fromEntries(Object.keys(all).map((name) => [name, recorded(name as Name)]));
  return {
    activities: activities as unknown as All,
    calls,
    count: (name) => calls.filter((call) => call === name).length,
  };
}
