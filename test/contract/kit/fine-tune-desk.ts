import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../../src/activities/dependencies.ts';
import { iterationId } from '../../../src/contracts/ids.ts';
import { ITERATION_WORKFLOW, type IterationStatus } from '../../../src/contracts/iteration.ts';
import { statusQuery } from '../../../src/contracts/messages.ts';
import { PUBLISH_MODEL_WORKFLOW } from '../../../src/contracts/publish-model.ts';
import type { Receipt } from '../../../src/contracts/receipt.ts';
import { TASK_QUEUES } from '../../../src/contracts/task-queues.ts';
import { createCvat } from '../../../src/cvat/client.ts';
import { readReceipt } from '../../../src/receipts/read-receipt.ts';
import { SANDBOX_ADMIN, startSandboxCvat } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { monaiTrainer } from '../../../src/trainer/monai-trainer.ts';
import type { IterationHandle } from '../../kit/start-iteration.ts';
import { talk } from '../../kit/talk.ts';
import { startRig, type Rig } from '../../kit/temporal/rig.ts';
import type { TestTemporal } from '../../kit/temporal/test-temporal.ts';
import { clearDatastore, openDatastore, untilIdle } from './empty-datastore.ts';
import { fineTuneActivities, type Afterwards } from './fine-tune-activities.ts';
import {
  fineTuneInput,
  frameNames,
  writePictures,
  type FineTuneFiles,
  type IterationWish,
  type WrittenPicture,
} from './fine-tune-files.ts';
import type { FineTunePace, FineTuneServer } from './fine-tune-server.ts';
import { isWorse, openGauge, type Reading } from './gauge.ts';
import { openMonaiDesk, type MonaiDesk } from './monai-desk.ts';
import { ownName } from './names.ts';
import { createTrainingWitness, type TrainingWitness } from './training-witness.ts';

/** What one case works with: a store, a CVAT, a worker, and a datastore without labels. */
export interface FineTunePlace {
  readonly server: FineTuneServer;
  readonly pace: FineTunePace;
  readonly monai: MonaiDesk;
  readonly files: FineTuneFiles;
  readonly witness: TrainingWitness;
  readonly connection: Connection;
  readonly after: Afterwards;
  /** Makes a completed ground truth job over frames of a task, in which nothing is drawn. */
  readonly addGroundTruth: (taskId: number, frames: readonly number[]) => Promise<void>;
}

export interface FineTuneDesk extends FineTunePlace {
  /** Starts an iteration whose people agree with every mask. */
  start(wish: Partial<IterationWish>): Promise<IterationHandle>;
  /** Publishes a model by hand, as `model rollback` (null) and `model promote` do. Returns its checksum. */
  publishByHand(checksum: string | null): Promise<string>;
  /** Waits for a status, up to four minutes. */
  until(handle: IterationHandle, wanted: (status: IterationStatus) => boolean): Promise<IterationStatus>;
  /** Takes the published model away, as on a server that never trained. */
  withoutModel(): Promise<void>;
  receipt(handle: IterationHandle): Promise<Receipt | null>;
  published(): Promise<string | null>;
  gauge(): Promise<Reading>;
  /** Cleans up. What the case did that nothing may ever do; empty if all is well. */
  close(): Promise<readonly string[]>;
}

const PATIENCE_MS = 240_000;
/** Pictures that models are gauged on. */
const GAUGED = 2;

/** Opens a case. @throws Error if the server holds final labels of others, which no iteration would train with */
export async function openFineTuneDesk(
  temporal: TestTemporal,
  server: FineTuneServer,
  pace: FineTunePace,
): Promise<FineTuneDesk> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-fine-tune-'));
  const store = openStore(join(dir, 'store'));
  const monai = await openMonaiDesk(server, pace.writeGapMs);
  const witness = createTrainingWitness(monai.monai, store);
  const cvatServer = await startSandboxCvat({ queuedMs: 5, importMs: 20, createTaskMs: 5, exportMs: 5 });
  const credentials = async () => ({ kind: 'password', ...SANDBOX_ADMIN }) as const;
  const cvat = createCvat({ url: cvatServer.url, organization: null, credentials, pace: { firstGapMs: 10 } });
  const connection: Connection = { cvat, monai: witness.monai, trainer: monaiTrainer(witness.monai) };
  const others = await openDatastore(monai);
  const indices = Object.values(monai.labels);
  const shown = (picture: WrittenPicture): void => witness.shown(picture, indices);
  const pictures = { first: 90_000, names: frameNames(pace.frames / 4) };
  const truth = await writePictures(join(dir, 'truth'), indices.length, pictures, (one) =>
    shown({ ...one, isForbidden: true }),
  );
  const project = ownName('FineTune');
  const files: FineTuneFiles = { frames: pace.frames, store, dir, project, truth, onWritten: shown };
  const addGroundTruth: FineTunePlace['addGroundTruth'] = async (taskId, frames) => {
    const json = { type: 'ground_truth', task_id: taskId, frame_selection_method: 'manual', frames };
    const login = Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64');
    await talk(cvatServer.url, 'POST', '/api/jobs', { json, headers: { authorization: `Basic ${login}` } });
    for (const { id } of await cvat.jobs(taskId, { type: 'ground_truth' }))
      await cvat.updateJob(id, { state: 'completed' });
  };
  const place: FineTunePlace = { server, pace, monai, files, witness, connection, after: {}, addGroundTruth };
  const gauge = await openGauge(monai, GAUGED);
  const before = await gauge.read();
  const trained = server.trainedOn?.().length ?? 0;
  const activities = fineTuneActivities({ ...place, store, client: temporal.env.client });
  const rig = await startRig(temporal, { activities, taskQueue: TASK_QUEUES.iterations });
  return {
    ...place,
    ...acts(place, rig),
    gauge: async () => gauge.read(),
    close: async () => {
      try {
        await rig.finish();
        await untilIdle(monai);
        const after = await gauge.read();
        const worse = isWorse(before, after)
          ? [`a worse model is published: ${JSON.stringify({ before, after })}`]
          : [];
        return [...(await witness.complaints()), ...wronglyRead(place, trained), ...worse];
      } finally {
        await clearDatastore(monai, others);
        await cvatServer.close();
        await rm(dir, { recursive: true, force: true });
      }
    },
  };
}

/** What a case does. */
function acts(
  { monai, files, pace }: FineTunePlace,
  { client, taskQueue }: Rig,
): Pick<FineTuneDesk, 'start' | 'publishByHand' | 'until' | 'withoutModel' | 'receipt' | 'published'> {
  return {
    start: async (wish) => {
      const input = await fineTuneInput(monai, files, { task: ownName('task'), maxEpochs: pace.epochs, ...wish });
      const options = { workflowId: iterationId(input), taskQueue, args: [input] as const };
      return (await client.workflow.start(ITERATION_WORKFLOW, { ...options, args: [input] })) as IterationHandle;
    },
    publishByHand: async (checksum) => {
      const args = [{ connection: 'default', model: monai.model, checksum, by: 'ines' }];
      const options = { workflowId: ownName('publish'), taskQueue, args };
      return ((await client.workflow.execute(PUBLISH_MODEL_WORKFLOW, options)) as { checksum: string }).checksum;
    },
    until: untilStatus,
    withoutModel: async () => {
      await monai.talk('DELETE', `/model/${monai.model}`);
    },
    receipt: async ({ workflowId }) => readReceipt(files.store, workflowId),
    published: async () => (await monai.monai.publishedModel(monai.model))?.checksum ?? null,
  };
}

/** What the trainings since then have really read and should not have. */
function wronglyRead({ server, witness }: FineTunePlace, since: number): readonly string[] {
  const read = (server.trainedOn?.() ?? []).slice(since);
  return read.flatMap(({ run, labels }) => witness.wrongIn(labels).map((what) => `training ${run} read: ${what}`));
}

async function untilStatus(
  handle: IterationHandle,
  wanted: (status: IterationStatus) => boolean,
): Promise<IterationStatus> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const status = await handle.query(statusQuery);
    if (wanted(status)) return status;
    if (performance.now() > deadline) throw new Error(`it never came to that: ${JSON.stringify(status)}`);
    await sleep(50);
  }
}
