import { setTimeout as sleep } from 'node:timers/promises';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import type { GatePolicy } from '../../src/contracts/gate.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { fakeActivities, MEASURES, MODEL_BEFORE } from './fake-activities.ts';
import { turnsAt } from './real-turns.ts';
import { startIteration, type IterationHandle } from './start-iteration.ts';
import { withRig, type Rig } from './temporal/rig.ts';
import type { TestTemporal } from './temporal/test-temporal.ts';

const ADDRESS = 'http://monai.test:8000';

/** The model that is published before anybody trains. */
export const FIRST_MODEL = 'SHA256:first';

/** What the trainings of an iteration publish. */
export function modelOf(id: string): string {
  return `SHA256:${id}`;
}

type Touching = 'submitLabels' | 'measureModel' | 'evaluateModel' | 'promoteModel' | 'putBackModel' | 'recordReceipt';

/** Iterations that share one trainer by real turns: what it publishes, and who did what, in order. */
export interface SharedTrainer {
  readonly rig: Rig;
  /** `what who`, with the end of each activity noted as well: `what who done`. */
  readonly log: readonly string[];
  published(): string;
  /** Lets the training of an iteration end, with a failure if one is given. */
  end(id: string, failure?: Error): void;
  start(policy: GatePolicy): Promise<IterationHandle>;
}

/** Runs a test on such a trainer. Trainings last until they are let go; each activity takes `paceMs`. */
export async function withSharedTrainer(
  temporal: TestTemporal,
  changes: Partial<IterationActivities>,
  body: (shared: SharedTrainer) => Promise<void>,
  paceMs = 30,
): Promise<void> {
  const log: string[] = [];
  const ends = new Map<string, Error | null>();
  let published = FIRST_MODEL;
  const well = fakeActivities().activities;
  const noted = <N extends Touching>(name: N, effect: (args: { id: string; by?: string | null }) => void) =>
    (async (args: never) => {
      const { id } = args as { id: string };
      log.push(`${name} ${id}`);
      await sleep(paceMs);
      const changed = changes[name] as ((args: never) => Promise<never>) | undefined;
      const answer = await (changed ?? (well[name] as (args: never) => Promise<never>))(args);
      effect(args);
      log.push(`${name} ${id} done`);
      return answer;
    }) as unknown as IterationActivities[N];
  const fake = fakeActivities({
    ...changes,
    submitLabels: noted('submitLabels', () => undefined),
    measureModel: async (args) => {
      await noted('measureModel', () => undefined)(args);
      return { ...MODEL_BEFORE, checksum: published };
    },
    watchTraining: async ({ id }) => {
      log.push(`watchTraining ${id}`);
      while (!ends.has(id)) await sleep(20);
      published = modelOf(id);
      const failure = ends.get(id) ?? null;
      if (failure !== null) throw failure;
      return { model: 'segmentation', checksum: modelOf(id), epochs: 1, trainerMetric: null };
    },
    evaluateModel: async (args) => {
      const evaluation = await noted('evaluateModel', () => undefined)(args);
      return { ...evaluation, gate: { ...MEASURES, after: { ...MEASURES.after, checksum: modelOf(args.id) } } };
    },
    promoteModel: noted('promoteModel', ({ id }) => {
      published = modelOf(id);
    }),
    putBackModel: async (args) => {
      const isOurs = published === modelOf(args.id);
      const promotion = await noted('putBackModel', () => undefined)(args);
      if (isOurs) published = args.before.checksum ?? published;
      return { ...promotion, checksum: modelOf(args.id), published };
    },
    recordReceipt: noted('recordReceipt', () => undefined),
  });
  const activities = { ...fake.activities, ...turnsAt(temporal.env.client, ADDRESS) };
  await withRig(temporal, { activities, taskQueue: TASK_QUEUES.iterations }, async (rig) => {
    const start = async (policy: GatePolicy): Promise<IterationHandle> => {
      const gate = { policy, floors: { all: null, classes: {} } };
      return startIteration(rig, { training: { model: 'segmentation', maxEpochs: 1, heldOutFraction: 0.2, gate } });
    };
    const end = (id: string, failure?: Error): void => void ends.set(id, failure ?? null);
    await body({ rig, log, published: () => published, end, start });
  });
}
