import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chooseSamples } from '../../src/activities/selection/choose-samples.ts';
import type { ActivityDependencies, Connection } from '../../src/activities/dependencies.ts';
import type { Strategy, UncertaintySource } from '../../src/contracts/selection.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import { noteEvent } from '../../src/activities/gate/site-register.ts';
import type { Cvat } from '../../src/cvat/cvat.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import type { Trainer } from '../../src/trainer/trainer.ts';
import { checksumOf, classifierTrainer, newClassifier, trained } from './classifier-trainer.ts';
import { makePool, type MadeFrame } from './make-pool.ts';

const MODEL = 'segmentation';

/** How large the pools are. */
export interface BenchSize {
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  /** Frames that the first and the second model are trained on. */
  readonly trainedOn: readonly [number, number];
  /** Frames that are chosen. */
  readonly batch: number;
  /** Whether to choose by mirror images as well, which takes three predictions a frame. */
  readonly flips: boolean;
}

/** Hard frames among those that were chosen from one pool. */
export interface HardFrames {
  readonly seed: number;
  readonly pool: { readonly frames: number; readonly hard: number };
  readonly random: number;
  /** By the disagreement of two models, which is what a loop has from its third iteration on. */
  readonly uncertainty: number;
  /** By mirror images; null where that was not asked for. */
  readonly flips: number | null;
}

/** Says in the register that this model is published. */
async function promote(store: ArtifactStore, trainer: Trainer, checksum: string): Promise<void> {
  const file: ArtifactRef = await store.put(Buffer.from(checksum));
  const { signal } = new AbortController();
  const event = { event: 'promoted', checksum, file, current: checksum, iteration: null, metrics: null } as const;
  const rest = { reasons: [], by: 'bench', at: new Date().toISOString(), key: checksum };
  await noteEvent({ trainer, store, connection: 'default', model: MODEL, signal }, { ...event, ...rest });
}

/** A policy of a loop over a folder. */
async function policyFor(
  store: ArtifactStore,
  {
    folder,
    seed,
    size,
    strategy,
    uncertainty,
  }: {
    readonly folder: string;
    readonly seed: number;
    readonly size: BenchSize;
    readonly strategy: Strategy;
    readonly uncertainty: UncertaintySource;
  },
): Promise<ArtifactRef> {
  const policy = {
    schema: 'maskloop.loop/1',
    name: 'bench',
    connection: 'default',
    project: 'bench',
    taskName: 'Iteration_{n}',
    pool: { kind: 'folder', uri: pathToFileURL(folder).href },
    batchSize: size.batch,
    selection: {
      mixture: [{ strategy, share: 1 }],
      seed: `${seed}`,
      uncertainty,
      candidates: size.frames,
      thinning: 0,
    },
    heldOutTask: null,
    minNewFrames: 1,
    iteration: { training: { model: MODEL } },
  };
  return store.put(Buffer.from(JSON.stringify(policy)));
}

/** What a method does that nobody should need. */
function refuse(name: PropertyKey): () => Promise<never> {
  return async () => Promise.reject(new Error(`${String(name)} was asked`));
}

/** Something of which nothing else is asked than what is given. */
function only<T extends object>(given: Partial<T>): T;
function only(given: object): object {
  const get = (_: object, name: PropertyKey): unknown => Reflect.get(given, name) ?? refuse(name);
  return new Proxy({}, { get });
}

/**
 * Makes a pool, trains two models on a few of its frames, and counts how many hard frames the same selection as in a loop finds
 * among the others, by each strategy.
 *
 * @param dir an empty folder, which is removed
 */
export async function countHardFrames(dir: string, seed: number, size: BenchSize): Promise<HardFrames> {
  const made = makePool(seed, size.frames + size.trainedOn[1], size);
  const [known, pool] = [made.slice(0, size.trainedOn[1]), made.slice(size.trainedOn[1])];
  const folder = join(dir, 'pool');
  await mkdir(folder, { recursive: true });
  for (const { name, image } of pool) await writeFile(join(folder, name), image);
  const store = createFolderStore(join(dir, 'store'));
  const trainer = classifierTrainer(MODEL);
  const asked = only<Trainer>(trainer);
  // No project in CVAT, so no tasks of people whose frames are not to be chosen.
  const connection: Connection = { cvat: only<Cvat>({ findProject: async () => null }), monai: null, trainer: asked };
  const deps: Pick<ActivityDependencies, 'connect' | 'store'> = { store, connect: () => connection };
  const isHard = new Map(pool.map((frame: MadeFrame) => [frame.name, frame.isHard]));
  const running = { signal: new AbortController().signal, report: () => undefined };
  const count = async (strategy: Strategy, uncertainty: UncertaintySource, batch = size.batch): Promise<number> => {
    const policy = await policyFor(store, { folder, seed, size: { ...size, batch }, strategy, uncertainty });
    const { list } = await chooseSamples(deps, { policy, number: 1 }, running, {
      dry: false,
    });
    if (strategy === 'uncertainty' && uncertainty !== 'auto' && list.uncertainty !== uncertainty)
      throw new Error(list.notes.join(' '));
    return list.samples.filter(({ name }) => isHard.get(name) === true).length;
  };
  try {
    const first = await trained(newClassifier(seed), known.slice(0, size.trainedOn[0]), seed);
    trainer.publish(first);
    await promote(store, asked, checksumOf(first));
    // What is predicted for a choice is kept, and is what the next model is compared with.
    await count('foreground-random', 'auto', size.frames);
    const second = await trained(first, known, seed);
    trainer.publish(second);
    await promote(store, asked, checksumOf(second));
    return {
      seed,
      pool: { frames: pool.length, hard: pool.filter((frame) => frame.isHard).length },
      random: await count('random', 'auto'),
      uncertainty: await count('uncertainty', 'disagreement'),
      flips: size.flips ? await count('uncertainty', 'flips') : null,
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
