import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities, type Activities } from '../../src/activities/create-activities.ts';
import { inThisThread } from '../../src/coco/mask-batches.ts';
import type { ForIteration, IterationInput } from '../../src/contracts/iteration.ts';
import { iterationId } from '../../src/contracts/ids.ts';
import type { DatasetRef, GuardRef, ImportRef, TaskRef } from '../../src/contracts/refs.ts';
import { createCvat } from '../../src/cvat/client.ts';
import type { Cvat, Job } from '../../src/cvat/cvat.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { startFaults, type Faults } from '../../src/sandbox/faults/start-faults.ts';
import { createRequestLog } from '../../src/sandbox/request-log.ts';
import { writeScenes } from '../../src/sandbox/scenes/write-scenes.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { quietEnvironment } from './activity-site.ts';
import { disturbedBeforeImport } from './before-import.ts';
import { convertAll } from './convert-all.ts';
import { iterationInput } from './iteration-input.ts';
import { openPeople, type People } from './people.ts';

/** What a test changes of the client and the store that the activities work with; empty by default. */
export interface Meddling {
  /** Called between an upload and the last look before its import. */
  beforeLastLook?: () => Promise<void>;
  cvat?: (cvat: Cvat) => Partial<Cvat>;
  store?: (store: ArtifactStore) => Partial<ArtifactStore>;
}

/** A task with what is needed to import into it. */
export interface Scene {
  readonly id: string;
  readonly input: IterationInput;
  readonly task: TaskRef;
  readonly dataset: DatasetRef;
  /** Annotation jobs, oldest first. */
  readonly jobs: readonly Job[];
}

/** A CVAT, a store and activities that work on many tasks, with people who work there as well. */
export interface GuardPlace {
  readonly faults: Faults;
  /** Reaches CVAT directly. */
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly dir: string;
  readonly people: People;
  /** Taken back by {@link calm}. */
  meddling: Meddling;
  /** A task of its own with four frames in two jobs. */
  scene(changes?: Partial<IterationInput>): Promise<Scene>;
  /** Another dataset for the same frames. */
  otherDataset(scene: Scene): Promise<DatasetRef>;
  run<N extends keyof Activities>(
    name: N,
    args: Parameters<Activities[N]>[0],
    env?: MockActivityEnvironment,
  ): ReturnType<Activities[N]>;
  guard(scene: Scene): Promise<GuardRef>;
  send(scene: Scene, guard: GuardRef, env?: MockActivityEnvironment): Promise<ImportRef>;
  /** Guards, imports and verifies. */
  import(scene: Scene): Promise<ImportRef>;
  /** Number of imports that CVAT accepted for a task. */
  finishes(taskId: number): number;
  /** Undoes what the last test has meddled with. */
  calm(): Promise<void>;
  close(): Promise<void>;
}

/** The same on a stand-in, whose inside a test may reach into. */
export interface GuardSite extends GuardPlace {
  readonly sandbox: SandboxCvat;
}

/** A CVAT that a place is opened on. */
export interface GuardedCvat {
  readonly url: string;
  /** A client that reaches it at an address, which may be that of a layer before it. */
  readonly reach: (url: string) => Cvat;
  readonly people: People;
  /** Name of the project that the tasks are made in. */
  readonly project: string;
  /** Number of imports that CVAT accepted for a task; those that passed the layer of faults if left out. */
  readonly finishes?: (taskId: number) => number;
}

const PACE = { firstGapMs: 10 };

/** Opens a site on a version of CVAT. */
export async function openGuardSite(version: '2.54.1' | '2.73.0'): Promise<GuardSite> {
  const log = createRequestLog();
  const sandbox = await startSandboxCvat({ log, version, queuedMs: 5, importMs: 20, createTaskMs: 5 });
  const credentials = async () => ({ kind: 'password', ...SANDBOX_ADMIN }) as const;
  const place = await openGuardPlace({
    url: sandbox.url,
    reach: (url) => createCvat({ url, publicUrl: sandbox.url, credentials, pace: PACE }),
    people: openPeople(sandbox),
    project: 'Guarded',
    finishes: (taskId) =>
      log.count({
        method: 'POST',
        path: new RegExp(`/tasks/${taskId}/annotations$`),
        uploadPhase: 'finish',
        status: 202,
      }),
  });
  const closePlace = place.close;
  // The activities look at the meddling of the place itself.
  return Object.assign(place, {
    sandbox,
    close: async () => {
      await closePlace();
      await sandbox.close();
    },
  });
}

/** Opens a place on any CVAT. */
export async function openGuardPlace({ url, reach, people, project, finishes }: GuardedCvat): Promise<GuardPlace> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-guard-'));
  const scenes = writeScenes(join(dir, 'frames'), { seed: 5, frames: 4, width: 64, height: 48 });
  const others = writeScenes(join(dir, 'others'), { seed: 6, frames: 4, width: 64, height: 48 });
  const faults = await startFaults({ target: url });
  const cvat = reach(url);
  const throughFaults = reach(faults.url);
  const store = createFolderStore(join(dir, 'store'));
  const site: Pick<GuardPlace, 'meddling'> = { meddling: {} };
  const meddled = (): Cvat => ({
    ...disturbedBeforeImport(throughFaults, async () => site.meddling.beforeLastLook?.()),
    ...site.meddling.cvat?.(throughFaults),
  });
  const dependencies = {
    connect: () => ({ cvat: meddled(), monai: null, trainer: null }),
    masks: inThisThread,
    installation: null,
    version: '0.0.0-test',
  };
  const run: GuardPlace['run'] = (name, args, env = quietEnvironment()) => {
    const activities = createActivities({ ...dependencies, store: { ...store, ...site.meddling.store?.(store) } });
    const activity = activities[name] as unknown as (all: unknown) => ReturnType<Activities[typeof name]>;
    return env.run<[unknown], unknown, typeof activity>(activity, args) as ReturnType<typeof activity>;
  };
  const categories = await store.put(await readFile(scenes.categoriesFile));
  const images = await describeFolder(scenes.imagesDir);
  const [masks, otherMasks] = [await describeFolder(scenes.masksDir), await describeFolder(others.masksDir)];
  let made = 0;
  // Tasks differ in their names alone.
  let dataset: DatasetRef | undefined;
  let other: DatasetRef | undefined;
  const convert = (iteration: ForIteration): Promise<DatasetRef> =>
    convertAll(
      {
        planConversion: async (args) => run('planConversion', args),
        convertShard: async (args) => run('convertShard', args),
        assembleDataset: async (args) => run('assembleDataset', args),
      },
      iteration,
    );
  const guard: GuardPlace['guard'] = async (scene) => run('guardTask', scene);
  const send: GuardPlace['send'] = async (scene, noted, env) =>
    run('importPreannotations', { ...scene, guard: noted }, env);
  return Object.assign(site, {
    faults,
    cvat,
    store,
    dir,
    people,
    run,
    guard,
    send,
    async scene(changes: Partial<IterationInput> = {}) {
      made += 1;
      const common = { project, task: `Task ${made}`, createProject: true, segmentSize: 2, training: null };
      const input = iterationInput({ ...common, masks, images, categories, ...changes });
      const id = iterationId(input);
      const task = await run('ensureTask', { id, input });
      dataset ??= await convert({ id, input });
      return { id, input, task, dataset, jobs: await cvat.jobs(task.taskId, { type: 'annotation' }) };
    },
    otherDataset: async ({ id, input }: Scene) =>
      (other ??= await convert({ id, input: { ...input, masks: otherMasks } })),
    async import(scene: Scene) {
      const imported = await send(scene, await guard(scene));
      return run('verifyImport', { ...scene, imported });
    },
    finishes: finishes ?? ((taskId: number) => finishesIn(faults, taskId)),
    async calm() {
      site.meddling = {};
      await faults.clear();
    },
    async close() {
      await faults.close();
      await rm(dir, { recursive: true, force: true });
    },
  });
}

/** Requests for an import that went on to CVAT. */
function finishesIn({ log }: Faults, taskId: number): number {
  const path = new RegExp(`/tasks/${taskId}/annotations\\?.*filename=`);
  const passed = log.filter(
    ({ method, target, fault }) => method === 'POST' && path.test(target) && fault !== 'reset-before',
  );
  return passed.length;
}
