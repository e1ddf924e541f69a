import { DEFAULT_RULES } from '../../src/contracts/conversion.ts';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../src/activities/create-activities.ts';
import { inThisThread, type MaskBatches } from '../../src/coco/mask-batches.ts';
import { writeMask } from '../../src/coco/write-mask.ts';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { DatasetRef } from '../../src/contracts/refs.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { quietEnvironment } from './activity-site.ts';
import { convertAll } from './convert-all.ts';
import { iterationInput } from './iteration-input.ts';

export const CATEGORIES = [
  { id: 1, name: 'needle' },
  { id: 2, name: 'thread' },
];

/** The activities of the step convert over masks and a store of their own; there are no servers. */
export interface ConversionSite {
  readonly masksDir: string;
  readonly storeDir: string;
  readonly store: ArtifactStore;
  /** Names of the masks that were converted, in this order. */
  readonly converted: string[];
  /** The input that names the masks as they are now. */
  input(changes?: Partial<IterationInput['conversion']>): Promise<IterationInput>;
  /** Writes or replaces a mask; another seed gives other content. */
  writeMask(name: string, seed: number): Promise<void>;
  run<N extends 'planConversion' | 'convertShard' | 'assembleDataset'>(
    name: N,
    args: Omit<Parameters<IterationActivities[N]>[0], 'id'>,
    env?: MockActivityEnvironment,
  ): ReturnType<IterationActivities[N]>;
  /** Plans, converts and assembles. */
  convert(input: IterationInput): Promise<DatasetRef>;
  close(): Promise<void>;
}

/**
 * Makes a site with eight masks, `frame_0.png` to `frame_7.png`.
 *
 * @param around what is between the activities and the store
 */
export async function openConversionSite(
  around: (store: ArtifactStore) => ArtifactStore = (store) => store,
): Promise<ConversionSite> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-conversion-'));
  const [masksDir, storeDir] = [join(dir, 'masks'), join(dir, 'store')];
  const store = createFolderStore(storeDir);
  const converted: string[] = [];
  const masks: MaskBatches = {
    async *convert(all, reading, signal) {
      const files = [...all];
      let at = 0;
      for await (const batch of inThisThread.convert(files, reading, signal)) {
        for (const _ of batch) converted.push(basename(files[at++]?.path ?? ''));
        yield batch;
      }
    },
  };
  const connect = (): never => {
    throw new Error('no server is needed');
  };
  const activities = createActivities({
    connect,
    store: around(store),
    installation: null,
    masks,
    version: '0.0.0-test',
  });
  const id = 'SurgVU/Iteration_1';
  const run: ConversionSite['run'] = (name, args, env = quietEnvironment()) => {
    const activity = activities[name] as (all: unknown) => ReturnType<IterationActivities[typeof name]>;
    return env.run<[unknown], unknown, typeof activity>(activity, { id, ...args }) as ReturnType<typeof activity>;
  };
  const write = async (name: string, seed: number): Promise<void> => {
    const values = Uint8Array.from({ length: 20 * 10 }, (_, at) => Math.floor((at * (seed + 2)) / 17) % 3);
    await mkdir(dirname(join(masksDir, name)), { recursive: true });
    await writeFile(join(masksDir, name), writeMask({ width: 20, height: 10, values }));
  };
  for (let index = 0; index < 8; index += 1) await write(`frame_${index}.png`, index);
  return {
    masksDir,
    storeDir,
    store,
    converted,
    input: async (changes = {}) =>
      iterationInput({
        masks: await describeFolder(masksDir),
        categories: await store.put(Buffer.from(JSON.stringify(CATEGORIES))),
        conversion: { rules: DEFAULT_RULES, shardSize: 3, ...changes },
      }),
    writeMask: write,
    run,
    convert: async (input) =>
      convertAll(
        {
          planConversion: async (args) => run('planConversion', args),
          convertShard: async (args) => run('convertShard', args),
          assembleDataset: async (args) => run('assembleDataset', args),
        },
        { id, input },
      ),
    close: async () => rm(dir, { recursive: true, force: true }),
  };
}
