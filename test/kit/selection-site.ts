import { noteEvent } from '../../src/activities/gate/site-register.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MockActivityEnvironment } from '@temporalio/testing';
import type { SelectionPolicy } from '../../src/activities/selection/policy-document.ts';
import type { ForLoop } from '../../src/contracts/loop-activities.ts';
import type { SampleList, SelectionOptions, SelectionRef } from '../../src/contracts/selection.ts';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { generateScenes } from '../../src/sandbox/scenes/generate-scenes.ts';
import { openActivitySite, type ActivitySite, type SiteOptions } from './activity-site.ts';

/** Images by their path in the pool. */
export type PoolFiles = Readonly<Record<string, Uint8Array>>;

/** A folder of images to choose from, and the activity that chooses. */
export interface SelectionSite extends ActivitySite {
  readonly folder: string;
  /** Writes images into the pool, in this order. */
  add(files: PoolFiles): Promise<void>;
  /** What is chosen for a number by a policy. */
  select(number: number, changes?: PolicyChanges, env?: MockActivityEnvironment): Promise<SelectionRef>;
  /** The same as the list that is kept. */
  list(number: number, changes?: PolicyChanges): Promise<SampleList>;
  /** The arguments of the activity. */
  argsFor(number: number, changes?: PolicyChanges): Promise<ForLoop>;
}

export interface PolicyChanges extends Partial<Omit<SelectionPolicy, 'selection' | 'iteration'>> {
  readonly selection?: Partial<SelectionOptions>;
  readonly training?: Partial<SelectionPolicy['iteration']['training']>;
}

/** Chooses where models are unsure. */
export const UNCERTAIN: PolicyChanges = { selection: { mixture: [{ strategy: 'uncertainty', share: 1 }] } };

/** Generated frames as videos: `video_1/frame_000000.png` and on. @param lengths of the videos */
export function videoFiles(lengths: readonly number[], seed = 3): PoolFiles {
  const frames = lengths.reduce((sum, length) => sum + length, 0);
  const images = [...generateScenes({ seed, frames, width: 48, height: 32 })].map(({ image }) => image);
  const names = lengths.flatMap((length, video) =>
    Array.from({ length }, (_, at) => `video_${video + 1}/frame_${String(at).padStart(6, '0')}.png`),
  );
  return Object.fromEntries(names.map((name, at) => [name, images[at] ?? new Uint8Array()]));
}

const LOOP = { name: 'nightly', connection: 'default', project: 'SurgVU' };

/** Makes a site whose pool is an empty folder. */
export async function openSelectionSite(options: SiteOptions = {}): Promise<SelectionSite> {
  const site = await openActivitySite({ frames: 1, sandboxMonai: { watcherLimit: null }, ...options });
  const folder = await mkdtemp(join(tmpdir(), 'maskloop-pool-'));
  const argsFor: SelectionSite['argsFor'] = async (number, { selection, training, ...changes } = {}) => {
    const policy = {
      schema: 'maskloop.loop/1',
      ...LOOP,
      taskName: 'Iteration_{n}',
      pool: { kind: 'folder', uri: pathToFileURL(folder).href },
      batchSize: 3,
      heldOutTask: null,
      minNewFrames: 1,
      ...changes,
      selection: {
        mixture: [{ strategy: 'random', share: 1 }],
        seed: 'one',
        uncertainty: 'auto',
        candidates: 100,
        thinning: 0,
        ...selection,
      },
      iteration: { training: { model: SANDBOX_MODEL, group: 'folder', ...training } },
    };
    const ref = await site.store.put(Buffer.from(JSON.stringify(policy)));
    return { loop: { ...LOOP, policy: ref }, policy: ref, number };
  };
  const select: SelectionSite['select'] = async (number, changes, env) =>
    site.run('selectSamples', { ...(await argsFor(number, changes)) }, env);
  return {
    ...site,
    folder,
    argsFor,
    select,
    list: async (number, changes) => {
      const { list } = await select(number, changes);
      return JSON.parse(Buffer.from(await site.store.get(list)).toString('utf8')) as SampleList;
    },
    add: async (files) => {
      for (const [name, bytes] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), bytes);
      }
    },
    close: async () => {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Names of the frames of a list. */
export function namesOf({ samples }: SampleList): readonly string[] {
  return samples.map(({ name }) => name);
}

/** Says in the register that this model is published. */
export async function promoteModel({ store, monai }: SelectionSite, checksum: string): Promise<void> {
  const file = await store.put(await monai.downloadModel(SANDBOX_MODEL));
  const { signal } = new AbortController();
  const place = { trainer: monaiTrainer(monai), store, connection: 'default', model: SANDBOX_MODEL, signal };
  const event = { event: 'promoted', checksum, file, current: checksum, iteration: null } as const;
  const rest = { metrics: null, reasons: [], by: 'somebody', at: new Date().toISOString(), key: checksum };
  await noteEvent(place, { ...event, ...rest });
}
