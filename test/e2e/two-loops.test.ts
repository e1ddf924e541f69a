import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { iterationId } from '../../src/contracts/ids.ts';
import { modelVersions } from '../../src/models/model-versions.ts';
import { knownRegisters } from '../../src/models/known-registers.ts';
import type { LoopInput, LoopPolicy } from '../../src/contracts/loop.ts';
import type { Receipt } from '../../src/contracts/receipt.ts';
import { readReceipt } from '../../src/receipts/read-receipt.ts';
import { writeScenes } from '../../src/sandbox/scenes/write-scenes.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { openLoopSite, type LoopSite } from '../kit/loop-site.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { annotate, until, withLoopWorker } from '../kit/whole-loop.ts';

const NAMES = ['vessels', 'tools'] as const;
const ITERATIONS = 2;

let dir: string;
let site: LoopSite;
let temporal: DevServer;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-two-loops-'));
  site = await openLoopSite({ frames: 4, sandboxMonai: { watcherLimit: null } });
  temporal = await startDevServer();
});
afterEach(async () => {
  await temporal.close();
  await site.close();
  await rm(dir, { recursive: true, force: true });
});

/** A loop of two iterations over frames of its own, which is measured on frames that it shares with the other. */
async function openLoop(name: string, seed: number): Promise<LoopInput> {
  const size = { width: 64, height: 48 };
  const pool = writeScenes(join(dir, name), { seed, frames: 4, ...size });
  const measured = writeScenes(join(dir, `held-out-${name}`), { seed: 99, frames: 2, ...size });
  // Frames of these names would be held out of the pool.
  for (const folder of [measured.imagesDir, measured.truthDir]) {
    for (const file of await readdir(folder)) await rename(join(folder, file), join(folder, `measured_${file}`));
  }
  const { training } = site.rules.iteration;
  const images = await describeFolder(measured.imagesDir);
  const masks = await describeFolder(measured.truthDir);
  const changes: Partial<LoopPolicy> = {
    name,
    project: `Project of ${name}`,
    pool: { kind: 'files', images: await describeFolder(pool.imagesDir) },
    selection: { ...site.rules.selection, mixture: [{ strategy: 'uncertainty', share: 1 }], candidates: 4 },
    stop: [{ rule: 'budget', action: 'stop', frames: null, iterations: ITERATIONS, days: null }],
    iteration: {
      ...site.rules.iteration,
      seal: { quietMs: 0 },
      training: {
        ...training,
        heldOut: { kind: 'folder', images, masks },
        gate: { policy: 'always', floors: { all: null, classes: {} } },
      },
    },
  };
  const { project, connection } = { ...site.rules, ...changes };
  return { name, project, connection, policy: await site.policy(changes) };
}

/** The receipts of all iterations in the order of their trainings. */
async function receiptsOf(loops: readonly LoopInput[]): Promise<readonly Receipt[]> {
  const receipts: Receipt[] = [];
  for (const { project } of loops) {
    for (let number = 1; number <= ITERATIONS; number += 1) {
      const id = iterationId({ project, task: `Iteration_${number}` });
      const receipt = await readReceipt(site.store, id);
      if (receipt === null) throw new Error(`${id} has no receipt`);
      receipts.push(receipt);
    }
  }
  const startOf = ({ results }: Receipt): string => results.training?.submittedAt ?? '';
  return receipts.toSorted((a, b) => startOf(a).localeCompare(startOf(b)));
}

describe('two loops that share a MONAI Label', () => {
  it('train in turns on the labels of both, end both, and publish no model over one that they have not measured', async () => {
    const loops = await Promise.all(NAMES.map(async (name, at) => openLoop(name, at + 1)));
    await withLoopWorker(temporal, site, async (operations) => {
      const started = await Promise.all(loops.map(async (loop) => operations.loops.start({ loop, by: 'ines' })));
      const people = loops.map(async ({ project }) => {
        for (let number = 1; number <= ITERATIONS; number += 1) {
          await annotate(temporal, site, iterationId({ project, task: `Iteration_${number}` }));
        }
      });
      await Promise.all(people);
      for (const { id } of started) {
        const ended = await until(
          async () => (await operations.loops.describe(id)).status,
          (status) => status?.phase === 'stopped' || status?.phase === 'asking',
        );
        expect(ended).toMatchObject({ phase: 'stopped', end: { why: 'budget' }, trouble: null });
      }
    });
    const receipts = await receiptsOf(loops);
    expect(new Set(receipts.slice(0, 2).map(({ input }) => input.project)).size).toBe(2);
    let before: string | null = null;
    let publishedAt = '';
    for (const [at, { id, results }] of receipts.entries()) {
      const { training, trainingSet, trainingSetAfter, modelBefore, model, promotion } = results;
      // Two frames an iteration, all of which every later training learns from, of whichever loop they are.
      expect({ id, ...trainingSet }).toMatchObject({ id, version: at + 1, own: 2, earlier: 2 * at, approved: 0 });
      expect(trainingSetAfter).toMatchObject({ version: at + 1 });
      expect(trainingSetAfter?.differs).toBeUndefined();
      expect((training?.submittedAt ?? '') > publishedAt).toBe(true);
      expect(modelBefore?.checksum ?? null).toBe(before);
      expect(promotion).toMatchObject({ outcome: 'promoted', published: model?.checksum });
      before = model?.checksum ?? null;
      publishedAt = promotion?.at ?? '';
    }
    const [register, ...others] = await knownRegisters(site.store, null);
    if (register === undefined) throw new Error('there is no register');
    expect(others).toEqual([]);
    const versions = modelVersions(register).toReversed();
    expect(versions.map(({ checksum }) => checksum)).toEqual(receipts.map(({ results }) => results.model?.checksum));
    expect(versions.map(({ isCurrent }) => isCurrent)).toEqual([false, false, false, true]);
  }, 400_000);
});
