import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createActivities, type Activities } from '../../src/activities/create-activities.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { DatasetRef, FolderRef, GuardRef, TaskRef } from '../../src/contracts/refs.ts';
import type { Cvat } from '../../src/cvat/cvat.ts';
import { inThisThread } from '../../src/coco/mask-batches.ts';
import { createCvat } from '../../src/cvat/client.ts';
import { createMonaiLabel } from '../../src/monai/client.ts';
import type { MonaiLabel } from '../../src/monai/monai.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import {
  SANDBOX_ADMIN,
  startSandboxCvat,
  type SandboxCvat,
  type SandboxCvatOptions,
} from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import type { SandboxMonaiOptions } from '../../src/sandbox/monai/options.ts';
import { SANDBOX_MODEL, startSandboxMonai, type SandboxMonai } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { createRequestLog, type RequestLog } from '../../src/sandbox/request-log.ts';
import type { PostOffice } from '../../src/notify/post-office.ts';
import { writeScenes, type WrittenScenes } from '../../src/sandbox/scenes/write-scenes.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { putFolder } from '../../src/storage/put-folder.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { disturbedBeforeImport } from './before-import.ts';
import { convertAll } from './convert-all.ts';
import { iterationInput } from './iteration-input.ts';

const ID = 'SurgVU/Iteration_1';

/** Stand-ins in this process, a store, and the activities over them. */
export interface ActivitySite {
  readonly id: string;
  readonly input: IterationInput;
  readonly store: ArtifactStore;
  readonly scenes: WrittenScenes;
  readonly sandbox: SandboxCvat;
  readonly sandboxMonai: SandboxMonai;
  readonly cvat: Cvat;
  readonly monai: MonaiLabel;
  readonly log: RequestLog;
  /** As a worker registers them. */
  readonly activities: Activities;
  /** Runs one activity as a worker would, in an environment that can be cancelled. */
  run<N extends keyof Activities>(
    name: N,
    args: Omit<Parameters<Activities[N]>[0], 'id' | 'input'> & {
      readonly id?: string;
      readonly input?: IterationInput;
    },
    env?: MockActivityEnvironment,
  ): ReturnType<Activities[N]>;
  /** Runs the activities of the step convert. */
  convert(changes?: Partial<IterationInput>): Promise<DatasetRef>;
  /** Ends the stand-ins; the store and the frames stay. */
  closeServers(): Promise<void>;
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly frames?: number;
  /** The release of CVAT to play. */
  readonly version?: '2.54.1' | '2.73.0';
  /** What somebody else does between the upload of an import and the last look at the task. */
  readonly beforeLastLook?: () => Promise<void>;
  /** What the stand-in of CVAT is to be like. */
  readonly sandbox?: SandboxCvatOptions;
  /** What the stand-in of MONAI Label is to be like. */
  readonly sandboxMonai?: SandboxMonaiOptions;
  /** Address by which the activities reach CVAT, from the stand-in's own. */
  readonly through?: (url: string) => Promise<string>;
  /** In which they work; made before. */
  readonly organization?: string;
  /** Puts images and masks into the store, and removes their folders. */
  readonly inStore?: boolean;
  /** Which iterations without a receipt still run; all if left out. */
  readonly isRunning?: (id: string) => Promise<boolean>;
  /** Takes what people are told, over the site's store; nobody is told of anything if left out. */
  readonly office?: (store: ArtifactStore) => PostOffice;
}

/** How long the work of CVAT's workers takes. */
const QUICK = { queuedMs: 5, importMs: 20, createTaskMs: 5, exportMs: 5 };
const PACE = { firstGapMs: 10 };

/** The surroundings of an activity in a workflow's run of its own. */
export function ofOwnRun(): { readonly workflowExecution: { readonly workflowId: string; readonly runId: string } } {
  return { workflowExecution: { workflowId: 'test', runId: randomUUID() } };
}

/** An environment in which failures that a test wants are not logged. */
export function quietEnvironment(): MockActivityEnvironment {
  return new MockActivityEnvironment(ofOwnRun(), { logger: new DefaultLogger('ERROR') });
}

/** Makes a site with generated frames and a login of its own. */
export async function openActivitySite(options: SiteOptions = {}): Promise<ActivitySite> {
  const { frames = 4, version = '2.73.0', beforeLastLook = async () => undefined } = options;
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-activity-'));
  const scenes = writeScenes(join(dir, 'frames'), { seed: 5, frames, width: 64, height: 48 });
  const log = createRequestLog();
  const sandbox = await startSandboxCvat({ log, version, ...QUICK, ...options.sandbox });
  const server = await startSandboxMonai({ log, epochMs: 50, ...options.sandboxMonai });
  const store = createFolderStore(join(dir, 'store'));
  const credentials = async () => ({ kind: 'password', ...SANDBOX_ADMIN }) as const;
  const cvat = createCvat({ url: sandbox.url, organization: options.organization ?? null, credentials, pace: PACE });
  const url = (await options.through?.(sandbox.url)) ?? sandbox.url;
  const working = createCvat({ url, organization: options.organization ?? null, credentials, pace: PACE });
  const monai = createMonaiLabel({ url: server.url, writeGapMs: 0 });
  const activities = createActivities({
    connect: () => ({ cvat: disturbedBeforeImport(working, beforeLastLook), monai, trainer: monaiTrainer(monai) }),
    store,
    ...(options.office === undefined ? {} : { office: options.office(store) }),
    ...(options.isRunning === undefined ? {} : { isRunning: options.isRunning }),
    masks: inThisThread,
    installation: null,
    version: '0.0.0-test',
  });
  const place = async (folder: string): Promise<FolderRef> => {
    if (options.inStore !== true) return describeFolder(folder);
    const put = await putFolder(store, folder);
    await rm(folder, { recursive: true });
    return put.folder;
  };
  const input = iterationInput({
    createProject: true,
    masks: await place(scenes.masksDir),
    images: await place(scenes.imagesDir),
    categories: await store.put(await readFile(scenes.categoriesFile)),
    segmentSize: 2,
    training: { model: SANDBOX_MODEL, maxEpochs: 3, heldOutFraction: 0.05 },
  });
  const run: ActivitySite['run'] = (name, args, env = quietEnvironment()) => {
    const activity = activities[name] as unknown as (all: unknown) => ReturnType<Activities[typeof name]>;
    return env.run<[unknown], unknown, typeof activity>(activity, { id: ID, input, ...args }) as ReturnType<
      typeof activity
    >;
  };
  let open = true;
  const closeServers = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await sandbox.close();
    await server.close();
  };
  return {
    id: ID,
    input,
    store,
    scenes,
    sandbox,
    sandboxMonai: server,
    cvat,
    monai,
    log,
    activities,
    run,
    convert: async (changes = {}) =>
      convertAll(
        {
          planConversion: async (args) => run('planConversion', args),
          convertShard: async (args) => run('convertShard', args),
          assembleDataset: async (args) => run('assembleDataset', args),
        },
        { id: ID, input: { ...input, ...changes } },
      ),
    closeServers,
    close: async () => {
      await closeServers();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Converts the masks, makes the task and guards it: all that comes before an import. */
export async function prepareImport(
  site: ActivitySite,
): Promise<{ readonly dataset: DatasetRef; readonly task: TaskRef; readonly guard: GuardRef }> {
  const dataset = await site.convert();
  const task = await site.run('ensureTask', {});
  return { dataset, task, guard: await site.run('guardTask', { dataset, task }) };
}
